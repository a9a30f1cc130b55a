// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/refuse.hpp>
#include <coodie/codec/type_name.hpp>
#include <coodie/codec/wire.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace coodie {

/// How a C++ type travels as CQL binary. Specialise it (or `adapter<T>`, which is simpler) for a type of your
/// own:
///
///     static constexpr std::string_view name;                  CQL as system_schema spells it: "int",
///     "list<int>" static DataType type();                                  the same at run time static void
///     encode(const T& value, Bytes& out);          appends the content, without a length static void
///     decode(BytesView content, T& value);         takes exactly the content
///
/// encode and decode throw ValidationError whose text is the reason only. Optional members:
///
///     static constexpr std::size_t fixed_size;                 the content always has that many bytes, and
///     static void store(const T& value, std::byte* to);        writes them: one growth of the buffer per
///     value static constexpr bool zero_is_null = true;               zero-length content reads as nullopt if
///     optional static constexpr bool nullable = true;                   T itself holds nulls static
///     constexpr bool multi_cell = true;                 a non-frozen collection or UDT static constexpr bool
///     collection = true;                 a list, set or map, frozen or not static constexpr bool counter =
///     true; static constexpr std::string_view unfrozen_name;         of a UDT, whose `name` is "frozen<...>"
///     static DataType unfrozen_type();                         likewise
///     static bool is_null(const T& value);                     is null when it is a whole column
///     static void decode_null(T& value);                       what a null reads as; without it null is an
///     error
template <class T>
struct Codec;

/// Makes a type of your own a CQL value by way of another one: see <coodie/codec/adapter.hpp>.
template <class T>
struct adapter;

/// A C++ type that is a CQL type.
template <class T>
concept CqlValue = requires(const T& value, T& target, Bytes& out, BytesView content) {
    { Codec<T>::name } -> std::convertible_to<std::string_view>;
    { Codec<T>::type() } -> std::same_as<DataType>;
    Codec<T>::encode(value, out);
    Codec<T>::decode(content, target);
};

/// The CQL type of a column of this C++ type, as system_schema spells it: "map<text, frozen<list<int>>>".
template <class T>
inline constexpr std::string_view cql_type_name = Codec<T>::name;

namespace detail {
template <class T>
concept HasAdapter = requires { typename adapter<T>::cql; };
template <class T>
concept Nullable = requires { requires Codec<T>::nullable; };
template <class T>
concept MultiCell = requires { requires Codec<T>::multi_cell; };
template <class T>
concept Counter = requires { requires Codec<T>::counter; };
template <class T>
concept Collection = requires { requires Codec<T>::collection; };
template <class T>
concept ZeroIsNull = requires { requires Codec<T>::zero_is_null; };
template <class T>
concept FixedSize = requires { requires Codec<T>::fixed_size > 0; };
template <class T>
concept KnownSize = requires(const T& value) { Codec<T>::content_size(value); };
template <class T>
concept KnowsNull = requires(const T& value) { Codec<T>::is_null(value); };
template <class T>
concept ReadsNull = requires(T& value) { Codec<T>::decode_null(value); };
}  // namespace detail

/// std::optional, and what adapts to one.
template <class T>
inline constexpr bool is_nullable_v = detail::Nullable<T>;
/// A non-frozen collection or UDT (optional or not): its elements are cells of their own.
template <class T>
inline constexpr bool is_multi_cell_v = detail::MultiCell<T>;
template <class T>
inline constexpr bool is_counter_v = detail::Counter<T>;
/// A list, set or map, frozen or not, optional or not.
template <class T>
inline constexpr bool is_collection_v = detail::Collection<T>;

/// The name that T has inside another type, where collections and UDTs are frozen: "frozen<list<int>>".
template <class T>
inline constexpr std::string_view frozen_type_name =
    is_multi_cell_v<T> ? joined_name<frozen_open_name, Codec<T>::name, close_name> : Codec<T>::name;

namespace detail {

/// Content that is one big-endian integer.
template <class I>
struct FixedInteger {
    static constexpr std::size_t fixed_size = sizeof(I);
    static constexpr bool zero_is_null = true;

    static void write(std::byte* to, I value) noexcept { wire::store(to, value); }
    [[nodiscard]] static I read(BytesView content, std::string_view type) {
        if (content.size() != sizeof(I)) wire::refuse_length(type, sizeof(I), content.size());
        return wire::load<I>(content.data());
    }
};

}  // namespace detail
}  // namespace coodie
