// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/rearrangement.hpp>
#include <coodie/query/fit.hpp>
#include <coodie/query/operand.hpp>
#include <coodie/query/predicate.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Values for places whose type is known only at run time: columns named at run time, parameters of
/// execute_raw. A value is encoded as its own CQL type, then converted where the place has another one.
namespace coodie::query {

/// Converts the value `[int] length + content` at the end of `out`, from byte `at` on, from type `source` to
/// `target`: between integers (range-checked), integers to floating point (exactly), float to double, text
/// and ascii, blob, and so within collections, tuples too; the fields of a UDT of the same name go by their
/// names, those that the target lacks as `extra` says. Throws ValidationError (the reason only) when there is
/// no such way.
void convert_value(const DataType& source, const DataType& target, Bytes& out, std::size_t at,
                   Rearrangement::Extra extra = Rearrangement::Extra::refuse);

/// The same for the operand of `+=`, `-=` and `prepend`, where an element may stand for a collection of one.
void convert_change(const DataType& source, const DataType& target, ChangeKind kind, Bytes& out,
                    std::size_t at);

/// Appends a value as its own CQL type, which is returned; nothing for null (any type takes it).
template <class V>
[[nodiscard]] DataType append_natural(const V& value, Bytes& out) {
    if constexpr (std::is_same_v<stored_t<V>, null_t>) {
        wire::append(out, wire::null_length);
        return TypeId::blob;
    } else if constexpr (is_optional_v<V>) {
        if (value) return append_natural(*value, out);
        wire::append(out, wire::null_length);
        return TypeId::blob;
    } else if constexpr (WholeNumber<V> && !CqlValue<V>) {
        append_as<std::int64_t>(value, out);
        return TypeId::bigint;
    } else if constexpr (TextLike<V>) {
        append_as<std::string>(value, out);
        return TypeId::text;
    } else {
        static_assert(CqlValue<V>, "coodie: this value's type is no CQL type");
        detail::append_value(value, out);
        return Codec<V>::type();
    }
}

/// The types of the operands of `column op`, from the column's. Throws InvalidQueryError when its type lacks
/// the operator.
[[nodiscard]] DataType operand_type(const ColumnInfo& column, Operator op);
/// Key (index) and value of an element; likewise.
struct ElementTypes {
    DataType key;
    DataType value;
};
[[nodiscard]] ElementTypes element_types(const ColumnInfo& column, bool assigned);
/// The operand of an assignment; likewise (also for null to a column that cannot hold it).
[[nodiscard]] DataType change_type(const ColumnInfo& column, ChangeKind kind, bool with_null);

/// Appends a value for a place of `target` type.
template <class V>
Encoded append_dynamic(const V& value, const DataType& target, Bytes& out) {
    const std::size_t at = out.size();
    const DataType source = append_natural(value, out);
    if (wire::load<std::int32_t>(out.data() + at) < 0) return {.with_null = true};
    convert_value(source, target, out, at);
    return {};
}

/// Appends the list of an IN; `target` is its type.
template <class List>
Encoded append_dynamic_list(const List& values, const DataType& target, Bytes& out) {
    const std::size_t at = wire::begin_length(out);
    detail::append_count(out, values.size(), "list");
    for (const auto& value : values) {
        if (append_dynamic(static_cast<const typename List::value_type&>(value), target.children()[0], out)
                .with_null)
            wire::refuse_null_element("list");
    }
    wire::end_length(out, at);
    return {.nothing = values.empty()};
}

template <class Expression>
Encoded encode_dynamic_comparison(const void* expression, const ColumnInfo& column, Bytes& out) {
    const auto& comparison = *static_cast<const Expression*>(expression);
    if constexpr (Expression::op == Operator::is_not_null)
        return {};
    else if constexpr (Expression::op == Operator::in)
        return append_dynamic_list(comparison.value(), operand_type(column, Operator::in), out);
    else
        return append_dynamic(comparison.value(), operand_type(column, Expression::op), out);
}

template <class Expression>
Encoded encode_dynamic_element(const void* expression, const ColumnInfo& column, Bytes& out) {
    const auto& element = *static_cast<const Expression*>(expression);
    const ElementTypes types = element_types(column, std::is_base_of_v<AssignmentBase, Expression>);
    if (append_dynamic(element.key(), types.key, out).with_null) wire::refuse_null_element(column.cql_type);
    return append_dynamic(element.value(), types.value, out);
}

template <class Expression>
Encoded encode_dynamic_change(const void* expression, const ColumnInfo& column, Bytes& out) {
    const auto& value = static_cast<const Expression*>(expression)->value();
    const std::size_t at = out.size();
    const DataType source = append_natural(value, out);
    const bool with_null = wire::load<std::int32_t>(out.data() + at) < 0;
    const DataType target = change_type(column, Expression::kind, with_null);
    if (!with_null) convert_change(source, target, Expression::kind, out, at);
    return {.with_null = with_null};
}

}  // namespace coodie::query
