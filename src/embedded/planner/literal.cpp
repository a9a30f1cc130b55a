// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/typing.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>
#include <string>

namespace coodie::embedded {
namespace {

std::string unreadable(const DataType& type, const std::string& text, const std::string& reason) {
    switch (type.id()) {
        case TypeId::int_: return "Unable to make int from '" + text + "'";
        case TypeId::bigint:
        case TypeId::counter: return "Unable to make long from '" + text + "'";
        case TypeId::smallint: return "Unable to make short from '" + text + "'";
        case TypeId::tinyint: return "Unable to make byte from '" + text + "'";
        case TypeId::inet: return "Unable to make inet address from '" + text + "'";
        case TypeId::timestamp: return "Unable to parse a date/time from '" + text + "'";
        case TypeId::date: return "Unable to coerce '" + text + "' to a formatted date (long)";
        case TypeId::time: return "(TimeType) Unable to coerce '" + text + "' to a formatted time (long)";
        case TypeId::duration: return "Unable to convert '" + text + "' to a duration";
        case TypeId::timeuuid: return "TimeUUID supports only version 1 UUIDs";
        default: return reason;
    }
}

/// Plain numbers as timestamps (ms since 1970), dates (days, 2^31 being 1970-01-01) and times (ns since
/// midnight).
std::optional<Bytes> parse_raw_time(const std::string& text, TypeId type) {
    const bool is_date = type == TypeId::date;
    if (type != TypeId::timestamp && type != TypeId::time && !is_date) return std::nullopt;
    std::string reason;
    std::optional<Bytes> bytes = parse_value(TypeId::bigint, text, reason);
    if (!bytes || bytes->size() != 8) return std::nullopt;
    const auto value = wire::load<std::int64_t>(bytes->data());
    if (is_date) {
        if (value < 0 || value > INT64_C(0xffffffff)) return std::nullopt;
        bytes->erase(bytes->begin(), bytes->begin() + 4);
    } else if (type == TypeId::time && (value < 0 || value > INT64_C(86399999999999))) {
        return std::nullopt;
    }
    return bytes;
}

/// Numbers too large for a float become infinite, as in Java.
Bytes parse_floating(const std::string& text, TypeId type) {
    Bytes bytes;
    if (type == TypeId::float_)
        wire::append(bytes, std::bit_cast<std::int32_t>(std::strtof(text.c_str(), nullptr)));
    else
        wire::append(bytes, std::bit_cast<std::int64_t>(std::strtod(text.c_str(), nullptr)));
    return bytes;
}

/// "04:05:06.1" with three digits behind the point.
std::string with_milliseconds(std::string text) {
    const std::size_t point = text.find('.');
    if (point == std::string::npos) return text;
    std::size_t end = text.find_first_not_of("0123456789", point + 1);
    if (end == std::string::npos) end = text.size();
    const std::size_t digits = end - point - 1;
    if (digits < 3) text.insert(end, 3 - digits, '0');
    return text;
}

/// "1.2.3" is 1.2.0.3: the last number has the bytes that are left, as for inet_aton.
std::optional<Bytes> parse_short_inet(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string::npos) return std::nullopt;
    const auto points = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
    if (points > 2) return std::nullopt;
    Bytes bytes;
    std::size_t at = 0;
    for (std::size_t part = 0; part <= points; ++part) {
        const std::size_t end = std::min(text.find('.', at), text.size());
        const std::size_t width = part < points ? 1 : 4 - points;
        if (end == at || end - at > 10) return std::nullopt;
        const std::uint64_t number = std::strtoull(text.substr(at, end - at).c_str(), nullptr, 10);
        if (number >> (8 * width) != 0) return std::nullopt;
        for (std::size_t i = width; i-- > 0;) bytes.push_back(static_cast<std::byte>(number >> (8 * i)));
        at = end + 1;
    }
    return bytes;
}

/// Java has no IPv6 address for an IPv4 one.
void unmap_inet(Bytes& bytes) {
    constexpr std::size_t prefix = 12;
    if (bytes.size() != 16 || bytes[10] != std::byte{0xFF} || bytes[11] != std::byte{0xFF}) return;
    const auto zero = [](std::byte b) { return b == std::byte{0}; };
    if (std::all_of(bytes.begin(), bytes.begin() + 10, zero))
        bytes.erase(bytes.begin(), bytes.begin() + prefix);
}

bool is_numeric(ast::LiteralKind kind) {
    return kind == ast::LiteralKind::integer || kind == ast::LiteralKind::floating;
}

}  // namespace

bool accepts_literal(ast::LiteralKind kind, TypeId type) {
    switch (kind) {
        case ast::LiteralKind::string:
            return type == TypeId::ascii || type == TypeId::text || type == TypeId::inet ||
                   type == TypeId::date || type == TypeId::time || type == TypeId::timestamp;
        case ast::LiteralKind::integer:
            return type == TypeId::bigint || type == TypeId::counter || type == TypeId::date ||
                   type == TypeId::decimal || type == TypeId::double_ || type == TypeId::duration ||
                   type == TypeId::float_ || type == TypeId::int_ || type == TypeId::smallint ||
                   type == TypeId::time || type == TypeId::timestamp || type == TypeId::tinyint ||
                   type == TypeId::varint;
        case ast::LiteralKind::floating:
            return type == TypeId::decimal || type == TypeId::double_ || type == TypeId::float_;
        case ast::LiteralKind::uuid: return type == TypeId::uuid || type == TypeId::timeuuid;
        case ast::LiteralKind::boolean: return type == TypeId::boolean;
        case ast::LiteralKind::blob: return type == TypeId::blob;
        case ast::LiteralKind::duration: return type == TypeId::duration;
        case ast::LiteralKind::null: return true;
    }
    return false;
}

Bytes parse_literal(const ast::Literal& literal, const DataType& type) {
    const std::string& text = literal.text;
    if (literal.kind == ast::LiteralKind::string &&
        (type.id() == TypeId::text || type.id() == TypeId::ascii)) {
        if (type.id() == TypeId::ascii && !wire::is_ascii(text))
            refuse_invalid("Invalid ASCII character in string literal: " + text);
        if (!wire::is_utf8(text)) refuse_invalid("String didn't validate.");
        const BytesView bytes = wire::as_bytes(text);
        return {bytes.begin(), bytes.end()};
    }
    if (auto raw = parse_raw_time(text, type.id())) return *std::move(raw);
    const bool floats = type.id() == TypeId::float_ || type.id() == TypeId::double_;
    if (floats && is_numeric(literal.kind) && text.find_first_of("nNI") == std::string::npos)
        return parse_floating(text, type.id());
    if (type.id() == TypeId::inet)
        if (auto address = parse_short_inet(text)) return *std::move(address);
    std::string reason;
    const bool quoted = literal.kind == ast::LiteralKind::string;
    const DataType& read_as = type.id() == TypeId::counter ? DataType(TypeId::bigint) : type;
    const std::string spelled = type.id() == TypeId::timestamp ? with_milliseconds(text) : text;
    std::optional<Bytes> bytes = parse_value(read_as, quoted ? "'" + spelled + "'" : spelled, reason);
    if (!bytes) refuse_invalid(unreadable(type, text, reason));
    if (const auto wrong = check_value(read_as, *bytes)) refuse_invalid(unreadable(type, text, *wrong));
    if (type.id() == TypeId::inet) unmap_inet(*bytes);
    return *std::move(bytes);
}

}  // namespace coodie::embedded
