// SPDX-License-Identifier: Apache-2.0
// INSERT, UPDATE, DELETE and batches.
#include "embedded/catalog/refuse.hpp"
#include "embedded/engine/conditional.hpp"
#include "embedded/engine/engine.hpp"
#include "embedded/engine/modify.hpp"
#include "embedded/engine/wire.hpp"

#include <algorithm>

namespace coodie::embedded {

namespace {

ast::BatchKind kind_of(BatchType type) {
    switch (type) {
        case BatchType::logged: return ast::BatchKind::logged;
        case BatchType::unlogged: return ast::BatchKind::unlogged;
        case BatchType::counter: return ast::BatchKind::counter;
    }
    return ast::BatchKind::logged;
}

}  // namespace

Outcome Engine::write_one(const Prepared& prepared, const ModificationPlan& plan,
                          const Statement& statement) {
    BoundValues kept;
    auto read = prepared.values_of(statement, kept);
    if (auto* error = std::get_if<Error>(&read)) return std::move(*error);
    const auto& bound = std::get<Bound>(read);
    const auto& table = *prepared.tables.front();
    if (needs_lock(plan, table)) {
        PendingWrites writes;
        auto& write = writes.emplace_back();
        write.plan = &plan;
        write.table = &table;
        write.bound = &bound;
        if (auto error = bind(plan, bound, write.modification)) return std::move(*error);
        return write_all(writes, std::nullopt, nullptr);
    }
    BoundModification modification;
    if (auto error = bind(plan, bound, modification)) return std::move(*error);
    auto& modifier = Modifier::of_thread();
    modifier.begin(*store_, clock_, Clock::now_seconds());
    const auto timestamp = modification.timestamp ? *modification.timestamp : clock_.next_timestamp();
    if (auto error = modifier.add(plan, table, modification, timestamp)) return std::move(*error);
    if (auto error = modifier.commit()) return std::move(*error);
    return Result();
}

Outcome Engine::write_batch(const Prepared& prepared, const BatchPlan& plan, const Statement& statement) {
    BoundValues kept;
    auto read = prepared.values_of(statement, kept);
    if (auto* error = std::get_if<Error>(&read)) return std::move(*error);
    const auto& bound = std::get<Bound>(read);
    auto timestamp = bind_timestamp(plan.timestamp, bound);
    if (auto* error = std::get_if<Error>(&timestamp)) return std::move(*error);
    PendingWrites writes;
    for (std::size_t i = 0; i < plan.statements.size(); ++i) {
        auto& write = writes.emplace_back();
        write.plan = &plan.statements[i];
        write.table = prepared.tables[i].get();
        write.bound = &bound;
        if (auto error = bind(*write.plan, bound, write.modification)) return std::move(*error);
    }
    return write_all(writes, std::get<0>(timestamp), plan.conditional ? &plan : nullptr);
}

Outcome Engine::execute(const BatchStatement& batch, Call& call) {
    if (auto error = call.running.check_now()) return std::move(*error);
    if (batch.statements().empty()) return Result();
    const auto lock = lock_for_write();
    std::vector<PreparedPtr> prepared;
    std::vector<const ModificationPlan*> plans;
    for (const auto& statement : batch.statements()) {
        const auto keyspace = statement.keyspace().empty() ? call.keyspace : statement.keyspace();
        auto one = prepare(statement.text(), keyspace);
        if (auto* error = std::get_if<Error>(&one)) return std::move(*error);
        prepared.push_back(std::move(std::get<PreparedPtr>(one)));
        plans.push_back(std::get_if<ModificationPlan>(&prepared.back()->plan.node));
        if (plans.back() == nullptr)
            return invalid_request(
                "Invalid statement in batch: only UPDATE, INSERT and DELETE statements are allowed.");
    }
    // The protocol's timestamp is only for statements without one of their own.
    if (auto error = check_batch(plans, kind_of(batch.type()), false)) return std::move(*error);

    std::deque<Bound> bounds;
    std::deque<BoundValues> kept;
    PendingWrites writes;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        auto read = prepared[i]->values_of(batch.statements()[i], kept.emplace_back());
        if (auto* error = std::get_if<Error>(&read)) return std::move(*error);
        auto& write = writes.emplace_back();
        write.plan = plans[i];
        write.table = prepared[i]->tables.front().get();
        write.bound = &bounds.emplace_back(std::move(std::get<Bound>(read)));
        if (auto error = bind(*write.plan, *write.bound, write.modification)) return std::move(*error);
    }
    BatchPlan conditional;
    conditional.conditional = std::any_of(
        plans.begin(), plans.end(), [](const ModificationPlan* plan) { return plan->is_conditional(); });
    if (conditional.conditional) describe_conditional_batch(plans, conditional);
    return write_all(writes, batch.timestamp(), conditional.conditional ? &conditional : nullptr);
}

storage::PartitionLocks::Guard Engine::lock_partitions(const PendingWrites& writes) {
    std::vector<storage::PartitionLocks::Target> targets;
    for (const auto& write : writes) {
        if (!needs_lock(*write.plan, *write.table)) continue;
        for (const auto& partition : write.modification.partitions)
            targets.push_back({write.plan->table->storage_id, partition.token});
    }
    if (targets.empty()) return {};
    return store_->lock(targets);
}

/// @param conditional the answer of a conditional batch; null for others and for a statement alone.
Outcome Engine::write_all(PendingWrites& writes, std::optional<std::int64_t> timestamp,
                          const BatchPlan* conditional) {
    if (writes.empty()) return Result();
    const auto locks = lock_partitions(writes);
    if (conditional != nullptr)
        return write_conditional(writes, conditional->applied_columns, conditional->not_applied_columns,
                                 conditional->not_applied_fetch);
    const auto& plan = *writes.front().plan;
    if (writes.size() == 1 && plan.is_conditional())
        return write_conditional(writes, plan.applied_columns, plan.not_applied_columns,
                                 plan.not_applied_fetch);
    if (auto error = store_writes(writes, timestamp)) return std::move(*error);
    return Result();
}

std::optional<Error> Engine::store_writes(PendingWrites& writes, std::optional<std::int64_t> timestamp) {
    auto& modifier = Modifier::of_thread();
    modifier.begin(*store_, clock_, Clock::now_seconds());
    // Under the locks: later than whatever was read or deleted before.
    const auto common = timestamp ? *timestamp : clock_.next_timestamp();
    for (const auto& write : writes) {
        const auto& own = write.modification.timestamp;
        if (auto error = modifier.add(*write.plan, *write.table, write.modification, own ? *own : common))
            return error;
    }
    return modifier.commit();
}

Outcome Engine::write_conditional(PendingWrites& writes, const std::shared_ptr<const ColumnSpecs>& applied,
                                  const std::shared_ptr<const ColumnSpecs>& not_applied,
                                  const std::vector<std::uint16_t>& fetch) {
    const auto now = Clock::now_seconds();
    const PartitionKey* partition = nullptr;
    for (const auto& write : writes) {
        for (const auto& key : write.modification.partitions) {
            if (partition != nullptr && !equal_bytes(partition->bytes, key.bytes))
                return invalid_request("Batch with conditions cannot span multiple partitions");
            partition = &key;
        }
    }
    std::deque<ConditionalRow> rows;
    Conditions conditions;
    bool applies = partition != nullptr;
    for (const auto& write : writes) {
        conditions.add_write(*write.plan);
        if (!write.plan->is_conditional() || write.modification.partitions.empty()) continue;
        auto& row = rows.emplace_back(*write.plan, *write.table, write.modification, now);
        if (auto error = row.read(*store_)) return std::move(*error);
        if (auto error = conditions.add(row)) return std::move(*error);
        auto held = row.applies();
        if (auto* error = std::get_if<Error>(&held)) return std::move(*error);
        applies = applies && std::get<bool>(held);
    }
    if (applies) {
        // All at one time, as a ballot of Cassandra's; a statement's own timestamp counts for nothing.
        for (auto& write : writes) write.modification.timestamp.reset();
        if (auto error = store_writes(writes, std::nullopt)) return std::move(*error);
        return applied_result(applied, true);
    }
    if (rows.empty()) return applied_result(applied, false);
    auto body = std::make_shared<Bytes>();
    auto count = conditions.append_not_applied(*store_, *writes.front().table, now, fetch, *body);
    if (auto* error = std::get_if<Error>(&count)) return std::move(*error);
    if (std::get<std::uint32_t>(count) == 0) return applied_result(applied, false);
    const BytesView bytes(*body);
    return Result(not_applied, std::move(body), bytes, std::get<std::uint32_t>(count));
}

}  // namespace coodie::embedded
