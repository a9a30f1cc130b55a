// SPDX-License-Identifier: Apache-2.0
#include <coodie/schema/sync_table.hpp>

#include "schema/execution.hpp"
#include "schema/live_schema.hpp"
#include "schema/plan.hpp"

#include <coodie/schema/tables.hpp>

#include <algorithm>
#include <utility>

namespace coodie::schema {
namespace {

void check_keyspace(const LiveSchema& live, std::string_view keyspace, const Plan& plan) {
    if (live.keyspace_exists()) return;
    throw ConfigurationError(plan.doing + ": there is no keyspace " + cql::quote(keyspace) +
                             ": call create_keyspace(\"" + std::string(keyspace) + "\") first");
}

bool holds_user_types(const DataType& type) {
    return type.id() == TypeId::udt ||
           std::any_of(type.children().begin(), type.children().end(), holds_user_types);
}

void plan_types_if_any(std::span<const DataType> types, std::string_view keyspace, const LiveSchema& live,
                       Plan& plan) {
    if (std::any_of(types.begin(), types.end(), holds_user_types))
        plan_types(types, keyspace, live.types(), plan);
}

// Another process may sync the same model at the same time. When a statement fails although it was right, the
// database has changed in between: then a new plan no longer holds it, and the rest of that plan is what
// remains to be done.
template <class MakePlan>
SyncResult carry_out(MakePlan make_plan, Driver& driver, bool dry_run) {
    Plan plan = make_plan();
    if (dry_run) return {std::move(plan.statements), std::move(plan.notes)};
    std::vector<std::string> done;
    std::size_t next = 0;
    while (next < plan.statements.size()) {
        try {
            run_ddl(driver, plan.statements[next], plan.doing);
            done.push_back(plan.statements[next++]);
        } catch (const ServerError&) {
            const std::string failed = plan.statements[next];
            plan = make_plan();
            next = 0;
            if (std::find(plan.statements.begin(), plan.statements.end(), failed) != plan.statements.end())
                throw;
        }
    }
    return {std::move(done), std::move(plan.notes)};
}

Plan plan_of_table(const ModelInfo& model, const cql::TableName& table, Driver& driver) {
    Plan plan{.doing = "sync_table of " + table.cql() + " (model " + std::string(model.type_name) + ')'};
    const LiveSchema live(driver, table.keyspace, plan.doing);
    check_keyspace(live, table.keyspace, plan);

    std::vector<DataType> types;
    types.reserve(model.columns.size());
    for (const ColumnInfo& column : model.columns) types.push_back(column.type());
    plan_types_if_any(types, table.keyspace, live, plan);

    if (const std::optional<LiveTable> found = live.table(model.table))
        plan_table_changes(model, table, *found, plan);
    else
        plan_new_table(model, table, plan);
    plan_indexes(model, table, live.indexes(), plan);
    return plan;
}

Plan plan_of_type(const DataType& type, std::string_view keyspace, Driver& driver) {
    Plan plan{.doing = "sync_type of " + cql::TableName(keyspace, type.name()).cql()};
    const LiveSchema live(driver, keyspace, plan.doing);
    check_keyspace(live, keyspace, plan);
    plan_types_if_any({&type, 1}, keyspace, live, plan);
    return plan;
}

}  // namespace

SyncResult sync_table(const ModelInfo& model, Driver& driver, const SyncOptions& options) {
    const cql::TableName table(keyspace_of(model, driver, options.keyspace), model.table);
    return carry_out([&] { return plan_of_table(model, table, driver); }, driver, options.dry_run);
}

SyncResult sync_type(const DataType& type, Driver& driver, const SyncOptions& options) {
    const std::string keyspace = options.keyspace.empty() ? driver.keyspace() : std::string(options.keyspace);
    if (keyspace.empty())
        throw ConfigurationError(
            "sync_type of " + cql::quote(type.name()) +
            ": no keyspace is known: name one in init_coodie(url, {.keyspace = ...}), or in the call");
    return carry_out([&] { return plan_of_type(type, keyspace, driver); }, driver, options.dry_run);
}

}  // namespace coodie::schema
