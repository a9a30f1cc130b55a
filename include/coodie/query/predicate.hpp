// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/assignment.hpp>
#include <coodie/cql/relation.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/types/bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Conditions and assignments as plain data: the second of three stages.
namespace coodie::query {

/// One condition without its values.
struct Predicate {
    cql::Operator op = cql::Operator::equal;
    cql::Relation::Left left = cql::Relation::Left::column;
    cql::Relation::Right right = cql::Relation::Right::marker;
    std::uint16_t column =
        0;                   ///< index into ModelInfo::columns; the whole partition key when left is a token
    bool nothing = false;    ///< an empty IN: no row can match (semantics rule 14)
    bool with_null = false;  ///< its operand is null

    friend bool operator==(const Predicate&, const Predicate&) = default;
};

/// Predicates in order; a few of them need no allocation.
class Predicates {
public:
    void push_back(const Predicate& predicate) {
        if (few_size_ < few_.size())
            few_[few_size_++] = predicate;
        else
            grow(predicate);
    }
    [[nodiscard]] std::span<const Predicate> view() const noexcept {
        return many_.empty() ? std::span<const Predicate>(few_).first(few_size_) : many_;
    }

private:
    void grow(const Predicate& predicate);

    std::array<Predicate, 4> few_{};
    std::vector<Predicate> many_;  ///< all of them, once they are more than few_ has room for
    std::uint8_t few_size_ = 0;
};

/// One assignment without its values.
struct Change {
    cql::Assignment::Kind kind = cql::Assignment::Kind::set;
    std::uint16_t column = 0;  ///< index into ModelInfo::columns
};

/// What an expression's encoder tells about the values that it appended.
struct Encoded {
    bool nothing = false;    ///< an empty IN
    bool with_null = false;  ///< null
};

/// Appends an expression's values, each as `[int] length + content`, to `out`. Throws ValidationError with
/// the reason only.
using ExpressionEncoder = Encoded (*)(const void* expression, const ColumnInfo& column, Bytes& out);

/// An expression that a model has checked, erased of its type. Borrows the expression.
struct ConditionTerm {
    Predicate predicate;
    const void* expression = nullptr;
    ExpressionEncoder encode = nullptr;
};
struct ChangeTerm {
    Change change;
    const void* expression = nullptr;
    ExpressionEncoder encode = nullptr;
};

/// The index of a column by its CQL name. Throws InvalidQueryError that names table, column and what there
/// is.
[[nodiscard]] std::uint16_t resolve_column(const ModelInfo& model, std::string_view name);

/// Conditions with their encoded values, in order: a WHERE or an IF.
class PredicateList {
public:
    /// Encodes and appends. Throws ValidationError naming table and column when a value does not fit.
    void add(const ModelInfo& model, std::span<const ConditionTerm> terms);
    void add(Predicate predicate, BytesView values);

    [[nodiscard]] std::span<const Predicate> items() const noexcept { return items_.view(); }
    [[nodiscard]] const Predicates& predicates() const noexcept { return items_; }
    /// One `[int] length + content` for each `?`.
    [[nodiscard]] const Bytes& values() const noexcept { return values_; }
    [[nodiscard]] Bytes& values() noexcept { return values_; }
    [[nodiscard]] bool empty() const noexcept { return items_.view().empty(); }
    /// Whether an empty IN is among them.
    [[nodiscard]] bool matches_nothing() const noexcept { return nothing_; }
    /// Throws InvalidQueryError when an operand is null: right in an IF, wrong in a WHERE (semantics rule 2).
    void refuse_nulls(const ModelInfo& model) const;

private:
    Predicates items_;
    Bytes values_;
    bool nothing_ = false;
};

/// Assignments with their encoded values, in order: a SET.
class ChangeList {
public:
    /// Encodes and appends. Throws ValidationError (a value does not fit) or InvalidQueryError (a key column,
    /// a column twice).
    void add(const ModelInfo& model, std::span<const ChangeTerm> terms);

    [[nodiscard]] std::span<const Change> items() const noexcept { return items_; }
    [[nodiscard]] const Bytes& values() const noexcept { return values_; }
    /// Where the values of items()[i] start in values(); one more entry for the end.
    [[nodiscard]] std::span<const std::uint32_t> offsets() const noexcept { return offsets_; }

private:
    std::vector<Change> items_;
    Bytes values_;
    std::vector<std::uint32_t> offsets_;
};

}  // namespace coodie::query
