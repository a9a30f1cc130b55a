// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/column.hpp>
#include <coodie/query/dynamic.hpp>
#include <coodie/query/operand.hpp>
#include <coodie/query/predicate.hpp>
#include <coodie/query/token.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

/// Where expressions meet a model: each mistake is a compile error with a sentence, or (a column named at run
/// time) an InvalidQueryError. What comes out is plain data with one small encoder per expression type.
namespace coodie::query {

// --- columns
// ---------------------------------------------------------------------------------------------------------

template <class C>
struct ColumnOf {
    static constexpr bool is_static = false;
};
template <ColumnName Name>
struct ColumnOf<Column<Name>> {
    static constexpr bool is_static = true;
    template <class T>
    static consteval std::size_t index() {
        constexpr std::size_t found = column_index<T>(Name.view());
        static_assert(found < column_count<T>, "coodie: this model has no column of that name");
        return found;
    }
};
template <auto Member>
struct ColumnOf<MemberColumn<Member>> {
    static constexpr bool is_static = true;
    template <class T>
    static consteval std::size_t index() {
        constexpr std::size_t found = [] {
            for (std::size_t i = 0; i < column_count<T>; ++i)
                if (columns<T>()[i].field == reflect::member_text<Member>().view()) return i;
            return column_count<T>;
        }();
        static_assert(found < column_count<T>, "coodie: this member is not a column of this model");
        return found;
    }
};

/// The index of an expression's column in model T.
template <class T, class C>
[[nodiscard]] std::uint16_t index_of(const C& column) {
    if constexpr (ColumnOf<C>::is_static)
        return static_cast<std::uint16_t>(ColumnOf<C>::template index<T>());
    else
        return resolve_column(model_info<T>(), column.name());
}

template <class T, class C>
inline constexpr bool names_column = ColumnOf<C>::template index<T>() < column_count<T>;
template <class T, class C>
using column_type_t = field_type<T, ColumnOf<C>::template index<T>()>;

// --- checks
// ----------------------------------------------------------------------------------------------------------

/// The sentences about a value for a place of bare type B.
template <class B, class V>
consteval bool check_value_fits() {
    constexpr Fit fits = fit<B, V>();
    static_assert(fits != Fit::narrowing,
                  "coodie: this value would be narrowed: give it the column's type (4 instead of 4.7, 1.5f "
                  "for a float)");
    static_assert(fits != Fit::no, "coodie: this value does not fit the column's type");
    return fits == Fit::yes;
}

template <class F, Operator Op>
consteval bool check_operator() {
    using B = bare_t<F>;
    constexpr bool list_or_set = ListType<B> || SetType<B>;
    constexpr bool map = MapType<B>;
    constexpr bool ordered = !std::is_same_v<B, bool> && !(is_multi_cell_v<F> && is_collection_v<F>) &&
                             !std::is_same_v<B, duration>;
    constexpr bool range = Op == Operator::less || Op == Operator::less_equal || Op == Operator::greater ||
                           Op == Operator::greater_equal;
    static_assert(Op != Operator::contains || list_or_set || map,
                  "coodie: contains() is for lists, sets and maps; this column is none");
    static_assert(Op != Operator::contains_key || map,
                  "coodie: contains_key() is for maps; this column is none");
    static_assert(!range || ordered, "coodie: <, <=, > and >= need a column whose type CQL orders");
    return (Op != Operator::contains || list_or_set || map) && (Op != Operator::contains_key || map) &&
           (!range || ordered);
}

/// `in_where`: a filter compares with values only; an IF with null, too.
template <class T, class Expression, bool InWhere>
consteval bool check_comparison() {
    using F = column_type_t<T, typename Expression::column_type>;
    using V = typename Expression::value_type;
    if constexpr (!check_operator<F, Expression::op>()) {
        return false;
    } else if constexpr (Expression::op == Operator::is_not_null) {
        return true;
    } else if constexpr (Expression::op == Operator::in) {
        return check_value_fits<bare_t<F>, typename V::value_type>();
    } else if constexpr (std::is_same_v<V, null_t>) {
        static_assert(!InWhere,
                      "coodie: a filter cannot compare with null; CQL knows only is_not_null() there");
        return !InWhere;
    } else {
        return check_value_fits<typename OperandType<F, Expression::op>::type, V>();
    }
}

template <class T, class Expression>
consteval bool check_element() {
    using F = column_type_t<T, typename Expression::column_type>;
    using B = bare_t<F>;
    static_assert(ListType<B> || MapType<B>, "coodie: [key] is for maps and lists; this column is neither");
    if constexpr (ListType<B> || MapType<B>) {
        using V = typename Expression::value_type;
        constexpr bool key = check_value_fits<typename ElementKey<B>::type, typename Expression::key_type>();
        if constexpr (std::is_same_v<V, null_t>)
            return key;
        else
            return check_value_fits<element_t<B>, V>() && key;
    }
    return false;
}

template <class T, class Expression>
consteval bool check_not_key() {
    constexpr ColumnKind kind =
        column_info<T, ColumnOf<typename Expression::column_type>::template index<T>()>().kind;
    constexpr bool key = kind == ColumnKind::partition_key || kind == ColumnKind::clustering;
    static_assert(
        !key, "coodie: a column of the primary key cannot be updated; save a new row and remove the old one");
    return !key;
}

template <class B, class V>
consteval bool check_some() {
    if constexpr (fit<B, V>() == Fit::yes)
        return true;
    else if constexpr ((ListType<B> || SetType<B>) && fit<typename B::value_type, V>() == Fit::yes)
        return true;
    else
        return check_value_fits<B, V>();
}

/// `+=`, `-=`, `prepend`.
template <class F, class Expression>
consteval bool check_difference() {
    using B = bare_t<F>;
    using V = typename Expression::value_type;
    constexpr bool prepends = Expression::kind == ChangeKind::prepend;
    constexpr bool count = is_counter_v<B> && !prepends;
    constexpr bool collection = is_collection_v<F> && (!prepends || ListType<B>);
    constexpr bool cells = !is_collection_v<F> || is_multi_cell_v<F>;
    static_assert(!prepends || ListType<B>, "coodie: prepend() is for lists; this column is none");
    static_assert(prepends || is_counter_v<B> || is_collection_v<F>,
                  "coodie: += and -= are for lists, sets, maps and counters; this column is none");
    static_assert(
        cells, "coodie: a frozen collection is one value: assign it as a whole, += cannot change part of it");
    if constexpr (count)
        return check_value_fits<counter, V>();
    else if constexpr (!collection || !cells)
        return false;
    else if constexpr (MapType<B> && Expression::kind == ChangeKind::subtract) {
        if constexpr (ValueRange<V>)
            return check_value_fits<typename B::key_type, range_value_t<V>>();
        else
            return check_value_fits<typename B::key_type, V>();
    } else
        return check_some<B, V>();
}

template <class T, class Expression>
consteval bool check_change() {
    using C = typename Expression::column_type;
    using F = column_type_t<T, C>;
    if constexpr (!check_not_key<T, Expression>()) {
        return false;
    } else if constexpr (Expression::kind == ChangeKind::element) {
        static_assert(
            is_multi_cell_v<F>,
            "coodie: an element can be assigned in a map or list that is not frozen; this column is none");
        return is_multi_cell_v<F> && check_element<T, Expression>();
    } else if constexpr (Expression::kind != ChangeKind::set) {
        return check_difference<F, Expression>();
    } else {
        using V = typename Expression::value_type;
        constexpr bool null = std::is_same_v<V, null_t> || is_optional_v<V>;
        static_assert(!is_counter_v<F>, "coodie: a counter is changed by += and -= only");
        static_assert(!null || is_nullable_v<F> || is_multi_cell_v<F>,
                      "coodie: this column is not optional, so it cannot be set to null");
        if constexpr (is_counter_v<F> || (null && !is_nullable_v<F> && !is_multi_cell_v<F>))
            return false;
        else if constexpr (std::is_same_v<V, null_t>)
            return true;
        else
            return check_value_fits<bare_t<F>, V>();
    }
}

// --- terms
// -----------------------------------------------------------------------------------------------------------

template <class T, bool InWhere, class C, Operator Op, class V>
[[nodiscard]] ConditionTerm condition_term(const Comparison<C, Op, V>& comparison) {
    using Expression = Comparison<C, Op, V>;
    ConditionTerm term{.predicate = {.op = Op, .column = index_of<T>(comparison.column())},
                       .expression = &comparison};
    if constexpr (!ColumnOf<C>::is_static)
        term.encode = &encode_dynamic_comparison<Expression>;
    else if constexpr (names_column<T, C>) {
        if constexpr (check_comparison<T, Expression, InWhere>())
            term.encode = &encode_comparison<column_type_t<T, C>, Expression>;
    }
    return term;
}

template <class T, bool InWhere, class C, class K, Operator Op, class V>
[[nodiscard]] ConditionTerm condition_term(const ElementComparison<C, K, Op, V>& comparison) {
    using Expression = ElementComparison<C, K, Op, V>;
    ConditionTerm term{.predicate = {.op = Op,
                                     .left = cql::Relation::Left::element,
                                     .column = index_of<T>(comparison.column())},
                       .expression = &comparison};
    if constexpr (!ColumnOf<C>::is_static)
        term.encode = &encode_dynamic_element<Expression>;
    else if constexpr (names_column<T, C>) {
        if constexpr (check_element<T, Expression>())
            term.encode = &encode_element<column_type_t<T, C>, Expression>;
    }
    return term;
}

/// The values of `token_of(a, b)` as the columns of T's partition key.
template <class T, class Expression>
Encoded encode_token_values(const void* expression, const ColumnInfo&, Bytes& out) {
    const auto& values = static_cast<const Expression*>(expression)->value().values();
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (append_as<bare_t<field_type<T, mapping::ModelTable<T>::partition_key[I]>>>(std::get<I>(values), out),
         ...);
    }(std::make_index_sequence<mapping::ModelTable<T>::partition_key.size()>{});
    return {};
}
template <class Expression>
Encoded encode_token_number(const void* expression, const ColumnInfo&, Bytes& out) {
    return append_operand<std::int64_t>(static_cast<const Expression*>(expression)->value(), out);
}
/// Throws InvalidQueryError when the document is of another model.
Encoded append_token_document(const ModelInfo& model, const TokenOfDocument& document, Bytes& out);
template <class T, class Expression>
Encoded encode_token_document(const void* expression, const ColumnInfo&, Bytes& out) {
    return append_token_document(model_info<T>(), static_cast<const Expression*>(expression)->value(), out);
}

template <class T, class... Values>
consteval bool check_token_values(std::type_identity<TokenOfValues<Values...>>) {
    constexpr const auto& key = mapping::ModelTable<T>::partition_key;
    static_assert(sizeof...(Values) == key.size(),
                  "coodie: token_of() takes a value for each column of the partition key");
    if constexpr (sizeof...(Values) == key.size()) {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (check_value_fits<bare_t<field_type<T, key[I]>>, Values>() && ...);
        }(std::make_index_sequence<sizeof...(Values)>{});
    }
    return false;
}

/// Throws InvalidQueryError unless `given` are the columns of the partition key in order.
void check_token_columns(const ModelInfo& model, std::span<const std::uint16_t> given);

template <class T, bool InWhere, class... C, Operator Op, class V>
[[nodiscard]] ConditionTerm condition_term(const TokenComparison<std::tuple<C...>, Op, V>& comparison) {
    using Expression = TokenComparison<std::tuple<C...>, Op, V>;
    static_assert(InWhere, "coodie: a token is a condition of reads, not of only_if");
    const auto given = std::apply(
        [](const C&... column) { return std::array<std::uint16_t, sizeof...(C)>{index_of<T>(column)...}; },
        comparison.columns());
    check_token_columns(model_info<T>(), given);
    ConditionTerm term{.predicate = {.op = Op, .left = cql::Relation::Left::token},
                       .expression = &comparison};
    if constexpr (std::is_same_v<V, std::int64_t>) {
        term.encode = &encode_token_number<Expression>;
    } else {
        term.predicate.right = cql::Relation::Right::token_of_values;
        if constexpr (std::is_same_v<V, TokenOfDocument>)
            term.encode = &encode_token_document<T, Expression>;
        else if constexpr (check_token_values<T>(std::type_identity<V>{}))
            term.encode = &encode_token_values<T, Expression>;
    }
    return term;
}

template <class T, AssignmentExpression A>
[[nodiscard]] ChangeTerm change_term(const A& assignment) {
    using C = typename A::column_type;
    ChangeTerm term{.change = {.kind = A::kind, .column = index_of<T>(assignment.column())},
                    .expression = &assignment};
    if constexpr (!ColumnOf<C>::is_static) {
        if constexpr (A::kind == ChangeKind::element)
            term.encode = &encode_dynamic_element<A>;
        else
            term.encode = &encode_dynamic_change<A>;
    } else if constexpr (names_column<T, C>) {
        if constexpr (check_change<T, A>()) {
            if constexpr (A::kind == ChangeKind::element)
                term.encode = &encode_element<column_type_t<T, C>, A>;
            else
                term.encode = &encode_change<column_type_t<T, C>, A>;
        }
    }
    return term;
}

/// What has no counters can be saved and inserted.
template <class T>
constexpr void check_insertable() {
    static_assert(model<T>);
    static_assert(!model_info<T>().counter_table,
                  "coodie: a counter table takes no save or insert; use update(\"column\"_c += n)");
}

// --- lists of terms
// --------------------------------------------------------------------------------------------------

template <class T, bool InWhere = true, ConditionExpression... C>
void add_conditions(PredicateList& list, const C&... conditions) {
    if constexpr (sizeof...(C) > 0) {
        const ConditionTerm terms[] = {condition_term<T, InWhere>(conditions)...};
        list.add(model_info<T>(), terms);
    }
}

template <class T, ConditionExpression... C>
[[nodiscard]] PredicateList where_list(const C&... conditions) {
    PredicateList list;
    add_conditions<T>(list, conditions...);
    return list;
}

template <class T, ConditionExpression... C>
[[nodiscard]] PredicateList if_list(const OnlyIf<C...>& only_if) {
    PredicateList list;
    std::apply([&](const C&... conditions) { add_conditions<T, false>(list, conditions...); },
               only_if.conditions());
    return list;
}

template <class T, AssignmentExpression... A>
[[nodiscard]] ChangeList change_list(const A&... assignments) {
    ChangeList list;
    if constexpr (sizeof...(A) > 0) {
        const ChangeTerm terms[] = {change_term<T>(assignments)...};
        list.add(model_info<T>(), terms);
    }
    return list;
}

}  // namespace coodie::query

namespace coodie {

/// The token of these partition key values, computed by the server: `token("a"_c, "b"_c) > token_of(1, 2)`.
template <class First, class... Rest>
    requires(sizeof...(Rest) > 0 || !Model<std::remove_cvref_t<First>>)
[[nodiscard]] auto token_of(First&& first, Rest&&... rest) {
    return query::TokenOfValues<query::stored_t<First>, query::stored_t<Rest>...>(
        query::store(std::forward<First>(first)), query::store(std::forward<Rest>(rest))...);
}

/// The token of a document's partition key. Throws ValidationError when the key cannot be encoded.
template <Model T>
[[nodiscard]] query::TokenOfDocument token_of(const T& document) {
    return query::TokenOfDocument(model_info<T>(), &document);
}

}  // namespace coodie
