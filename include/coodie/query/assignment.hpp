// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/assignment.hpp>

#include <type_traits>
#include <utility>

/// Assignments as typed expressions; see condition.hpp.
namespace coodie::query {

using ChangeKind = cql::Assignment::Kind;

/// Marks the classes that `update` takes.
struct AssignmentBase {};
template <class A>
concept AssignmentExpression = std::is_base_of_v<AssignmentBase, A>;

/// `"a"_c = value`, `+=`, `-=`, `.prepend(value)`.
template <class Column, ChangeKind Kind, class Value>
class Assignment : public AssignmentBase {
public:
    using column_type = Column;
    using value_type = Value;
    static constexpr ChangeKind kind = Kind;

    Assignment(Column column, Value value) : column_(std::move(column)), value_(std::move(value)) {}
    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    [[no_unique_address]] Column column_;
    [[no_unique_address]] Value value_;
};

/// `"m"_c[key] = value`, `"l"_c[2] = value`.
template <class Column, class Key, class Value>
class ElementAssignment : public AssignmentBase {
public:
    using column_type = Column;
    using key_type = Key;
    using value_type = Value;
    static constexpr ChangeKind kind = ChangeKind::element;

    ElementAssignment(Column column, Key key, Value value)
        : column_(std::move(column)), key_(std::move(key)), value_(std::move(value)) {}
    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] const Key& key() const noexcept { return key_; }
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    [[no_unique_address]] Column column_;
    Key key_;
    [[no_unique_address]] Value value_;
};

}  // namespace coodie::query
