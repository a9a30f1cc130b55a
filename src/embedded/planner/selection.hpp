// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/plan.hpp"
#include "embedded/planner/typing.hpp"

namespace coodie::embedded {

/// Types SELECT's list: fills the plan's selectors, `plain`, `fetch`, `aggregate` and `aggregates`.
/// @return the result's columns with the names that Cassandra gives them.
ColumnSpecs plan_selection(PlanContext& context, const ast::Select& select, SelectPlan& plan);

/// Adds the column to `fetch` unless it is there.
void fetch_column(SelectPlan& plan, std::uint16_t column);

}  // namespace coodie::embedded
