// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/plan.hpp"
#include "embedded/planner/typing.hpp"

#include <string>
#include <vector>

/// One planner per kind of statement. They refuse by throwing Refused; make_plan catches it.
namespace coodie::embedded {

Plan plan_select(PlanContext& context, const ast::Select& select);
ModificationPlan plan_insert(PlanContext& context, const ast::Insert& insert);
ModificationPlan plan_update(PlanContext& context, const ast::Update& update);
ModificationPlan plan_delete(PlanContext& context, const ast::Delete& remove);
Plan plan_batch(PlanContext& context, const ast::Batch& batch);

/// SET of UPDATE, and one thing that DELETE names.
std::vector<Operation> plan_assignments(PlanContext& context, const Table& table,
                                        const std::vector<ast::Assignment>& assignments);
Operation plan_target(PlanContext& context, const Table& table, const ast::DeleteTarget& target);

/// Whether any part of a key is restricted by IN.
[[nodiscard]] bool has_in(const std::vector<KeyRestriction>& key);

/// Types IF's conditions into the plan.
void plan_conditions(PlanContext& context, const ast::If& condition, ModificationPlan& plan);
/// Sets the columns of a conditional write's answer.
void describe_condition(ModificationPlan& plan);

}  // namespace coodie::embedded
