// SPDX-License-Identifier: Apache-2.0
// Index entries of what a statement writes to one row. The partition's lock is held.
#include "embedded/engine/modify.hpp"
#include "embedded/engine/wire.hpp"

namespace coodie::embedded {

void Modifier::keep_indexes(const Write& write, bool statics, const storage::PartitionKey& partition,
                            const storage::Row* old) {
    for (const auto& index : write.table.indexes) {
        if (index.column == nullptr) continue;
        if (index.column->is_key()) {
            if (!statics) keep_key_index(write, index, partition);
        } else if (index.column->is_static() == statics) {
            if (index.column->type.is_multi_cell()) {
                keep_element_index(write, index, partition);
            } else {
                keep_atomic_index(write, index, partition, old);
            }
        }
    }
}

/// Every row is in it: whatever writes a live cell or a marker puts the entry.
void Modifier::keep_key_index(const Write& write, const OpenIndex& index,
                              const storage::PartitionKey& partition) {
    if (write.plan.kind == ModificationKind::remove) return;
    storage::ClusteringValues values;
    if (!write.table.stored->clustering().decode(clustering_.form, clustering_.original, values)) return;
    for (auto& form : index_forms(*write.table.table, index, {}, partition.key, values))
        indexes_.put(index, std::move(form), partition, clustering_.form);
}

void Modifier::keep_atomic_index(const Write& write, const OpenIndex& index,
                                 const storage::PartitionKey& partition, const storage::Row* old) {
    const BoundOperation* operation = nullptr;
    for (const auto& candidate : write.bound.operations)
        if (candidate.column->id == index.column->id) operation = &candidate;
    const bool deletes_row = write.plan.kind == ModificationKind::remove && write.plan.operations.empty();
    if (operation == nullptr && !deletes_row) return;

    Bytes form;
    const bool puts = operation != nullptr && operation->value.is_value() &&
                      storage::append_comparable(index.column->type, false, operation->value.content, form);
    const auto before = old != nullptr ? old->column(index.column->id) : std::span<const storage::CellView>{};
    if (!before.empty()) {
        const auto timestamp = write.live.timestamp;
        const bool wins = puts ? timestamp > before.front().timestamp : timestamp >= before.front().timestamp;
        Bytes old_form;
        if (wins && storage::append_comparable(index.column->type, false, before.front().value, old_form) &&
            old_form != form)
            indexes_.erase(index, std::move(old_form), partition, clustering_.form);
    }
    if (puts) indexes_.put(index, std::move(form), partition, clustering_.form);
}

void Modifier::keep_element_index(const Write& write, const OpenIndex& index,
                                  const storage::PartitionKey& partition) {
    const auto put = [&](BytesView key, BytesView value) {
        Bytes form;
        if (append_element_form(index, key, value, form))
            indexes_.put(index, std::move(form), partition, clustering_.form);
    };
    for (const auto& operation : write.bound.operations) {
        if (operation.column->id != index.column->id || !operation.value.is_value()) continue;
        switch (operation.kind) {
            case OperationKind::set_element: put(operation.key.content, operation.value.content); break;
            case OperationKind::set_index: put({}, operation.value.content); break;
            case OperationKind::set:
            case OperationKind::append:
            case OperationKind::prepend: {
                ByteReader in(operation.value.content);
                for (auto left = in.i32(); left > 0 && in.ok(); --left) {
                    const auto first = in.sized();
                    const auto type = index.column->type.id();
                    if (type == TypeId::list)
                        put({}, first);
                    else if (type == TypeId::set)
                        put(first, {});
                    else
                        put(first, in.sized());
                }
                break;
            }
            default: break;
        }
    }
}

}  // namespace coodie::embedded
