// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/relation.hpp>

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

/// Conditions as typed expressions: the first of three stages (expression, plain data, text). They own their
/// values and have constructors, so that they may travel in a `co_await` expression on GCC 12. They know no
/// model: columns, operators and values are checked when an operation of a model takes them.
namespace coodie::query {

using cql::Operator;

/// Marks the classes that `find`, `filter` and `only_if` take.
struct ConditionBase {};
template <class C>
concept ConditionExpression = std::is_base_of_v<ConditionBase, C>;

/// The operand of `is_not_null()`.
struct NoOperand {};

/// `"a"_c op value`; the value of `in` is a list.
template <class Column, Operator Op, class Value>
class Comparison : public ConditionBase {
public:
    using column_type = Column;
    using value_type = Value;
    static constexpr Operator op = Op;

    Comparison(Column column, Value value) : column_(std::move(column)), value_(std::move(value)) {}
    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    [[no_unique_address]] Column column_;
    [[no_unique_address]] Value value_;
};

/// `"m"_c[key] op value`.
template <class Column, class Key, Operator Op, class Value>
class ElementComparison : public ConditionBase {
public:
    using column_type = Column;
    using key_type = Key;
    using value_type = Value;
    static constexpr Operator op = Op;

    ElementComparison(Column column, Key key, Value value)
        : column_(std::move(column)), key_(std::move(key)), value_(std::move(value)) {}
    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] const Key& key() const noexcept { return key_; }
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    [[no_unique_address]] Column column_;
    Key key_;
    [[no_unique_address]] Value value_;
};

/// `only_if("rating"_c == 4, ...)`: the IF of a conditional write.
template <ConditionExpression... Conditions>
class OnlyIf {
public:
    explicit OnlyIf(Conditions... conditions) : conditions_(std::move(conditions)...) {}
    [[nodiscard]] const std::tuple<Conditions...>& conditions() const noexcept { return conditions_; }

private:
    std::tuple<Conditions...> conditions_;
};

}  // namespace coodie::query

namespace coodie {

/// Makes a write conditional on the row's present values (a lightweight transaction).
template <query::ConditionExpression... Conditions>
[[nodiscard]] query::OnlyIf<Conditions...> only_if(Conditions... conditions) {
    static_assert(sizeof...(Conditions) > 0,
                  "coodie: only_if needs a condition; use if_exists for IF EXISTS");
    return query::OnlyIf<Conditions...>(std::move(conditions)...);
}

}  // namespace coodie
