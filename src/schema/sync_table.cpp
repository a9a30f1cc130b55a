// SPDX-License-Identifier: Apache-2.0
#include <coodie/schema/sync_table.hpp>

#include "schema/execution.hpp"
#include "schema/live_schema.hpp"
#include "schema/plan.hpp"
#include "schema/schema_steps.hpp"

#include <coodie/schema/tables.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace coodie::schema {
namespace {

Steps<void> check_keyspace(const LiveSchema& live, std::string keyspace, const Plan& plan) {
    // Not within the condition: GCC 12 makes wrong code of that.
    const bool exists = co_await live.keyspace_exists();
    if (exists) co_return;
    throw ConfigurationError(plan.doing + ": there is no keyspace " + cql::quote(keyspace) +
                             ": call create_keyspace(\"" + keyspace + "\") first");
}

bool holds_user_types(const DataType& type) {
    return type.id() == TypeId::udt ||
           std::any_of(type.children().begin(), type.children().end(), holds_user_types);
}

Steps<void> plan_types_if_any(std::span<const DataType> types, const std::string& keyspace,
                              const LiveSchema& live, Plan& plan) {
    if (std::none_of(types.begin(), types.end(), holds_user_types)) co_return;
    const LiveTypes found = co_await live.types();
    plan_types(types, keyspace, found, plan);
}

/// What makes a plan for one model.
class TablePlanner {
public:
    TablePlanner(const ModelInfo& model, cql::TableName table) : model_(&model), table_(std::move(table)) {}

    [[nodiscard]] Steps<Plan> plan() const {
        Plan plan{.doing =
                      "sync_table of " + table_.cql() + " (model " + std::string(model_->type_name) + ')'};
        const LiveSchema live(table_.keyspace, plan.doing);
        co_await check_keyspace(live, table_.keyspace, plan);

        std::vector<DataType> types;
        types.reserve(model_->columns.size());
        for (const ColumnInfo& column : model_->columns) types.push_back(column.type());
        co_await plan_types_if_any(types, table_.keyspace, live, plan);

        const std::optional<LiveTable> found = co_await live.table(table_.name);
        if (found)
            plan_table_changes(*model_, table_, *found, plan);
        else
            plan_new_table(*model_, table_, plan);
        const std::vector<LiveIndex> indexes = co_await live.indexes();
        plan_indexes(*model_, table_, indexes, plan);
        co_return plan;
    }

private:
    const ModelInfo* model_;
    cql::TableName table_;
};

/// The same for one user-defined type.
class TypePlanner {
public:
    TypePlanner(DataType type, std::string keyspace)
        : type_(std::move(type)), keyspace_(std::move(keyspace)) {}

    [[nodiscard]] Steps<Plan> plan() const {
        Plan plan{.doing = "sync_type of " + cql::TableName(keyspace_, type_.name()).cql()};
        const LiveSchema live(keyspace_, plan.doing);
        co_await check_keyspace(live, keyspace_, plan);
        const std::span<const DataType> types(&type_, 1);
        co_await plan_types_if_any(types, keyspace_, live, plan);
        co_return plan;
    }

private:
    DataType type_;
    std::string keyspace_;
};

// Another process may sync the same model at the same time. When a statement fails although it was right, the
// database has changed in between: then a new plan no longer holds it, and the rest of that plan is what
// remains to be done.
template <class Planner>
Steps<SyncResult> sync_by_plan(Planner planner, bool dry_run) {
    Plan plan = co_await planner.plan();
    if (dry_run) co_return SyncResult(std::move(plan.statements), std::move(plan.notes));
    std::vector<std::string> done;
    std::size_t next = 0;
    while (next < plan.statements.size()) {
        std::exception_ptr refusal;
        try {
            co_await run_ddl(plan.statements[next], plan.doing);
        } catch (const ServerError&) {
            refusal = std::current_exception();
        }
        const std::string ran = plan.statements[next];
        if (refusal == nullptr) {
            done.push_back(ran);
            ++next;
            continue;
        }
        plan = co_await planner.plan();
        next = 0;
        if (std::find(plan.statements.begin(), plan.statements.end(), ran) != plan.statements.end())
            std::rethrow_exception(refusal);
    }
    co_return SyncResult(std::move(done), std::move(plan.notes));
}

}  // namespace

Steps<SyncResult> sync_table_steps(const ModelInfo& model, const Driver& driver, const SyncOptions& options) {
    cql::TableName table(keyspace_of(model, driver, options.keyspace), model.table);
    return sync_by_plan(TablePlanner(model, std::move(table)), options.dry_run);
}

Steps<SyncResult> sync_type_steps(const DataType& type, const Driver& driver, const SyncOptions& options) {
    std::string keyspace = options.keyspace.empty() ? driver.keyspace() : std::string(options.keyspace);
    if (keyspace.empty())
        throw ConfigurationError(
            "sync_type of " + cql::quote(type.name()) +
            ": no keyspace is known: name one in init_coodie(url, {.keyspace = ...}), or in the call");
    return sync_by_plan(TypePlanner(type, std::move(keyspace)), options.dry_run);
}

SyncResult sync_table(const ModelInfo& model, Driver& driver, const SyncOptions& options) {
    return carry_out(sync_table_steps(model, driver, options), driver);
}

SyncResult sync_type(const DataType& type, Driver& driver, const SyncOptions& options) {
    return carry_out(sync_type_steps(type, driver, options), driver);
}

}  // namespace coodie::schema
