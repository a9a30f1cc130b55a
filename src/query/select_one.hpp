// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>
#include <coodie/query/predicate.hpp>

#include <cstdint>
#include <memory>

namespace coodie::query {

/// `SELECT all columns ... WHERE` predicates, as get and find_one need it: all but the values, which is the
/// same each time. Each thread keeps some, so that a lookup by key takes neither a shape's key nor a close
/// look at its predicates.
class SelectOne {
public:
    SelectOne() = default;
    /// Throws InvalidQueryError for a null among the predicates.
    SelectOne(const ModelInfo& model, const PredicateList& where);

    /// @param where at least one predicate. The reference is valid until the thread's next call.
    [[nodiscard]] static const SelectOne& of(const ModelInfo& model, const PredicateList& where);

    /// @param values those of the predicates.
    [[nodiscard]] Statement statement(Bytes&& values) const;
    [[nodiscard]] const std::shared_ptr<const Predicates>& where() const noexcept { return where_; }

private:
    [[nodiscard]] bool is_of(const ModelInfo& model, std::span<const Predicate> where) const noexcept;

    const ModelInfo* model_ = nullptr;
    std::shared_ptr<const Predicates> where_;
    StatementText text_;
    ExecutionOptions execution_;
    std::uint16_t value_count_ = 0;
    bool limit_ = false;
};

}  // namespace coodie::query
