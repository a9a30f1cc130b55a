// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/comparable.hpp"

#include "embedded/storage/comparable_parts.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace coodie::embedded::storage {

namespace {

// Text, blobs and addresses: a zero byte becomes 00 FF, the end is 00 00. Everything else starts with one
// byte that tells a zero-length value, which sorts first, from others.
constexpr unsigned escape = 0x00;
constexpr unsigned escaped_zero = 0xFF;
constexpr unsigned is_empty = 0x00;
constexpr unsigned has_value = 0x01;
// Inside collections, tuples and UDTs, before each element; what is shorter sorts first, a null element
// before others.
constexpr unsigned end_of_elements = 0x00;
constexpr unsigned null_element = 0x01;
constexpr unsigned element_follows = 0x02;

bool is_bytes(TypeId id) noexcept {
    return id == TypeId::ascii || id == TypeId::text || id == TypeId::blob || id == TypeId::inet ||
           id == TypeId::custom;
}

/// The width of types that are one big-endian integer; 0 for others.
std::size_t integer_width(TypeId id) noexcept {
    switch (id) {
        case TypeId::tinyint:
        case TypeId::boolean: return 1;
        case TypeId::smallint: return 2;
        case TypeId::int_:
        case TypeId::float_:
        case TypeId::date: return 4;
        case TypeId::bigint:
        case TypeId::timestamp:
        case TypeId::time:
        case TypeId::double_: return 8;
        default: return 0;
    }
}

std::uint64_t sign_bit(std::size_t width) noexcept { return std::uint64_t{1} << (8 * width - 1); }

/// Java's Float.compare: -0.0 before 0.0, every NaN equal and last.
std::uint64_t from_floating(std::uint64_t bits, std::size_t width) noexcept {
    const std::uint64_t sign = sign_bit(width);
    const std::uint64_t infinity = width == 4 ? 0x7F80'0000U : 0x7FF0'0000'0000'0000U;
    const std::uint64_t nan = width == 4 ? 0x7FC0'0000U : 0x7FF8'0000'0000'0000U;
    if ((bits & ~sign) > infinity) bits = nan;
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

std::uint64_t to_floating(std::uint64_t form, std::size_t width) noexcept {
    const std::uint64_t sign = sign_bit(width);
    return (form & sign) != 0 ? form & ~sign : ~form;
}

/// Which bits of an integer's form are flipped; floating-point numbers apart.
std::uint64_t flipped(TypeId id, std::size_t width) noexcept {
    return id == TypeId::date || id == TypeId::time || id == TypeId::boolean ? 0 : sign_bit(width);
}

void append_fixed(TypeId id, std::size_t width, BytesView content, Bytes& out) {
    std::uint64_t value = integer_at(content, 0, width);
    if (id == TypeId::float_ || id == TypeId::double_) {
        value = from_floating(value, width);
    } else if (id == TypeId::boolean) {
        value = value != 0 ? 1 : 0;
    } else {
        value ^= flipped(id, width);
    }
    append_integer(out, value, width);
}

bool read_fixed(TypeId id, std::size_t width, FormReader& form, Bytes& content) {
    if (form.left() < width) return false;
    const std::uint64_t value = form.take_integer(width);
    if (id == TypeId::float_ || id == TypeId::double_) {
        append_integer(content, to_floating(value, width), width);
    } else {
        append_integer(content, value ^ flipped(id, width), width);
    }
    return true;
}

// Semantics rule 6, org.apache.cassandra.db.marshal.UUIDType and TimeUUIDType: the version first, then, for
// version 1, the time; the other half unsigned (uuid) or as signed bytes (timeuuid).
constexpr std::uint64_t signed_bytes = 0x8080'8080'8080'8080U;

std::uint64_t time_first(std::uint64_t high) noexcept {
    return high << 48U | ((high << 16U) & 0xFFFF'0000'0000U) | high >> 32U;
}
std::uint64_t time_back(std::uint64_t form) noexcept {
    return form << 32U | ((form >> 16U) & 0xFFFF'0000U) | form >> 48U;
}
std::uint64_t version_first(std::uint64_t high) noexcept {
    return (high & 0xF000U) << 48U | (high >> 16U) << 12U | (high & 0xFFFU);
}
std::uint64_t version_back(std::uint64_t form) noexcept {
    return (form >> 12U) << 16U | ((form >> 48U) & 0xF000U) | (form & 0xFFFU);
}

void append_uuid(TypeId id, BytesView content, Bytes& out) {
    const std::uint64_t high = integer_at(content, 0, 8);
    const std::uint64_t low = integer_at(content, 8, 8);
    const bool by_time = id == TypeId::timeuuid || (high & 0xF000U) == 0x1000U;
    append_integer(out, by_time ? time_first(high) : version_first(high), 8);
    append_integer(out, id == TypeId::timeuuid ? low ^ signed_bytes : low, 8);
}

bool read_uuid(TypeId id, FormReader& form, Bytes& content) {
    if (form.left() < 16) return false;
    const std::uint64_t high = form.take_integer(8);
    const std::uint64_t low = form.take_integer(8);
    const bool by_time = id == TypeId::timeuuid || high >> 60U == 1;
    append_integer(content, by_time ? time_back(high) : version_back(high), 8);
    append_integer(content, id == TypeId::timeuuid ? low ^ signed_bytes : low, 8);
    return true;
}

void append_bytes(BytesView content, Bytes& out) {
    while (!content.empty()) {
        const auto* zero = static_cast<const std::byte*>(std::memchr(content.data(), 0, content.size()));
        const std::size_t run =
            zero == nullptr ? content.size() : static_cast<std::size_t>(zero - content.data()) + 1;
        out.insert(out.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(run));
        if (zero != nullptr) append_byte(out, escaped_zero);
        content = content.subspan(run);
    }
    append_byte(out, escape);
    append_byte(out, escape);
}

bool read_bytes(FormReader& form, Bytes& content) {
    while (form.left() > 0) {
        const std::uint8_t byte = form.take();
        if (byte != escape) {
            append_byte(content, byte);
            continue;
        }
        if (form.left() == 0) return false;
        const std::uint8_t next = form.take();
        if (next == escape) return true;
        if (next != escaped_zero) return false;
        append_byte(content, 0);
    }
    return false;
}

bool append_form(const DataType& type, BytesView content, Bytes& out);
bool read_form(const DataType& type, FormReader& form, Bytes& content);

/// Takes [int] length + bytes from the front; nullopt content for null.
bool take_sized(BytesView& rest, std::optional<BytesView>& content) {
    if (rest.size() < 4) return false;
    const auto size = static_cast<std::int32_t>(integer_at(rest, 0, 4));
    rest = rest.subspan(4);
    content.reset();
    if (size < 0) return true;
    if (rest.size() < static_cast<std::size_t>(size)) return false;
    content = rest.first(static_cast<std::size_t>(size));
    rest = rest.subspan(static_cast<std::size_t>(size));
    return true;
}

bool append_element(const DataType& type, BytesView content, Bytes& out) {
    append_byte(out, element_follows);
    return append_form(type, content, out);
}

bool append_collection(const DataType& type, BytesView content, Bytes& out) {
    if (content.size() < 4) return false;
    const auto count = static_cast<std::int32_t>(integer_at(content, 0, 4));
    content = content.subspan(4);
    for (std::int32_t i = 0; i < count; ++i) {
        for (const DataType& part : type.children()) {
            std::optional<BytesView> element;
            if (!take_sized(content, element) || !element || !append_element(part, *element, out))
                return false;
        }
    }
    append_byte(out, end_of_elements);
    return count >= 0 && content.empty();
}

bool append_tuple(const DataType& type, BytesView content, Bytes& out) {
    std::size_t nulls = 0;
    for (const DataType& part : type.children()) {
        if (content.empty()) break;
        std::optional<BytesView> element;
        if (!take_sized(content, element)) return false;
        if (!element) {
            ++nulls;  // trailing ones equal missing ones
            continue;
        }
        out.insert(out.end(), std::exchange(nulls, 0), static_cast<std::byte>(null_element));
        if (!append_element(part, *element, out)) return false;
    }
    append_byte(out, end_of_elements);
    return content.empty();
}

bool append_vector(const DataType& type, BytesView content, Bytes& out) {
    const DataType& part = type.children()[0];
    const std::size_t fixed = packed_element_size(part);
    for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
        std::uint64_t size = fixed;
        if (fixed == 0 && !wire::take_unsigned_vint(content, size)) return false;
        if (content.size() < size || !append_element(part, content.first(size), out)) return false;
        content = content.subspan(size);
    }
    append_byte(out, end_of_elements);
    return content.empty();
}

bool append_form(const DataType& type, BytesView content, Bytes& out) {
    if (is_bytes(type.id())) {
        append_bytes(content, out);
        return true;
    }
    append_byte(out, content.empty() ? is_empty : has_value);
    if (content.empty()) return type.id() != TypeId::duration && type.id() != TypeId::counter;
    if (const std::size_t width = integer_width(type.id()); width != 0) {
        if (content.size() != width) return false;
        append_fixed(type.id(), width, content, out);
        return true;
    }
    switch (type.id()) {
        case TypeId::uuid:
        case TypeId::timeuuid:
            if (content.size() != 16) return false;
            append_uuid(type.id(), content, out);
            return true;
        case TypeId::varint: append_varint_form(content, out); return true;
        case TypeId::decimal: return append_decimal_form(content, out);
        case TypeId::list:
        case TypeId::set:
        case TypeId::map: return append_collection(type, content, out);
        case TypeId::tuple:
        case TypeId::udt: return append_tuple(type, content, out);
        case TypeId::vector: return append_vector(type, content, out);
        default: return false;
    }
}

/// Reads elements up to the end; `parts` repeat (collections) or are one each (tuples, UDTs).
bool read_elements(const DataType& type, FormReader& form, Bytes& content, std::uint32_t& count) {
    const auto& parts = type.children();
    Bytes element;
    const std::size_t vector_size = type.id() == TypeId::vector ? packed_element_size(parts[0]) : 0;
    for (count = 0;; ++count) {
        if (form.left() == 0) return false;
        const std::uint8_t tag = form.take();
        if (tag == end_of_elements) return true;
        const bool tuple = type.id() == TypeId::tuple || type.id() == TypeId::udt;
        if (tuple && count >= parts.size()) return false;
        if (tag == null_element) {
            append_integer(content, 0xFFFF'FFFFU, 4);
            continue;
        }
        element.clear();
        if (tag != element_follows || !read_form(parts[count % parts.size()], form, element)) return false;
        if (type.id() != TypeId::vector) {
            append_sized(content, element);
            continue;
        }
        if (vector_size == 0) wire::append_unsigned_vint(content, element.size());
        content.insert(content.end(), element.begin(), element.end());
    }
}

bool read_nested(const DataType& type, FormReader& form, Bytes& content) {
    if (type.children().empty() && type.id() != TypeId::tuple && type.id() != TypeId::udt) return false;
    const std::size_t start = content.size();
    if (type.is_collection()) append_integer(content, 0, 4);
    std::uint32_t count = 0;
    if (!read_elements(type, form, content, count)) return false;
    if (count == 0 && !type.is_collection()) {
        append_integer(content, 0xFFFF'FFFFU, 4);  // a tuple of nulls is no zero-length value
    }
    if (type.is_collection()) {
        count /= static_cast<std::uint32_t>(type.children().size());
        for (std::size_t i = 0; i < 4; ++i)
            content[start + i] = static_cast<std::byte>(count >> (24 - 8 * i));
    }
    return true;
}

bool read_form(const DataType& type, FormReader& form, Bytes& content) {
    if (is_bytes(type.id())) return read_bytes(form, content);
    if (form.left() == 0) return false;
    const std::uint8_t tag = form.take();
    if (tag == is_empty) return true;
    if (tag != has_value) return false;
    if (const std::size_t width = integer_width(type.id()); width != 0) {
        return read_fixed(type.id(), width, form, content);
    }
    switch (type.id()) {
        case TypeId::uuid:
        case TypeId::timeuuid: return read_uuid(type.id(), form, content);
        case TypeId::varint: return read_varint_form(form, content);
        case TypeId::decimal: return read_decimal_form(form, content);
        case TypeId::list:
        case TypeId::set:
        case TypeId::map:
        case TypeId::tuple:
        case TypeId::udt:
        case TypeId::vector: return read_nested(type, form, content);
        default: return false;
    }
}

}  // namespace

bool append_comparable(const DataType& type, bool descending, BytesView content, Bytes& out) {
    const std::size_t start = out.size();
    if (!append_form(type, content, out)) return false;
    if (descending) {
        for (std::size_t i = start; i < out.size(); ++i) out[i] = ~out[i];
    }
    return true;
}

bool read_comparable(const DataType& type, bool descending, BytesView& form, Bytes& content) {
    FormReader reader(form, descending);
    return read_form(type, reader, content);
}

bool advance_behind_prefix(Bytes& prefix) {
    while (!prefix.empty() && prefix.back() == std::byte{0xFF}) prefix.pop_back();
    if (prefix.empty()) return false;
    prefix.back() = static_cast<std::byte>(static_cast<unsigned>(prefix.back()) + 1);
    return true;
}

}  // namespace coodie::embedded::storage
