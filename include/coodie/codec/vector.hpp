// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/vector.hpp>

#include <array>
#include <cstdint>
#include <limits>

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

template <class Vector, class T, std::size_t N>
struct VectorCodec {
    static_assert(!is_nullable_v<T>, "coodie: a vector holds no nulls");
    static_assert(!is_counter_v<T>, "coodie: a vector cannot hold counters");
    static_assert(N <= std::numeric_limits<std::uint16_t>::max(), "coodie: too many dimensions");
    static constexpr std::string_view name =
        joined_name<vector_open_name, frozen_type_name<T>, comma_name, number_name<N>, close_name>;

    static DataType type() {
        static const DataType type =
            DataType::vector(Codec<T>::type().frozen(), static_cast<std::uint32_t>(N));
        return type;
    }
    static void encode(const Vector& value, Bytes& out) {
        if constexpr (vector_packs<T>) {
            std::byte* to = wire::extend(out, N * Codec<T>::fixed_size);
            for (const T& element : value) {
                Codec<T>::store(element, to);
                to += Codec<T>::fixed_size;
            }
        } else {
            Bytes content;
            for (const T& element : value) {
                content.clear();
                Codec<T>::encode(element, content);
                wire::append_unsigned_vint(out, content.size());
                wire::append(out, content);
            }
        }
    }
    static void decode(BytesView content, Vector& value) {
        if constexpr (vector_packs<T>) {
            constexpr std::size_t size = Codec<T>::fixed_size;
            if (content.size() != N * size) wire::refuse_length(name, N * size, content.size());
            std::size_t at = 0;
            for (T& element : value) {
                Codec<T>::decode(content.subspan(at, size), element);
                at += size;
            }
        } else {
            for (T& element : value) Codec<T>::decode(take_vector_element(content, name), element);
            if (!content.empty())
                wire::refuse(std::string(name) + " has " + std::to_string(content.size()) +
                             " bytes after its last value");
        }
    }
};

}  // namespace detail

template <CqlValue T, std::size_t N>
struct Codec<vector<T, N>> : detail::VectorCodec<vector<T, N>, T, N> {};

/// The same as coodie::vector.
template <CqlValue T, std::size_t N>
struct Codec<std::array<T, N>> : detail::VectorCodec<std::array<T, N>, T, N> {};

}  // namespace coodie
