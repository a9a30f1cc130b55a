// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstring>

#include "codec/nesting.hpp"

namespace coodie {

namespace {

int compare(const DataType& type, BytesView a, BytesView b, int depth) noexcept;

int sign(std::partial_ordering order) noexcept { return order < 0 ? -1 : order > 0 ? 1 : 0; }

int compare_bytes(BytesView a, BytesView b) noexcept {
    const std::size_t common = std::min(a.size(), b.size());
    const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
    return order != 0 ? order : sign(a.size() <=> b.size());
}

template <class I>
int compare_integers(BytesView a, BytesView b) noexcept {
    if (a.size() != sizeof(I) || b.size() != sizeof(I)) return compare_bytes(a, b);
    return sign(wire::load<I>(a.data()) <=> wire::load<I>(b.data()));
}

/// As Java's Float.compare: -0.0 below 0.0, NaN above everything and equal to itself.
template <class F, class I>
int compare_floating(BytesView a, BytesView b) noexcept {
    if (a.size() != sizeof(F) || b.size() != sizeof(F)) return compare_bytes(a, b);
    const F left = std::bit_cast<F>(wire::load<I>(a.data()));
    const F right = std::bit_cast<F>(wire::load<I>(b.data()));
    if (std::isnan(left) || std::isnan(right))
        return (std::isnan(left) ? 1 : 0) - (std::isnan(right) ? 1 : 0);
    if (left != right) return left < right ? -1 : 1;
    return (std::signbit(right) ? 1 : 0) - (std::signbit(left) ? 1 : 0);
}

template <class Id>
int compare_uuids(BytesView a, BytesView b) noexcept {
    if (a.size() != 16 || b.size() != 16) return compare_bytes(a, b);
    const auto load = [](BytesView content) {
        return uuid(wire::load<std::uint64_t>(content.data()), wire::load<std::uint64_t>(content.data() + 8));
    };
    const uuid left = load(a);
    const uuid right = load(b);
    if constexpr (std::is_same_v<Id, uuid>) {
        return sign(left <=> right);
    } else {
        if (left.version() != 1 || right.version() != 1) return compare_bytes(a, b);
        return sign(timeuuid(left) <=> timeuuid(right));
    }
}

int compare_decimals(BytesView a, BytesView b) noexcept {
    if (a.size() < 5 || b.size() < 5) return compare_bytes(a, b);
    const auto load = [](BytesView content) {
        return decimal(varint::from_bytes(content.subspan(4)), wire::load<std::int32_t>(content.data()));
    };
    return sign(decimal::compare(load(a), load(b)));
}

/// Takes [int] length + content; false when the bytes end.
bool take(BytesView& rest, Cell& cell) noexcept {
    if (rest.size() < 4) return false;
    const auto length = wire::load<std::int32_t>(rest.data());
    rest = rest.subspan(4);
    cell = Cell();
    if (length < 0) return true;
    if (static_cast<std::size_t>(length) > rest.size()) return false;
    cell = Cell(rest.first(static_cast<std::size_t>(length)));
    rest = rest.subspan(static_cast<std::size_t>(length));
    return true;
}

/// Element by element, then the shorter one first.
int compare_sequences(const DataType& type, BytesView a, BytesView b, int depth) noexcept {
    if (a.size() < 4 || b.size() < 4) return compare_bytes(a, b);
    const auto left_count = wire::load<std::int32_t>(a.data());
    const auto right_count = wire::load<std::int32_t>(b.data());
    BytesView left = a.subspan(4);
    BytesView right = b.subspan(4);
    for (std::int32_t i = 0; i < std::min(left_count, right_count); ++i) {
        for (const DataType& child : type.children()) {
            Cell left_cell;
            Cell right_cell;
            if (!take(left, left_cell) || !take(right, right_cell)) return compare_bytes(a, b);
            if (const int order = compare(child, left_cell.content(), right_cell.content(), depth);
                order != 0)
                return order;
        }
    }
    return sign(left_count <=> right_count);
}

/// A missing field is null, null is below everything.
int compare_fields(const DataType& type, BytesView a, BytesView b, int depth) noexcept {
    BytesView left = a;
    BytesView right = b;
    for (const DataType& child : type.children()) {
        Cell left_cell;
        Cell right_cell;
        if (!left.empty() && !take(left, left_cell)) return compare_bytes(a, b);
        if (!right.empty() && !take(right, right_cell)) return compare_bytes(a, b);
        if (left_cell.is_null() != right_cell.is_null()) return left_cell.is_null() ? -1 : 1;
        if (const int order = compare(child, left_cell.content(), right_cell.content(), depth); order != 0)
            return order;
    }
    return 0;
}

bool take_element(std::size_t size, BytesView& rest, BytesView& element) noexcept {
    std::uint64_t length = size;
    if (size == 0 && !wire::take_unsigned_vint(rest, length)) return false;
    if (length > rest.size()) return false;
    element = rest.first(static_cast<std::size_t>(length));
    rest = rest.subspan(static_cast<std::size_t>(length));
    return true;
}

int compare_vectors(const DataType& type, BytesView a, BytesView b, int depth) noexcept {
    const DataType& element = type.children()[0];
    const std::size_t size = packed_element_size(element);
    BytesView left = a;
    BytesView right = b;
    for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
        BytesView left_element;
        BytesView right_element;
        if (!take_element(size, left, left_element) || !take_element(size, right, right_element))
            return compare_bytes(a, b);
        if (const int order = compare(element, left_element, right_element, depth); order != 0) return order;
    }
    return 0;
}

int compare_booleans(BytesView a, BytesView b) noexcept {
    return (a[0] != std::byte{0} ? 1 : 0) - (b[0] != std::byte{0} ? 1 : 0);
}

int compare(const DataType& type, BytesView a, BytesView b, int depth) noexcept {
    if (a.empty() || b.empty() || depth > deepest_nesting) return compare_bytes(a, b);
    switch (type.id()) {
        case TypeId::bigint:
        case TypeId::counter:
        case TypeId::timestamp: return compare_integers<std::int64_t>(a, b);
        case TypeId::int_: return compare_integers<std::int32_t>(a, b);
        case TypeId::smallint: return compare_integers<std::int16_t>(a, b);
        case TypeId::tinyint: return compare_integers<std::int8_t>(a, b);
        case TypeId::boolean: return compare_booleans(a, b);
        case TypeId::float_: return compare_floating<float, std::uint32_t>(a, b);
        case TypeId::double_: return compare_floating<double, std::uint64_t>(a, b);
        case TypeId::uuid: return compare_uuids<uuid>(a, b);
        case TypeId::timeuuid: return compare_uuids<timeuuid>(a, b);
        case TypeId::varint: return sign(varint::from_bytes(a) <=> varint::from_bytes(b));
        case TypeId::decimal: return compare_decimals(a, b);
        case TypeId::list:
        case TypeId::set:
        case TypeId::map: return compare_sequences(type, a, b, depth + 1);
        case TypeId::tuple:
        case TypeId::udt: return compare_fields(type, a, b, depth + 1);
        case TypeId::vector: return compare_vectors(type, a, b, depth + 1);
        default: return compare_bytes(a, b);
    }
}

}  // namespace

int compare_values(const DataType& type, BytesView a, BytesView b) noexcept { return compare(type, a, b, 0); }

}  // namespace coodie
