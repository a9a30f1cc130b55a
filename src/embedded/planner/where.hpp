// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/plan.hpp"
#include "embedded/planner/typing.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace coodie::embedded {

/// One relation of WHERE, typed.
struct Restriction {
    const ast::Relation* relation = nullptr;
    std::vector<const Column*> columns;
    ast::Operator op = ast::Operator::eq;
    bool tuples = false;
    std::optional<Term> element;
    std::vector<Term> values;
    bool whole_list = false;

    [[nodiscard]] bool is_slice() const noexcept {
        return op == ast::Operator::lt || op == ast::Operator::le || op == ast::Operator::gt ||
               op == ast::Operator::ge;
    }
    [[nodiscard]] bool is_lower() const noexcept {
        return op == ast::Operator::gt || op == ast::Operator::ge;
    }
    [[nodiscard]] bool is_contains() const noexcept {
        return op == ast::Operator::contains || op == ast::Operator::contains_key || element.has_value();
    }
    /// = or IN of whole values.
    [[nodiscard]] bool is_point() const noexcept {
        return (op == ast::Operator::eq || op == ast::Operator::in) && !element;
    }
};

/// WHERE, typed and checked against itself (no column twice, ...), by what it restricts.
struct Where {
    std::vector<Restriction> partition;
    std::vector<Restriction> clustering;
    std::vector<Restriction> others;  ///< static and regular columns
    std::optional<TokenRestriction> token;

    Where(PlanContext& context, const Table& table, const std::vector<ast::Relation>& relations);

    /// Every partition key column has = or IN: the restrictions of the whole key in order; else empty.
    [[nodiscard]] std::vector<KeyRestriction> partition_key(const Table& table) const;
    /// The longest usable prefix of the clustering key.
    /// @param used how many of `clustering` are in it.
    [[nodiscard]] std::vector<KeyRestriction> clustering_prefix(const Table& table, std::size_t& used) const;
    /// Refuses clustering restrictions that are no prefix, as Cassandra does without ALLOW FILTERING.
    void check_clustering_prefix(const Table& table) const;
};

/// The rest of SELECT's WHERE: how the rows are found, with what index, and what is filtered.
void plan_access(SelectPlan& plan, Where where, bool allow_filtering);

Filter make_filter(const Table& table, Restriction restriction);

}  // namespace coodie::embedded
