// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>

#include <charconv>
#include <cmath>

#include "types/identifier.hpp"

namespace coodie {

namespace {

std::string format(const DataType& type, BytesView content);

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') out += '\'';
        out += c;
    }
    return out + '\'';
}

template <class T>
T decoded(BytesView content) {
    T value{};
    Codec<T>::decode(content, value);
    return value;
}

template <class F>
std::string format_floating(F value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string text(buffer, end);
    // Shown as what it is, not as an integer.
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string format_nullable(const DataType& type, Cell cell) {
    return cell.is_null() ? "null" : format(type, cell.content());
}

std::string format_sequence(const DataType& type, BytesView content, char open, char close) {
    wire::ValueReader reader(content, "collection");
    const auto& children = type.children();
    const std::uint32_t count = reader.read_count(static_cast<std::uint32_t>(children.size()));
    std::string text(1, open);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (i > 0) text += ", ";
        text += format(children[0], reader.read_element());
        if (children.size() > 1) text += ": " + format(children[1], reader.read_element());
    }
    return text + close;
}

std::string format_fields(const DataType& type, BytesView content) {
    wire::ValueReader reader(content, "fields");
    const bool named = type.id() == TypeId::udt;
    std::string text = named ? "{" : "(";
    for (std::size_t i = 0; i < type.children().size(); ++i) {
        if (i > 0) text += ", ";
        if (named) text += quoted_if_needed(type.field_names().at(i)) + ": ";
        text += format_nullable(type.children()[i], reader.at_end() ? Cell() : reader.read());
    }
    return text + (named ? "}" : ")");
}

std::string format_vector(const DataType& type, BytesView content) {
    const DataType& element = type.children()[0];
    const std::size_t size = packed_element_size(element);
    std::string text = "[";
    for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
        if (i > 0) text += ", ";
        if (size == 0) {
            text += format(element, detail::take_vector_element(content, "vector"));
        } else {
            text += format(element, content.first(size));
            content = content.subspan(size);
        }
    }
    return text + "]";
}

/// Of well-formed content.
std::string format(const DataType& type, BytesView content) {
    const auto hex = [&] { return blob(content).to_string(); };
    switch (type.id()) {
        case TypeId::custom:
        case TypeId::blob: return hex();
        case TypeId::ascii:
        case TypeId::text: return quoted(wire::as_text(content));
        case TypeId::list: return format_sequence(type, content, '[', ']');
        case TypeId::set:
        case TypeId::map: return format_sequence(type, content, '{', '}');
        case TypeId::udt:
        case TypeId::tuple: return format_fields(type, content);
        case TypeId::vector: return format_vector(type, content);
        default: break;
    }
    if (content.empty()) return "''";
    switch (type.id()) {
        case TypeId::bigint: return std::to_string(decoded<std::int64_t>(content));
        case TypeId::boolean: return decoded<bool>(content) ? "true" : "false";
        case TypeId::counter: return decoded<counter>(content).to_string();
        case TypeId::decimal: return decoded<decimal>(content).to_string();
        case TypeId::double_: return format_floating(decoded<double>(content));
        case TypeId::float_: return format_floating(decoded<float>(content));
        case TypeId::int_: return std::to_string(decoded<std::int32_t>(content));
        case TypeId::uuid: return decoded<uuid>(content).to_string();
        case TypeId::varint: return decoded<varint>(content).to_string();
        case TypeId::timeuuid: return decoded<timeuuid>(content).to_string();
        case TypeId::timestamp: return quoted(to_string(decoded<timestamp>(content)));
        case TypeId::inet: return quoted(decoded<inet>(content).to_string());
        case TypeId::date: return quoted(decoded<date>(content).to_string());
        case TypeId::time: return quoted(decoded<time_of_day>(content).to_string());
        case TypeId::smallint: return std::to_string(decoded<std::int16_t>(content));
        case TypeId::tinyint: return std::to_string(decoded<std::int8_t>(content));
        case TypeId::duration: return decoded<duration>(content).to_string();
        default: return hex();
    }
}

}  // namespace

std::string format_value(const DataType& type, Cell cell) {
    if (cell.is_null()) return "null";
    if (check_value(type, cell.content()))
        return "<invalid " + type.to_string() + ": " + blob(cell.content()).to_string() + ">";
    return format(type, cell.content());
}

}  // namespace coodie
