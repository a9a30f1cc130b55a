// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/planners.hpp"
#include "embedded/planner/selection.hpp"
#include "embedded/planner/term_text.hpp"
#include "embedded/planner/where.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

void check_distinct(const SelectPlan& plan, const ast::Select& select, const Where& where) {
    const Table& table = *plan.table;
    if (select.per_partition_limit)
        refuse_invalid("PER PARTITION LIMIT is not allowed with SELECT DISTINCT queries");
    const bool rows = !where.clustering.empty() ||
                      std::ranges::any_of(
                          where.others, [](const Restriction& r) { return !r.columns.front()->is_static(); });
    if (rows)
        refuse_invalid(
            "SELECT DISTINCT with WHERE clause only supports restriction by partition key and/or static "
            "columns.");
    for (const std::uint16_t index : plan.fetch) {
        const Column& column = table.columns[index];
        if (column.kind != ColumnKind::partition_key && !column.is_static())
            refuse_invalid(
                fmt::format("SELECT DISTINCT queries must only request partition key columns and/or static "
                            "columns (not {})",
                            column.name));
    }
    if (!where.partition_key(table).empty()) return;
    for (std::uint16_t i = 0; i < table.partition_key_size; ++i)
        if (std::ranges::find(plan.fetch, i) == plan.fetch.end())
            refuse_invalid(
                fmt::format("SELECT DISTINCT queries must request all the partition key columns (missing {})",
                            table.columns[i].name));
}

/// The restriction that fixes this clustering column to one value, if any: ORDER BY may leave such columns
/// out.
bool is_fixed(const SelectPlan& plan, std::size_t position) {
    return std::ranges::any_of(plan.clustering, [&](const KeyRestriction& key) {
        return key.kind == KeyRestriction::Kind::eq && key.first <= position &&
               position < key.first + key.count;
    });
}

void plan_order(PlanContext& context, const ast::Select& select, SelectPlan& plan) {
    if (select.order_by.empty()) return;
    const Table& table = *plan.table;
    for (const ast::Ordering& ordering : select.order_by)
        if (ordering.ann_of) refuse_unsupported("ANN OF");
    if (plan.access == Access::index)
        refuse_invalid("ORDER BY with 2ndary indexes is not supported, except for ANN queries.");
    if (plan.access == Access::scan)
        refuse_invalid("ORDER BY is only supported when the partition key is restricted by an EQ or an IN.");
    std::optional<bool> reversed;
    std::size_t position = 0;
    for (const ast::Ordering& ordering : select.order_by) {
        const Column& column = context.column(table, ordering.column);
        if (column.kind != ColumnKind::clustering)
            refuse_invalid(
                "Order by is currently only supported on the clustered columns of the PRIMARY KEY, got " +
                column.name);
        while (position != column.position) {
            if (position > column.position || !is_fixed(plan, position))
                refuse_invalid(
                    "Order by currently only supports the ordering of columns following their declared order "
                    "in "
                    "the PRIMARY KEY");
            ++position;
        }
        ++position;
        const bool backwards = ordering.descending != column.descending;
        if (reversed && *reversed != backwards) refuse_invalid("Unsupported order by relation");
        reversed = backwards;
        plan.sort.push_back({table.index_of(column), ordering.descending});
    }
    plan.reversed = *reversed;
}

Receiver limit_receiver(const Table& table, std::string name) {
    return {table.keyspace, table.name, std::move(name), TypeId::int_, -1};
}

}  // namespace

Plan plan_select(PlanContext& context, const ast::Select& select) {
    if (select.json) refuse_unsupported("SELECT JSON");
    if (!select.group_by.empty()) refuse_unsupported("GROUP BY");
    SelectPlan plan;
    plan.table = context.find_table(select.table);
    context.table = plan.table;
    auto specs = std::make_shared<ColumnSpecs>(plan_selection(context, select, plan));
    const Where where(context, *plan.table, select.where);
    plan.distinct = select.distinct;
    if (plan.distinct) check_distinct(plan, select, where);
    plan_access(plan, where, select.allow_filtering);
    plan_order(context, select, plan);
    // Only a result of several partitions is sorted afterwards; one partition is read in the right order.
    if (!has_in(plan.partition_key) || plan.aggregate) plan.sort.clear();
    for (const SelectPlan::Sort& sort : plan.sort) fetch_column(plan, sort.column);
    for (const Filter& filter : plan.filters)
        for (const std::uint16_t column : filter.columns) fetch_column(plan, column);
    if (select.per_partition_limit) {
        if (plan.aggregate) refuse_invalid("PER PARTITION LIMIT is not allowed with aggregate queries.");
        plan.per_partition_limit = make_term(context, *select.per_partition_limit,
                                             limit_receiver(*plan.table, "[per_partition_limit]"));
    }
    if (select.limit) plan.limit = make_term(context, *select.limit, limit_receiver(*plan.table, "[limit]"));
    Plan made;
    made.columns = std::move(specs);
    made.node = std::move(plan);
    return made;
}

}  // namespace coodie::embedded
