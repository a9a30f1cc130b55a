// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/model/layout.hpp>
#include <coodie/model/user_type.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

/// Mistakes in a model, each a compile error with a sentence.
namespace coodie {

namespace mapping {

template <class T>
concept HasTable = requires {
    { T::schema() } -> std::derived_from<SchemaData>;
    requires !std::derived_from<std::remove_cvref_t<decltype(T::schema())>, UserTypeSchema>;
};

/// Whether the fields of T can be reflected.
template <class T>
constexpr bool check_fields() {
    static_assert(std::is_aggregate_v<T>,
                  "coodie: a model is a plain struct: no constructors, no private or virtual members");
    if constexpr (std::is_aggregate_v<T>) {
        using S = reflect::Shape<T>;
        constexpr bool has_base = !std::is_void_v<typename reflect::BaseOf<T>::type>;
        constexpr bool lists = reflect::ListsFields<T>;
        constexpr bool spans = S::data_base;
        static_assert(!spans || has_base,
                      "coodie: this struct inherits columns: say from where, with Document<T, Base> or "
                      "`using coodie_base = Base;`");
        static_assert(!spans || lists || S::own_fields == 0,
                      "coodie: a struct that inherits columns lists its own: "
                      "static constexpr auto coodie_fields() { return std::tuple{&T::a, &T::b}; }");
        static_assert(S::data_base || !S::two_bases, "coodie: a model has at most one base class");
        static_assert(lists || S::data_base || S::own_fields <= reflect::max_fields,
                      "coodie: this struct has more than 128 fields: list them in "
                      "static constexpr auto coodie_fields() { return std::tuple{&T::a, &T::b, ...}; }");
        static_assert(lists || S::elements > 0, "coodie: this struct has no fields that could be columns");
        if constexpr (spans && has_base) {
            static_assert(reflect::inherits_from<T, typename reflect::BaseOf<T>::type>(),
                          "coodie: coodie_base is not the class that this struct inherits its columns from");
        }
        if constexpr (spans && lists && S::own_fields > 0) {
            static_assert(
                reflect::Listed<T>::own,
                "coodie: coodie_fields() lists the struct's own members only (is this list inherited?)");
            static_assert(!reflect::Listed<T>::own || reflect::Listed<T>::size == S::own_fields,
                          "coodie: coodie_fields() does not list each of the struct's own fields once");
        }
        return reflect::is_bindable<T>();
    } else {
        return false;
    }
}

/// The sentence for one column; the names of struct and field and the type are in the error message's trace.
template <class T, FieldName Name, class Type>
constexpr bool refuse_type() {
    static_assert(!std::is_array_v<Type>,
                  "coodie: a C array is no CQL type; take std::vector or coodie::vector");
    static_assert(
        std::is_array_v<Type>,
        "coodie: the type of this field is no CQL type; see the table of types, write coodie::adapter<T>, "
        "give the struct a coodie::user_type() schema, or leave the member out with .ignore<>()");
    return false;
}

template <class T, std::size_t Field, class Type>
constexpr bool check_type() {
    if constexpr (CqlValue<Type> && !std::is_array_v<Type>)
        return true;
    else
        return refuse_type<T, field_name<T, Field>, Type>();
}

template <class T>
constexpr bool check_types() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return (static_cast<int>(check_type<T, I, reflect::FieldAt<T, column_fields<T>[I]>>()) & ... & 1) ==
               1;
    }(std::make_index_sequence<layout<T>.columns>{});
}

constexpr bool is_key(ColumnKind kind) {
    return kind == ColumnKind::partition_key || kind == ColumnKind::clustering;
}

/// What the types of keys, counters and static columns allow.
struct Facts {
    bool counters = false;
    bool counter_in_key = false;
    bool regular = false;  ///< a column that is neither key nor counter
    bool statics = false;
    bool collection_in_key = false;
    bool optional_in_key = false;
    bool indexed_counter = false;
};

template <class T, class Type>
constexpr void gather(Facts& facts, const Draft& draft) {
    const bool key = is_key(draft.kind);
    facts.counters |= is_counter_v<Type>;
    facts.counter_in_key |= key && is_counter_v<Type>;
    facts.regular |= !key && !is_counter_v<Type>;
    facts.statics |= draft.kind == ColumnKind::static_;
    facts.collection_in_key |= key && is_multi_cell_v<Type>;
    facts.optional_in_key |= key && is_nullable_v<Type>;
    facts.indexed_counter |= draft.indexed && is_counter_v<Type>;
}

template <class T>
constexpr Facts facts_of() {
    Facts facts;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (gather<T, reflect::FieldAt<T, column_fields<T>[I]>>(facts, layout<T>.drafts[column_fields<T>[I]]),
         ...);
    }(std::make_index_sequence<layout<T>.columns>{});
    return facts;
}

template <class T>
constexpr bool check_schema() {
    constexpr Problems problems = layout<T>.problems;
    static_assert(!problems.unknown_member,
                  "coodie: the schema names a member that is not among the struct's fields");
    static_assert(!problems.key_twice, "coodie: a column is in the primary key twice");
    static_assert(!problems.key_is_static, "coodie: a column of the primary key cannot be static");
    static_assert(!problems.key_is_ignored, "coodie: a column of the primary key cannot be ignored");
    static_assert(!problems.no_name, "coodie: a column's name is empty");
    static_assert(!problems.same_name, "coodie: two columns have the same name");
    return !problems.unknown_member && !problems.key_twice && !problems.key_is_static &&
           !problems.key_is_ignored && !problems.no_name && !problems.same_name;
}

template <class T>
constexpr bool check_table() {
    constexpr Facts facts = facts_of<T>();
    constexpr bool abstract = schema_of<T>.abstract;
    constexpr std::int64_t ttl = schema_of<T>.default_ttl;
    static_assert(abstract || layout<T>.partition > 0,
                  "coodie: a model needs a partition key: .partition_key<&T::field>() in its schema()");
    static_assert(
        abstract || !facts.statics || layout<T>.clustering > 0,
        "coodie: a static column needs a clustering key: without one each partition has one row anyway");
    static_assert(!facts.counter_in_key, "coodie: a counter cannot be part of the primary key");
    static_assert(
        !facts.counters || !facts.regular,
        "coodie: a counter table has no regular columns: all but the primary key are coodie::counter");
    static_assert(!facts.counters || ttl == 0, "coodie: a counter table cannot have a default TTL");
    static_assert(!facts.indexed_counter, "coodie: a counter cannot be indexed");
    static_assert(!facts.collection_in_key,
                  "coodie: a collection in the primary key must be frozen: coodie::frozen<T>");
    static_assert(!facts.optional_in_key, "coodie: a column of the primary key cannot be std::optional");
    static_assert(ttl >= 0 && ttl <= 630720000,
                  "coodie: the default TTL is 0 to 630720000 seconds (20 years)");
    return (abstract || (layout<T>.partition > 0 && (!facts.statics || layout<T>.clustering > 0))) &&
           !facts.counter_in_key && (!facts.counters || (!facts.regular && ttl == 0)) &&
           !facts.indexed_counter && !facts.collection_in_key && !facts.optional_in_key && ttl >= 0 &&
           ttl <= 630720000;
}

template <class T>
constexpr bool check_model_once() {
    static_assert(
        HasTable<T>,
        "coodie: a model says its table in static constexpr auto schema() { return coodie::table(...)...; }");
    if constexpr (HasTable<T>) {
        if constexpr (check_fields<T>()) {
            if constexpr (check_schema<T>() && check_types<T>()) return check_table<T>();
        }
    }
    return false;
}
/// Once per model: each sentence shows once.
template <class T>
inline constexpr bool checked_model = check_model_once<T>();
template <class T>
constexpr bool check_model() {
    return checked_model<std::remove_cv_t<T>>;
}

}  // namespace mapping

/// A class with a `schema()` that returns a `coodie::table()`. Says nothing about mistakes in it.
template <class T>
concept Model = std::is_class_v<T> && mapping::HasTable<T>;

/// Whether T is a model without mistakes; each mistake is a compile error with a sentence of its own:
/// `static_assert(coodie::model<Review>);`
template <class T>
inline constexpr bool model = mapping::check_model<T>();

}  // namespace coodie
