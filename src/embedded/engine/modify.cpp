// SPDX-License-Identifier: Apache-2.0
// Which rows a statement writes to. What it writes to each of them is in modify_cells.cpp.
#include "embedded/engine/modify.hpp"

#include <algorithm>

namespace coodie::embedded {

namespace {

bool reads_old_cells(const ModificationPlan& plan) noexcept {
    return plan.reads_before_write ||
           std::any_of(plan.operations.begin(), plan.operations.end(), [&](const Operation& operation) {
               return operation.kind == OperationKind::discard &&
                      plan.table->columns[operation.column].type.id() == TypeId::list;
           });
}

}  // namespace

bool needs_lock(const ModificationPlan& plan, const OpenTable& table) noexcept {
    return plan.is_counter || plan.table->is_counter || plan.is_conditional() || !table.indexes.empty() ||
           reads_old_cells(plan);
}

Modifier& Modifier::of_thread() {
    thread_local Modifier modifier;
    return modifier;
}

void Modifier::begin(storage::Store& store, Clock& clock, std::int64_t now) noexcept {
    store_ = &store;
    clock_ = &clock;
    now_ = now;
    batch_.clear();
    indexes_ = {};
}

std::optional<Error> Modifier::commit() {
    indexes_.flush(batch_);
    auto error = batch_.empty() ? std::nullopt : store_->write(batch_);
    batch_.clear();
    return error;
}

std::optional<Error> Modifier::add(const ModificationPlan& plan, const OpenTable& table,
                                   const BoundModification& bound, std::int64_t timestamp) {
    if (bound.empty) return std::nullopt;
    const auto expiry = bound.ttl > 0 ? now_ + bound.ttl : storage::never_expires;
    const Write write{plan, table, bound, {timestamp, bound.ttl, expiry}, {timestamp, now_}};
    for (const auto& partition : bound.partitions)
        if (auto error = write_partition(write, {partition.token, partition.bytes})) return error;
    return std::nullopt;
}

std::optional<Error> Modifier::write_partition(const Write& write, const storage::PartitionKey& partition) {
    using Target = ModificationPlan::Target;
    if (write.plan.target == Target::partition) {
        batch_.delete_partition(*write.table.stored, partition, write.deletion);
        return std::nullopt;
    }
    if (write.plan.target == Target::ranges) return delete_ranges(write, partition);
    if (write.table.table->has_statics())
        if (auto error = write_statics(write, partition)) return error;
    if (write.plan.target == Target::statics) return std::nullopt;
    for (const auto& row : write.bound.rows)
        if (auto error = write_row(write, partition, row)) return error;
    return std::nullopt;
}

std::optional<Error> Modifier::delete_ranges(const Write& write, const storage::PartitionKey& partition) {
    for (const auto& slice : write.bound.ranges) {
        storage::ClusteringRange range;
        const bool fits = write.table.stored->clustering().range(
            {{slice.start.prefix.data(), slice.start.prefix.size()}, slice.start.inclusive},
            {{slice.end.prefix.data(), slice.end.prefix.size()}, slice.end.inclusive}, range);
        if (!fits)
            return Error(server_code::invalid,
                         "Invalid value for a clustering column of " + write.table.table->name);
        batch_.delete_range(*write.table.stored, partition, range, write.deletion);
    }
    return std::nullopt;
}

std::optional<Error> Modifier::write_statics(const Write& write, const storage::PartitionKey& partition) {
    const auto& operations = write.bound.operations;
    if (std::none_of(operations.begin(), operations.end(),
                     [](const BoundOperation& operation) { return operation.column->is_static(); }))
        return std::nullopt;
    const bool reads = reads_old_cells(write.plan) || write.table.erases_index_entries;
    const storage::RowUse use(old_);
    if (reads)
        if (auto error = store_->get_static(*write.table.stored, partition, now_, old_)) return error;
    mutation_.clear();
    clustering_.form.clear();
    clustering_.original.clear();
    if (auto error = fill(write, true, reads ? &old_ : nullptr)) return error;
    batch_.write_static(*write.table.stored, partition, mutation_);
    keep_indexes(write, true, partition, reads ? &old_ : nullptr);
    return std::nullopt;
}

std::optional<Error> Modifier::write_row(const Write& write, const storage::PartitionKey& partition,
                                         const Components& clustering) {
    if (!write.table.stored->clustering().encode({clustering.data(), clustering.size()}, clustering_))
        return Error(server_code::invalid,
                     "Invalid value for a clustering column of " + write.table.table->name);
    const bool reads = reads_old_cells(write.plan) || write.table.erases_index_entries;
    const storage::RowUse use(old_);
    if (reads)
        if (auto error = store_->get(*write.table.stored, partition, clustering_.form, now_, old_))
            return error;
    mutation_.clear();
    if (write.plan.row_marker) mutation_.put_marker(write.live);
    const bool deletes_row = write.plan.kind == ModificationKind::remove && write.plan.operations.empty();
    if (deletes_row) mutation_.delete_row(write.deletion);
    if (auto error = fill(write, false, reads ? &old_ : nullptr)) return error;
    batch_.write_row(*write.table.stored, partition, clustering_, mutation_);
    keep_indexes(write, false, partition, reads ? &old_ : nullptr);
    return std::nullopt;
}

std::optional<Error> Modifier::fill(const Write& write, bool statics, const storage::Row* old) {
    for (const auto& operation : write.bound.operations)
        if (operation.column->is_static() == statics)
            if (auto error = apply(write, operation, old)) return error;
    return std::nullopt;
}

}  // namespace coodie::embedded
