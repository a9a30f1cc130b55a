// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/codec/value.hpp>

#include <concepts>
#include <utility>

namespace coodie {

/// Makes a type of your own a CQL value by way of another one:
///
///     template <> struct coodie::adapter<Money> {
///         using cql = std::int64_t;
///         static cql to(const Money& money);
///         static Money from(cql value);         // may throw ValidationError with the reason
///     };
///
/// `cql` may be any CqlValue, an optional too: then a null is given to `from` as nullopt.
template <class T>
struct adapter;

template <class T>
concept Adapted = requires(const T& value, typename adapter<T>::cql stored) {
    { adapter<T>::to(value) } -> std::convertible_to<typename adapter<T>::cql>;
    { adapter<T>::from(std::move(stored)) } -> std::convertible_to<T>;
};

template <Adapted T>
struct Codec<T> {
    using Stored = typename adapter<T>::cql;
    static constexpr std::string_view name = Codec<Stored>::name;
    static constexpr bool nullable = is_nullable_v<Stored>;
    static constexpr bool multi_cell = is_multi_cell_v<Stored>;
    static constexpr bool collection = is_collection_v<Stored>;
    static constexpr bool counter = is_counter_v<Stored>;
    static constexpr bool zero_is_null = detail::ZeroIsNull<Stored>;

    static DataType type() { return Codec<Stored>::type(); }
    static void encode(const T& value, Bytes& out) { Codec<Stored>::encode(adapter<T>::to(value), out); }
    static void encode_nested(const T& value, Bytes& out) {
        const Stored stored = adapter<T>::to(value);
        coodie::encode_nested(stored, out);
    }
    static void decode(BytesView content, T& value) {
        Stored stored{};
        Codec<Stored>::decode(content, stored);
        value = adapter<T>::from(std::move(stored));
    }
    static bool is_null(const T& value)
        requires detail::KnowsNull<Stored>
    {
        const Stored stored = adapter<T>::to(value);
        return Codec<Stored>::is_null(stored);
    }
    static void decode_null(T& value)
        requires detail::ReadsNull<Stored>
    {
        Stored stored{};
        Codec<Stored>::decode_null(stored);
        value = adapter<T>::from(std::move(stored));
    }
};

}  // namespace coodie
