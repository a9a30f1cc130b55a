// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/planners.hpp"
#include "embedded/planner/term_text.hpp"
#include "embedded/planner/where.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace coodie::embedded {
namespace {

std::string_view verb(ModificationKind kind) {
    switch (kind) {
        case ModificationKind::insert: return "INSERT";
        case ModificationKind::update: return "UPDATE";
        case ModificationKind::remove: return "DELETE";
    }
    return "";
}

ModificationPlan start(PlanContext& context, const ast::QualifiedName& name, ModificationKind kind) {
    ModificationPlan plan;
    plan.kind = kind;
    plan.table = context.find_table(name);
    plan.is_counter = plan.table->is_counter;
    context.table = plan.table;
    if (plan.table->is_virtual)
        refuse_invalid(fmt::format("Modification is not supported by table {}.{}", plan.table->keyspace,
                                   plan.table->name));
    return plan;
}

void plan_using(PlanContext& context, const ast::Using& written, const ast::If& condition,
                ModificationPlan& plan) {
    const Table& table = *plan.table;
    const auto receiver = [&](std::string name, DataType type) {
        return Receiver{table.keyspace, table.name, std::move(name), std::move(type), -1};
    };
    if (written.timestamp && plan.is_counter)
        refuse_invalid("Cannot provide custom timestamp for counter updates");
    if (written.ttl && plan.is_counter) refuse_invalid("Cannot provide custom TTL for counter updates");
    if (written.timestamp && condition.kind != ast::IfKind::none)
        refuse_invalid("Cannot provide custom timestamp for conditional updates");
    if (written.timestamp)
        plan.timestamp = make_term(context, *written.timestamp, receiver("[timestamp]", TypeId::bigint));
    if (written.ttl) plan.ttl = make_term(context, *written.ttl, receiver("[ttl]", TypeId::int_));
}

bool is_static(const ModificationPlan& plan, std::uint16_t column) {
    return plan.table->columns[column].is_static();
}

bool only_statics(const ModificationPlan& plan) {
    return !plan.operations.empty() && std::ranges::all_of(plan.operations, [&](const Operation& o) {
        return is_static(plan, o.column);
    }) && std::ranges::all_of(plan.conditions, [&](const Condition& c) { return is_static(plan, c.column); });
}

std::string missing_names(const Table& table, std::size_t first, std::size_t count, auto&& is_given) {
    std::string missing;
    for (std::size_t i = first; i < first + count; ++i)
        if (!is_given(table.columns[i])) missing += (missing.empty() ? "" : ", ") + table.columns[i].name;
    return missing;
}

bool restricts(const std::vector<Restriction>& restrictions, const Column& column) {
    return std::ranges::any_of(restrictions, [&](const Restriction& restriction) {
        return std::ranges::find(restriction.columns, &column) != restriction.columns.end();
    });
}

void plan_partition_key(const Where& where, ModificationPlan& plan) {
    const Table& table = *plan.table;
    if (where.token)
        refuse_invalid(fmt::format("The token function cannot be used in WHERE clauses for {} statements",
                                   verb(plan.kind)));
    const std::string missing = missing_names(table, 0, table.partition_key_size, [&](const Column& column) {
        return restricts(where.partition, column);
    });
    if (!missing.empty()) refuse_invalid("Some partition key parts are missing: " + missing);
    plan.partition_key = where.partition_key(table);
    if (plan.partition_key.empty())
        refuse_invalid(fmt::format(
            "Only EQ and IN relation are supported on the partition key (unless you use the token() "
            "function) for {} statements",
            verb(plan.kind)));
    if (!where.others.empty())
        refuse_invalid("Non PRIMARY KEY columns found in where clause: " +
                       where.others.front().columns.front()->name + " ");
}

void refuse_missing_clustering(const Where& where, const Table& table) {
    const std::string missing =
        missing_names(table, table.partition_key_size, table.clustering_size,
                      [&](const Column& column) { return restricts(where.clustering, column); });
    if (!missing.empty()) refuse_invalid("Some clustering keys are missing: " + missing);
}

bool is_full(const Table& table, const std::vector<KeyRestriction>& clustering) {
    std::size_t covered = 0;
    for (const KeyRestriction& part : clustering) {
        if (part.kind == KeyRestriction::Kind::slice) return false;
        covered += part.count;
    }
    return covered == table.clustering_size;
}

void check_statics_alone(const Where& where, const ModificationPlan& plan) {
    if (!where.clustering.empty())
        refuse_invalid(
            fmt::format("Invalid restrictions on clustering columns since the {} statement modifies only "
                        "static columns",
                        verb(plan.kind)));
}

void plan_update_rows(const Where& where, ModificationPlan& plan) {
    const Table& table = *plan.table;
    if (std::ranges::any_of(where.clustering, [](const Restriction& r) { return !r.is_point(); }))
        refuse_invalid(
            fmt::format("Slice restrictions are not supported on the clustering columns in {} statements",
                        verb(plan.kind)));
    if (table.clustering_size > 0 && only_statics(plan)) {
        check_statics_alone(where, plan);
        plan.target = ModificationPlan::Target::statics;
        return;
    }
    refuse_missing_clustering(where, table);
    std::size_t used = 0;
    plan.clustering = where.clustering_prefix(table, used);
}

void plan_delete_rows(const Where& where, ModificationPlan& plan) {
    const Table& table = *plan.table;
    where.check_clustering_prefix(table);
    std::size_t used = 0;
    plan.clustering = where.clustering_prefix(table, used);
    const bool full = is_full(table, plan.clustering);
    if (table.clustering_size > 0 && only_statics(plan)) {
        check_statics_alone(where, plan);
        plan.target = ModificationPlan::Target::statics;
    } else if (!full && plan.is_conditional()) {
        refuse_invalid(
            "DELETE statements must restrict all PRIMARY KEY columns with equality relations in order to "
            "delete "
            "non static columns");
    } else if (!full && !plan.operations.empty()) {
        refuse_invalid("Range deletions are not supported for specific columns");
    } else if (plan.operations.empty() && plan.clustering.empty() && !plan.is_conditional()) {
        plan.target = ModificationPlan::Target::partition;
    } else if (!full) {
        plan.target = ModificationPlan::Target::ranges;
    }
}

void check_conditional_keys(const ModificationPlan& plan) {
    if (!plan.is_conditional()) return;
    const std::string what =
        plan.kind == ModificationKind::remove ? "conditional deletions" : "conditional updates";
    if (has_in(plan.partition_key)) refuse_invalid("IN on the partition key is not supported with " + what);
    if (has_in(plan.clustering))
        refuse_invalid("IN on the clustering key columns is not supported with " + what);
}

void finish(ModificationPlan& plan) {
    check_conditional_keys(plan);
    plan.reads_before_write = std::ranges::any_of(plan.operations, [](const Operation& operation) {
        return operation.kind == OperationKind::set_index || operation.kind == OperationKind::discard_index;
    });
    describe_condition(plan);
}

void plan_insert_columns(PlanContext& context, const ast::Insert& insert, ModificationPlan& plan) {
    const Table& table = *plan.table;
    std::vector<const Column*> given;
    std::vector<std::optional<Term>> keys(table.key_size());
    for (std::size_t i = 0; i < insert.columns.size(); ++i) {
        const Column& column = context.column(table, insert.columns[i]);
        if (std::ranges::find(given, &column) != given.end())
            refuse_invalid("The column names contains duplicates");
        given.push_back(&column);
        Term value = make_term(context, insert.values[i], receiver_of(table, column));
        if (column.is_key()) {
            keys[table.index_of(column)] = std::move(value);
            continue;
        }
        Operation operation;
        operation.column = table.index_of(column);
        operation.value = std::move(value);
        plan.operations.push_back(std::move(operation));
    }
    const auto is_given = [&](const Column& column) { return keys[table.index_of(column)].has_value(); };
    const std::string parts = missing_names(table, 0, table.partition_key_size, is_given);
    if (!parts.empty()) refuse_invalid("Some partition key parts are missing: " + parts);
    const std::string clustering =
        missing_names(table, table.partition_key_size, table.clustering_size, is_given);
    const bool any_clustering = std::ranges::any_of(std::span(keys).subspan(table.partition_key_size),
                                                    [](const auto& key) { return key.has_value(); });
    if (!any_clustering && table.clustering_size > 0 && only_statics(plan)) {
        plan.target = ModificationPlan::Target::statics;
    } else if (!clustering.empty()) {
        refuse_invalid("Some clustering keys are missing: " + clustering);
    }
    for (std::uint16_t i = 0; i < keys.size(); ++i) {
        if (!keys[i]) continue;
        KeyRestriction key;
        key.first = table.columns[i].position;
        key.terms.push_back(*std::move(keys[i]));
        (i < table.partition_key_size ? plan.partition_key : plan.clustering).push_back(std::move(key));
    }
    plan.row_marker = plan.target == ModificationPlan::Target::rows;
}

}  // namespace

ModificationPlan plan_insert(PlanContext& context, const ast::Insert& insert) {
    if (insert.json) refuse_unsupported("INSERT JSON");
    ModificationPlan plan = start(context, insert.table, ModificationKind::insert);
    if (plan.is_counter)
        refuse_invalid("INSERT statements are not allowed on counter tables, use UPDATE instead");
    if (insert.columns.size() != insert.values.size()) refuse_invalid("Unmatched column names/values");
    plan_conditions(context, insert.condition, plan);
    plan_insert_columns(context, insert, plan);
    plan_using(context, insert.using_, insert.condition, plan);
    finish(plan);
    return plan;
}

ModificationPlan plan_update(PlanContext& context, const ast::Update& update) {
    ModificationPlan plan = start(context, update.table, ModificationKind::update);
    plan.operations = plan_assignments(context, *plan.table, update.assignments);
    plan_conditions(context, update.condition, plan);
    const Where where(context, *plan.table, update.where);
    plan_partition_key(where, plan);
    plan_update_rows(where, plan);
    plan_using(context, update.using_, update.condition, plan);
    finish(plan);
    return plan;
}

ModificationPlan plan_delete(PlanContext& context, const ast::Delete& remove) {
    ModificationPlan plan = start(context, remove.table, ModificationKind::remove);
    for (const ast::DeleteTarget& target : remove.targets)
        plan.operations.push_back(plan_target(context, *plan.table, target));
    plan_conditions(context, remove.condition, plan);
    const Where where(context, *plan.table, remove.where);
    plan_partition_key(where, plan);
    plan_delete_rows(where, plan);
    plan_using(context, remove.using_, remove.condition, plan);
    finish(plan);
    return plan;
}

}  // namespace coodie::embedded
