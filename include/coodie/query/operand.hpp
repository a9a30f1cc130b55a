// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/assignment.hpp>
#include <coodie/query/condition.hpp>
#include <coodie/query/fit.hpp>
#include <coodie/query/predicate.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Encoders of operands whose column is known at compile time. F is the column's C++ type.
namespace coodie::query {

/// Appends a value for a place of type B; an empty optional and `null` as null.
template <class B, class V>
Encoded append_operand(const V& value, Bytes& out) {
    if constexpr (std::is_same_v<V, null_t>) {
        wire::append(out, wire::null_length);
        return {.with_null = true};
    } else if constexpr (is_optional_v<V>) {
        if (value) return append_operand<B>(*value, out);
        wire::append(out, wire::null_length);
        return {.with_null = true};
    } else {
        append_as<B>(value, out);
        return {};
    }
}

/// The bound list of an IN (semantics rule 14).
template <class B, class List>
Encoded append_list(const List& values, Bytes& out) {
    const std::size_t at = wire::begin_length(out);
    detail::append_count(out, values.size(), "list");
    for (const auto& value : values) {
        if (append_operand<B>(static_cast<const typename List::value_type&>(value), out).with_null)
            wire::refuse_null_element("list");
    }
    wire::end_length(out, at);
    return {.nothing = values.empty()};
}

/// What `contains` and an element of a collection hold.
template <class B>
struct ElementOf {
    using type = typename B::value_type;
};
template <MapType B>
struct ElementOf<B> {
    using type = typename B::mapped_type;
};
template <class B>
using element_t = typename ElementOf<B>::type;

/// The type of the operand of `column op ?`.
template <class F, Operator Op>
struct OperandType {
    using type = bare_t<F>;
};
template <class F>
struct OperandType<F, Operator::contains> {
    using type = element_t<bare_t<F>>;
};
template <class F>
struct OperandType<F, Operator::contains_key> {
    using type = typename bare_t<F>::key_type;
};

template <class F, class Expression>
Encoded encode_comparison(const void* expression, const ColumnInfo&, Bytes& out) {
    const auto& comparison = *static_cast<const Expression*>(expression);
    if constexpr (Expression::op == Operator::is_not_null)
        return {};
    else if constexpr (Expression::op == Operator::in)
        return append_list<bare_t<F>>(comparison.value(), out);
    else
        return append_operand<typename OperandType<F, Expression::op>::type>(comparison.value(), out);
}

/// The key of `"m"_c[key]`, the index of `"l"_c[2]`.
template <class B>
struct ElementKey {
    using type = std::int32_t;
};
template <MapType B>
struct ElementKey<B> {
    using type = typename B::key_type;
};

template <class F, class Expression>
Encoded encode_element(const void* expression, const ColumnInfo&, Bytes& out) {
    const auto& element = *static_cast<const Expression*>(expression);
    using B = bare_t<F>;
    if (append_operand<typename ElementKey<B>::type>(element.key(), out).with_null)
        wire::refuse_null_element(Codec<B>::name);
    return append_operand<element_t<B>>(element.value(), out);
}

/// A collection to add or take away: a range of elements, or one element by itself.
template <class B, class V>
void append_some(const V& value, Bytes& out) {
    if constexpr (MapType<B> || fit<B, V>() == Fit::yes) {
        append_as<B>(value, out);
    } else {
        B one;
        one.insert(one.end(), typename B::value_type(convert<typename B::value_type>(value)));
        append_as<B>(one, out);
    }
}

/// `map -= keys` takes the set of the keys.
template <class B, class V>
void append_keys(const V& value, Bytes& out) {
    using Key = typename B::key_type;
    const std::size_t at = wire::begin_length(out);
    if constexpr (ValueRange<V>) {
        detail::append_count(out, value.size(), Codec<B>::name);
        for (const auto& key : value) append_as<Key>(static_cast<const range_value_t<V>&>(key), out);
    } else {
        detail::append_count(out, 1, Codec<B>::name);
        append_as<Key>(value, out);
    }
    wire::end_length(out, at);
}

template <class F, class Expression>
Encoded encode_change(const void* expression, const ColumnInfo&, Bytes& out) {
    const auto& value = static_cast<const Expression*>(expression)->value();
    using V = typename Expression::value_type;
    using B = bare_t<F>;
    if constexpr (Expression::kind == ChangeKind::set) {
        // An empty non-frozen collection is null on the wire (semantics rule 3).
        if constexpr (!std::is_same_v<V, null_t> && !is_optional_v<V> && is_multi_cell_v<F> &&
                      is_collection_v<F>) {
            encode_value(static_cast<const B&>(convert<B>(value)), out);
            return {};
        } else {
            return append_operand<B>(value, out);
        }
    } else if constexpr (is_counter_v<B>) {
        append_as<counter>(value, out);
    } else if constexpr (MapType<B> && Expression::kind == ChangeKind::subtract) {
        append_keys<B>(value, out);
    } else {
        append_some<B>(value, out);
    }
    return {};
}

}  // namespace coodie::query
