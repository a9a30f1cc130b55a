// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/index_upkeep.hpp"
#include "embedded/engine/paging.hpp"
#include "embedded/engine/prepared.hpp"
#include "embedded/engine/row_access.hpp"
#include "embedded/engine/row_sink.hpp"
#include "embedded/engine/running.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/storage/store.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace coodie::embedded {

/// Reads stored rows for one SELECT into a sink: by key, by slice, by token range, or through an index.
/// Borrows all that it is given; for one use.
class StoredSelect {
public:
    StoredSelect(storage::Store& store, const OpenTable& table, const SelectPlan& plan,
                 const BoundSelect& select, RowSink& sink, Running& running, std::int64_t now);

    /// @param resume where the page before ended; null: at the start.
    /// @return an error, or nullopt; then the sink knows whether the result goes on, at `position()`.
    std::optional<Error> run(const storage::ScanPosition* resume);
    [[nodiscard]] const storage::ScanPosition& position() const noexcept { return position_; }

private:
    using Next = RowSink::Next;

    std::optional<Error> make_ranges();
    [[nodiscard]] bool reads_points() const noexcept;
    std::optional<Error> read_points(const storage::ScanPosition* resume);
    std::optional<Error> read_partitions(const storage::ScanPosition* resume);
    std::optional<Error> scan(const storage::ScanPosition* resume);
    std::optional<Error> drain(storage::RowReader& reader, const storage::ScanPosition* resume);
    Next take_partition(const storage::RowReader& reader, const storage::ScanPosition* resume);
    /// A partition without rows shows its static cells (semantics rule 22).
    Next take_static_alone();

    std::optional<Error> read_index(const storage::ScanPosition* resume);
    std::optional<Error> drain_index(storage::IndexReader& entries);
    std::optional<Error> take_entry(const storage::PartitionKey& partition, BytesView clustering, Next& next);
    std::optional<Error> take_indexed_row(const storage::PartitionKey& partition, BytesView clustering,
                                          Next& next);
    std::optional<Error> drain_partition(const storage::PartitionKey& partition,
                                         const storage::ScanPosition* resume);
    [[nodiscard]] bool in_ranges(BytesView clustering) const noexcept;
    [[nodiscard]] storage::ReadOptions options(const storage::ScanPosition* resume) const;

    storage::Store& store_;
    const OpenTable& table_;
    const SelectPlan& plan_;
    const BoundSelect& select_;
    RowSink& sink_;
    Running& running_;
    std::int64_t now_;
    StoredRowView view_;
    std::vector<storage::ClusteringRange> ranges_;
    bool needs_statics_ = false;
    bool static_index_ = false;

    Bytes partition_;  ///< the key of the partition at hand, where it must outlive its reader's
    std::int64_t token_ = 0;
    bool pending_static_ = false;
    bool skip_entries_ = false;
    bool stopped_ = false;
    std::optional<storage::Row> statics_;  ///< there when needs_statics_
    storage::ScanPosition position_;
};

}  // namespace coodie::embedded
