// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>

#include "codec/nesting.hpp"

namespace coodie {

namespace {

void check(const DataType& type, BytesView content, int depth);

/// Decodes into T, which checks everything; a zero-length value passes where Cassandra takes one.
template <class T>
void check_as(BytesView content, bool may_be_empty) {
    if (may_be_empty && content.empty()) return;
    T value{};
    Codec<T>::decode(content, value);
}

void check_sequence(const DataType& type, BytesView content, std::string_view kind, int depth) {
    wire::ValueReader reader(content, kind);
    const auto& children = type.children();
    const std::uint32_t count = reader.read_count(static_cast<std::uint32_t>(children.size()));
    for (std::uint32_t i = 0; i < count; ++i)
        for (const DataType& child : children) check(child, reader.read_element(), depth);
    reader.finish();
}

void check_fields(const DataType& type, BytesView content, std::string_view kind, int depth) {
    wire::ValueReader reader(content, kind);
    for (const DataType& child : type.children()) {
        if (reader.at_end()) return;
        const Cell cell = reader.read();
        if (!cell.is_null()) check(child, cell.content(), depth);
    }
    reader.finish();
}

void check_vector(const DataType& type, BytesView content, int depth) {
    const DataType& element = type.children().at(0);
    const std::size_t size = packed_element_size(element);
    if (size != 0 && content.size() != packed_element_size(type))
        wire::refuse_length(type.to_string(), packed_element_size(type), content.size());
    for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
        if (size == 0) {
            check(element, detail::take_vector_element(content, "vector"), depth);
        } else {
            check(element, content.first(size), depth);
            content = content.subspan(size);
        }
    }
    if (!content.empty()) detail::refuse_vector_rest(type.to_string(), content.size());
}

void check(const DataType& type, BytesView content, int depth) {
    if (depth > deepest_nesting) wire::refuse("a type nested more than 64 levels deep");
    switch (type.id()) {
        case TypeId::custom:
        case TypeId::blob: return;
        case TypeId::ascii:
            if (!wire::is_ascii(wire::as_text(content))) wire::refuse_ascii(wire::as_text(content));
            return;
        case TypeId::text:
            if (!wire::is_utf8(wire::as_text(content))) wire::refuse_utf8(wire::as_text(content));
            return;
        case TypeId::bigint: return check_as<std::int64_t>(content, true);
        case TypeId::boolean: return check_as<bool>(content, true);
        case TypeId::counter: return check_as<counter>(content, true);
        // Not decoded: any bytes of a right length will do, and big ones would be copied.
        case TypeId::decimal:
            if (!content.empty() && content.size() < 5) return check_as<decimal>(content, true);
            return;
        case TypeId::varint: return;
        case TypeId::double_: return check_as<double>(content, true);
        case TypeId::float_: return check_as<float>(content, true);
        case TypeId::int_: return check_as<std::int32_t>(content, true);
        case TypeId::timestamp: return check_as<timestamp>(content, true);
        case TypeId::uuid: return check_as<uuid>(content, true);
        case TypeId::timeuuid: return check_as<timeuuid>(content, true);
        case TypeId::inet: return check_as<inet>(content, true);
        case TypeId::date: return check_as<date>(content, false);
        case TypeId::time: return check_as<time_of_day>(content, false);
        case TypeId::smallint: return check_as<std::int16_t>(content, false);
        case TypeId::tinyint: return check_as<std::int8_t>(content, false);
        case TypeId::duration: return check_as<duration>(content, false);
        case TypeId::list: return check_sequence(type, content, "list", depth + 1);
        case TypeId::set: return check_sequence(type, content, "set", depth + 1);
        case TypeId::map: return check_sequence(type, content, "map", depth + 1);
        case TypeId::udt: return check_fields(type, content, "user type", depth + 1);
        case TypeId::tuple: return check_fields(type, content, "tuple", depth + 1);
        case TypeId::vector: return check_vector(type, content, depth + 1);
    }
    wire::refuse("a type that this library does not know");
}

}  // namespace

std::optional<std::string> check_value(const DataType& type, BytesView content) {
    try {
        check(type, content, 0);
        return std::nullopt;
    } catch (const ValidationError& error) {
        return error.what();
    }
}

std::size_t packed_element_size(const DataType& element) {
    // The types for which Cassandra's AbstractType.valueLengthIfFixed() gives a length.
    switch (element.id()) {
        case TypeId::boolean: return 1;
        case TypeId::float_:
        case TypeId::int_: return 4;
        case TypeId::bigint:
        case TypeId::double_:
        case TypeId::timestamp: return 8;
        case TypeId::uuid:
        case TypeId::timeuuid: return 16;
        case TypeId::vector: {
            // Saturates: no value has that many bytes, and a product that wraps round would pass for a small
            // one.
            constexpr std::size_t most = std::size_t{1} << 40U;
            std::size_t size = 0;
            const std::size_t inner = packed_element_size(element.children().at(0));
            return __builtin_mul_overflow(inner, std::size_t{element.dimensions()}, &size)
                       ? most
                       : std::min(size, most);
        }
        default: return 0;
    }
}

}  // namespace coodie
