// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/typing.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

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
    std::string reason;
    const bool quoted = literal.kind == ast::LiteralKind::string;
    const DataType& read_as = type.id() == TypeId::counter ? DataType(TypeId::bigint) : type;
    std::optional<Bytes> bytes = parse_value(read_as, quoted ? "'" + text + "'" : text, reason);
    if (!bytes) refuse_invalid(unreadable(type, text, reason));
    if (const auto wrong = check_value(read_as, *bytes)) refuse_invalid(unreadable(type, text, *wrong));
    return *std::move(bytes);
}

}  // namespace coodie::embedded
