// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/codec/value.hpp>

#include <tuple>
#include <utility>
#include <vector>

namespace coodie {

namespace detail {

/// The names with commas between them.
template <const std::string_view& First, const std::string_view&... Rest>
struct CommaNames {
    static constexpr std::string_view value = joined_name<First, comma_name, CommaNames<Rest...>::value>;
};
template <const std::string_view& Last>
struct CommaNames<Last> {
    static constexpr std::string_view value = Last;
};

/// Reads the next field; one that is missing at the end is null (semantics rule 7).
template <class T>
void read_field(wire::ValueReader& reader, T& field) {
    decode_value(reader.at_end() ? Cell() : reader.read(), field);
}

template <class Tuple, class... T>
struct TupleCodec {
    static_assert(sizeof...(T) > 0, "coodie: a tuple has at least one element");
    static_assert(!(is_counter_v<T> || ...), "coodie: a tuple cannot hold counters");
    static constexpr std::string_view name =
        joined_name<tuple_open_name, CommaNames<frozen_type_name<T>...>::value, close_twice_name>;

    static DataType type() {
        static const DataType type = DataType::tuple(std::vector<DataType>{Codec<T>::type().frozen()...});
        return type;
    }
    static void encode(const Tuple& value, Bytes& out) {
        std::apply([&](const T&... element) { (encode_nested(element, out), ...); }, value);
    }
    static void decode(BytesView content, Tuple& value) {
        wire::ValueReader reader(content, name);
        std::apply([&](T&... element) { (read_field(reader, element), ...); }, value);
        reader.finish();
    }
};

}  // namespace detail

/// Null elements are empty optionals; a shorter tuple reads as one with nulls at its end.
template <class... T>
    requires(CqlValue<T> && ...)
struct Codec<std::tuple<T...>> : detail::TupleCodec<std::tuple<T...>, T...> {};

template <class A, class B>
    requires CqlValue<A> && CqlValue<B>
struct Codec<std::pair<A, B>> : detail::TupleCodec<std::pair<A, B>, A, B> {};

}  // namespace coodie
