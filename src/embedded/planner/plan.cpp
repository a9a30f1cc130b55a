// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/plan.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/evaluate.hpp"
#include "embedded/planner/planners.hpp"

#include <algorithm>

namespace coodie::embedded {
namespace {

Plan wrap(ModificationPlan plan) {
    Plan made;

    made.node = std::move(plan);
    return made;
}

struct Planner {
    PlanContext& context;
    const ast::Statement& statement;

    Plan operator()(const ast::Select& select) const { return plan_select(context, select); }
    Plan operator()(const ast::Insert& insert) const { return wrap(plan_insert(context, insert)); }
    Plan operator()(const ast::Update& update) const { return wrap(plan_update(context, update)); }
    Plan operator()(const ast::Delete& remove) const { return wrap(plan_delete(context, remove)); }
    Plan operator()(const ast::Batch& batch) const { return plan_batch(context, batch); }
    Plan operator()(const ast::Truncate& truncate) const {
        TruncatePlan plan;
        plan.table = context.find_table(truncate.table);
        if (plan.table->is_virtual)
            refuse_invalid("Truncation is not supported by table " + plan.table->keyspace + "." +
                           plan.table->name);
        Plan made;
        made.node = std::move(plan);
        return made;
    }
    Plan operator()(const ast::Use& use) const {
        if (!context.catalog->keyspace(use.keyspace))
            refuse_invalid("Keyspace '" + use.keyspace + "' does not exist");
        Plan made;
        made.node = UsePlan{use.keyspace};
        return made;
    }
    template <class SchemaStatement>
    Plan operator()(const SchemaStatement&) const {
        Plan made;
        made.node = SchemaPlan{statement};
        return made;
    }
};

/// Positions of the whole partition key among the parameters; of several for one column the last, as
/// Cassandra counts. Statements on several tables have none.
std::vector<std::uint16_t> routing_key(const PlanContext& context) {
    if (!context.table || context.parameters.empty()) return {};
    const Table& table = *context.table;
    std::vector<std::uint16_t> positions(table.partition_key_size);
    std::vector<bool> found(table.partition_key_size, false);
    for (std::size_t i = 0; i < context.parameters.size(); ++i) {
        const ColumnSpec& parameter = context.parameters[i];
        if (parameter.table != table.name || parameter.keyspace != table.keyspace) return {};
        const int position = context.key_positions[i];
        if (position < 0) continue;
        positions[static_cast<std::size_t>(position)] = static_cast<std::uint16_t>(i);
        found[static_cast<std::size_t>(position)] = true;
    }
    return std::ranges::all_of(found, [](bool one) { return one; }) ? positions
                                                                    : std::vector<std::uint16_t>{};
}

}  // namespace

bool has_in(const std::vector<KeyRestriction>& key) {
    return std::ranges::any_of(key,
                               [](const KeyRestriction& r) { return r.kind == KeyRestriction::Kind::in; });
}

Plan plan_batch(PlanContext& context, const ast::Batch& batch) {
    BatchPlan plan;
    plan.kind = batch.kind;
    if (batch.using_.ttl) refuse_invalid("Global TTL on the BATCH statement is not supported.");
    if (batch.using_.timestamp)
        plan.timestamp = make_term(context, *batch.using_.timestamp,
                                   {"[batch]", "[batch]", "[timestamp]", TypeId::bigint, -1});
    for (const auto& statement : batch.statements) {
        if (const auto* insert = std::get_if<ast::Insert>(&statement))
            plan.statements.push_back(plan_insert(context, *insert));
        else if (const auto* update = std::get_if<ast::Update>(&statement))
            plan.statements.push_back(plan_update(context, *update));
        else
            plan.statements.push_back(plan_delete(context, std::get<ast::Delete>(statement)));
    }
    std::vector<const ModificationPlan*> statements;
    for (const ModificationPlan& one : plan.statements) statements.push_back(&one);
    if (auto error = check_batch(statements, batch.kind, plan.timestamp.has_value()))
        throw Refused{*std::move(error)};
    describe_conditional_batch(statements, plan);
    Plan made;

    made.node = std::move(plan);
    return made;
}

std::optional<Error> check_batch(const std::vector<const ModificationPlan*>& statements, ast::BatchKind kind,
                                 bool has_timestamp) {
    const auto any = [&](auto&& is) { return std::ranges::any_of(statements, is); };
    const bool conditional = any([](const ModificationPlan* plan) { return plan->is_conditional(); });
    const bool counters = any([](const ModificationPlan* plan) { return plan->is_counter; });
    const bool others = any([](const ModificationPlan* plan) { return !plan->is_counter; });
    const bool own_timestamp = any([](const ModificationPlan* plan) { return plan->timestamp.has_value(); });
    return guarded([&] {
        if (has_timestamp && conditional)
            refuse_invalid("Cannot provide custom timestamp for conditional BATCH");
        if (has_timestamp && (kind == ast::BatchKind::counter || counters))
            refuse_invalid("Cannot provide custom timestamp for counter BATCH");
        if (has_timestamp && own_timestamp)
            refuse_invalid("Timestamp must be set either on BATCH or individual statements");
        if (kind == ast::BatchKind::counter && others)
            refuse_invalid("Cannot include non-counter statement in a counter batch");
        if (counters && others)
            refuse_invalid("Counter and non-counter mutations cannot exist in the same batch");
        if (counters && kind == ast::BatchKind::logged)
            refuse_invalid("Cannot include a counter statement in a logged batch");
        if (!conditional) return;
        for (const ModificationPlan* plan : statements)
            if (plan->table->storage_id != statements.front()->table->storage_id)
                refuse_invalid("Batch with conditions cannot span multiple tables");
    });
}

std::variant<Plan, Error> make_plan(const ast::Statement& statement,
                                    const std::shared_ptr<const Catalog>& catalog,
                                    std::string_view keyspace) {
    try {
        PlanContext context(catalog, keyspace, statement);
        Plan plan = std::visit(Planner{context, statement}, statement.node);
        plan.routing_key = routing_key(context);
        plan.parameters = std::move(context.parameters);
        plan.catalog = catalog;
        return plan;
    } catch (const Refused& refused) {
        return refused.error;
    } catch (const ValidationError& error) {
        return Error(server_code::invalid, error.what());
    }
}

}  // namespace coodie::embedded
