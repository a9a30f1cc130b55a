// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/vector.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace coodie {

namespace detail {

/// Whether Cassandra's VectorType puts elements of this type back to back. It asks its own type for a fixed
/// length: smallint, tinyint, date and time say they have none, though they do.
template <class T>
inline constexpr bool vector_packs = [] {
    if constexpr (FixedSize<T>)
        return !requires { requires Codec<T>::vector_prefixed; };
    else
        return false;
}();

/// Takes one element off a vector whose elements have lengths of their own ([unsigned vint]).
[[nodiscard]] BytesView take_vector_element(BytesView& rest, std::string_view type);
[[noreturn]] void refuse_vector_rest(std::string_view type, std::size_t bytes);

template <class Vector, class T, std::size_t N>
struct VectorName {
    static_assert(!is_nullable_v<T>, "coodie: a vector holds no nulls");
    static_assert(!is_counter_v<T>, "coodie: a vector cannot hold counters");
    static_assert(N > 0 && N <= std::numeric_limits<std::uint16_t>::max(),
                  "coodie: a vector has 1..65535 dimensions");
    static constexpr std::string_view name =
        joined_name<vector_open_name, frozen_type_name<T>, comma_name, number_name<N>, close_name>;

    static DataType type() {
        static const DataType type =
            DataType::vector(Codec<T>::type().frozen(), static_cast<std::uint32_t>(N));
        return type;
    }
};

/// Elements back to back; such a vector has a fixed size itself.
template <class Vector, class T, std::size_t N>
struct PackedVectorCodec : VectorName<Vector, T, N> {
    using VectorName<Vector, T, N>::name;
    static constexpr std::size_t fixed_size = N * Codec<T>::fixed_size;

    static void store(const Vector& value, std::byte* to) {
        for (const T& element : value) {
            Codec<T>::store(element, to);
            to += Codec<T>::fixed_size;
        }
    }
    static void encode(const Vector& value, Bytes& out) { store(value, wire::extend(out, fixed_size)); }
    static void decode(BytesView content, Vector& value) {
        if (content.size() != fixed_size) wire::refuse_length(name, fixed_size, content.size());
        for (T& element : value) {
            Codec<T>::decode(content.first(Codec<T>::fixed_size), element);
            content = content.subspan(Codec<T>::fixed_size);
        }
    }
};

/// Each element after its length.
template <class Vector, class T, std::size_t N>
struct PrefixedVectorCodec : VectorName<Vector, T, N> {
    using VectorName<Vector, T, N>::name;

    static void encode(const Vector& value, Bytes& out) {
        Bytes content;
        for (const T& element : value) {
            content.clear();
            Codec<T>::encode(element, content);
            wire::append_unsigned_vint(out, content.size());
            wire::append(out, content);
        }
    }
    static void decode(BytesView content, Vector& value) {
        for (T& element : value) Codec<T>::decode(take_vector_element(content, name), element);
        if (!content.empty()) refuse_vector_rest(name, content.size());
    }
};

template <class Vector, class T, std::size_t N>
using VectorCodec =
    std::conditional_t<vector_packs<T>, PackedVectorCodec<Vector, T, N>, PrefixedVectorCodec<Vector, T, N>>;

}  // namespace detail

template <CqlValue T, std::size_t N>
struct Codec<vector<T, N>> : detail::VectorCodec<vector<T, N>, T, N> {};

/// The same as coodie::vector.
template <CqlValue T, std::size_t N>
struct Codec<std::array<T, N>> : detail::VectorCodec<std::array<T, N>, T, N> {};

}  // namespace coodie
