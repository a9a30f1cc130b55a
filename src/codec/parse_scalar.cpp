// SPDX-License-Identifier: Apache-2.0
#include "codec/parse_scalar.hpp"

#include <coodie/codec/codec.hpp>

#include <charconv>
#include <cmath>
#include <limits>

#include "types/ascii_case.hpp"
#include "types/scan.hpp"

namespace coodie {

namespace {

[[noreturn]] void refuse_literal(const DataType& type, std::string_view text) {
    constexpr std::size_t limit = 60;
    wire::refuse("'" + std::string(text.substr(0, limit)) + (text.size() > limit ? "'..." : "'") + " is no " +
                 type.to_string());
}

/// Types that the server stores with zero length, too, written ''.
bool may_be_empty(TypeId id) noexcept {
    switch (id) {
        case TypeId::bigint:
        case TypeId::boolean:
        case TypeId::counter:
        case TypeId::decimal:
        case TypeId::double_:
        case TypeId::float_:
        case TypeId::inet:
        case TypeId::int_:
        case TypeId::timestamp:
        case TypeId::timeuuid:
        case TypeId::uuid:
        case TypeId::varint: return true;
        default: return false;
    }
}

template <class T>
void append_parsed(const DataType& type, std::string_view text, const std::optional<T>& value, Bytes& out) {
    if (!value) refuse_literal(type, text);
    Codec<T>::encode(*value, out);
}

template <class I>
void parse_integer_literal(const DataType& type, std::string_view text, Bytes& out) {
    const auto wide = varint::parse(text);
    if (!wide || text.starts_with('+')) refuse_literal(type, text);
    const auto value = wide->to_int64();
    if (value) return Codec<I>::encode(fit_integer<I>(*value), out);
    wire::refuse(std::string(text.substr(0, 60)) + " does not fit " + std::string(Codec<I>::name) + " (" +
                 std::to_string(std::numeric_limits<I>::min()) + ".." +
                 std::to_string(std::numeric_limits<I>::max()) + ")");
}

template <class F>
F parse_floating(const DataType& type, std::string_view text) {
    const std::string folded = to_lower(text);
    if (folded == "nan" || folded == "-nan") return std::numeric_limits<F>::quiet_NaN();
    if (folded == "infinity") return std::numeric_limits<F>::infinity();
    if (folded == "-infinity") return -std::numeric_limits<F>::infinity();
    const std::size_t sign = folded.starts_with('-') ? 1 : 0;
    if (folded.size() == sign || (!is_digit(folded[sign]) && folded[sign] != '.')) refuse_literal(type, text);
    F value = 0;
    const char* const end = folded.data() + folded.size();
    const auto [stop, error] = std::from_chars(folded.data(), end, value);
    if (stop != end || error == std::errc::invalid_argument) refuse_literal(type, text);
    if (error == std::errc()) return value;
    // Out of range: too small is zero, as everywhere; too big is no number of this type.
    const auto exact = decimal::parse(folded);
    if (exact && std::abs(exact->to_double()) < 1) return sign == 0 ? F{0} : -F{0};
    wire::refuse(std::string(text.substr(0, 60)) + " does not fit " + type.to_string());
}

void parse_boolean(const DataType& type, std::string_view text, Bytes& out) {
    const std::string folded = to_lower(text);
    if (folded != "true" && folded != "false") refuse_literal(type, text);
    Codec<bool>::encode(folded == "true", out);
}

/// Of types that are written without quotes.
void parse_word(const DataType& type, std::string_view text, Bytes& out) {
    switch (type.id()) {
        case TypeId::bigint: return parse_integer_literal<std::int64_t>(type, text, out);
        case TypeId::counter: return parse_integer_literal<std::int64_t>(type, text, out);
        case TypeId::int_: return parse_integer_literal<std::int32_t>(type, text, out);
        case TypeId::smallint: return parse_integer_literal<std::int16_t>(type, text, out);
        case TypeId::tinyint: return parse_integer_literal<std::int8_t>(type, text, out);
        case TypeId::boolean: return parse_boolean(type, text, out);
        case TypeId::float_: return Codec<float>::encode(parse_floating<float>(type, text), out);
        case TypeId::double_: return Codec<double>::encode(parse_floating<double>(type, text), out);
        case TypeId::varint: return append_parsed(type, text, varint::parse(text), out);
        case TypeId::decimal: return append_parsed(type, text, decimal::parse(text), out);
        case TypeId::uuid: return append_parsed(type, text, uuid::parse(text), out);
        case TypeId::timeuuid: return append_parsed(type, text, timeuuid::parse(text), out);
        case TypeId::duration: return append_parsed(type, text, duration::parse(text), out);
        case TypeId::blob:
        case TypeId::custom: return append_parsed(type, text, blob::parse(text), out);
        // These three are written in quotes or as bare integers.
        case TypeId::timestamp:
            return append_parsed(
                type, text, parse_integer<std::int64_t>(text) ? parse_timestamp(text) : std::nullopt, out);
        case TypeId::date:
            return append_parsed(type, text,
                                 parse_integer<std::uint32_t>(text) ? date::parse(text) : std::nullopt, out);
        case TypeId::time:
            return append_parsed(
                type, text, parse_integer<std::int64_t>(text) ? time_of_day::parse(text) : std::nullopt, out);
        default: refuse_literal(type, text);
    }
}

void parse_string(const DataType& type, const std::string& text, Bytes& out) {
    switch (type.id()) {
        case TypeId::ascii: return Codec<ascii>::encode(ascii(text), out);
        case TypeId::text: return Codec<std::string>::encode(text, out);
        default: break;
    }
    if (text.empty() && may_be_empty(type.id())) return;
    switch (type.id()) {
        case TypeId::inet: return append_parsed(type, text, inet::parse(text), out);
        case TypeId::timestamp: return append_parsed(type, text, parse_timestamp(text), out);
        case TypeId::date: return append_parsed(type, text, date::parse(text), out);
        case TypeId::time: return append_parsed(type, text, time_of_day::parse(text), out);
        default: refuse_literal(type, "'" + text + "'");
    }
}

}  // namespace

void parse_scalar(const DataType& type, LiteralReader& in, Bytes& out) {
    if (in.at('\'') || in.at('$')) {
        std::string text;
        if (!in.take_string(text)) wire::refuse("a string that does not end: " + in.excerpt());
        return parse_string(type, text, out);
    }
    const std::string_view word = in.take_word(type.id() == TypeId::duration);
    if (word.empty()) wire::refuse("expected " + type.to_string() + ", found " + in.excerpt());
    parse_word(type, word, out);
}

}  // namespace coodie
