// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/clock.hpp"
#include "embedded/engine/index_upkeep.hpp"
#include "embedded/engine/schema.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/plan.hpp"
#include "embedded/storage/store.hpp"

#include <cstdint>
#include <optional>

namespace coodie::embedded {

/// Whether the statement must hold its partition's lock: it reads before it writes.
[[nodiscard]] bool needs_lock(const ModificationPlan& plan, const OpenTable& table) noexcept;

/// Collects the writes of one statement or batch and stores them all at once. One per thread is kept and used
/// again, so that a write by key allocates nothing.
class Modifier {
public:
    /// The thread's own one, empty.
    static Modifier& of_thread();

    void begin(storage::Store& store, Clock& clock, std::int64_t now) noexcept;
    /// Adds what a bound statement writes.
    /// @param timestamp microseconds since 1970.
    std::optional<Error> add(const ModificationPlan& plan, const OpenTable& table,
                             const BoundModification& bound, std::int64_t timestamp);
    std::optional<Error> commit();

private:
    /// One statement at work.
    struct Write {
        const ModificationPlan& plan;
        const OpenTable& table;
        const BoundModification& bound;
        storage::Liveness live;
        storage::Deletion deletion;
    };
    std::optional<Error> write_partition(const Write& write, const storage::PartitionKey& partition);
    std::optional<Error> write_statics(const Write& write, const storage::PartitionKey& partition);
    std::optional<Error> write_row(const Write& write, const storage::PartitionKey& partition,
                                   const Components& clustering);
    std::optional<Error> delete_ranges(const Write& write, const storage::PartitionKey& partition);
    std::optional<Error> fill(const Write& write, bool statics, const storage::Row* old);

    std::optional<Error> apply(const Write& write, const BoundOperation& operation, const storage::Row* old);
    std::optional<Error> set(const Write& write, const BoundOperation& operation);
    std::optional<Error> put_elements(const Write& write, const BoundOperation& operation);
    std::optional<Error> put_list(const Write& write, const BoundOperation& operation,
                                  std::int64_t first_tick);
    std::optional<Error> put_fields(const Write& write, const BoundOperation& operation);
    std::optional<Error> put_one(const Write& write, const Column& column, const DataType& path_type,
                                 BytesView path, const Value& value);
    std::optional<Error> discard(const Write& write, const BoundOperation& operation,
                                 const storage::Row* old);
    std::optional<Error> change_at_index(const Write& write, const BoundOperation& operation,
                                         const storage::Row* old);
    std::optional<Error> count(const Write& write, const BoundOperation& operation);

    void keep_indexes(const Write& write, bool statics, const storage::PartitionKey& partition,
                      const storage::Row* old);
    void keep_key_index(const Write& write, const OpenIndex& index, const storage::PartitionKey& partition);
    void keep_atomic_index(const Write& write, const OpenIndex& index, const storage::PartitionKey& partition,
                           const storage::Row* old);
    void keep_element_index(const Write& write, const OpenIndex& index,
                            const storage::PartitionKey& partition);

    storage::Store* store_ = nullptr;
    Clock* clock_ = nullptr;
    std::int64_t now_ = 0;
    storage::WriteBatch batch_;
    storage::RowMutation mutation_;
    storage::ClusteringKey clustering_;
    storage::CellPath path_;
    storage::Row old_;
    IndexChanges indexes_;
};

}  // namespace coodie::embedded
