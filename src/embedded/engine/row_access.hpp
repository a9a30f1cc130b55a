// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"
#include "embedded/planner/selector.hpp"
#include "embedded/storage/store.hpp"

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace coodie::embedded {

/// Appends a multi-cell column's live cells as one value, as the native protocol shows it; nothing when there
/// are no cells. @return false when the cells are damaged.
bool append_collection(const DataType& type, std::span<const storage::CellView> cells, Bytes& out);

/// The components of a partition key as storage has it (routing key bytes). Borrowed.
using KeyComponents = boost::container::small_vector<BytesView, 4>;
void split_partition_key(const Table& table, BytesView key, KeyComponents& out);

/// Stored rows of one table as selectors and filters see them. Borrows all that it is given; reusable.
class StoredRowView final : public RowView {
public:
    StoredRowView(const Table& table, const storage::ClusteringCodec& codec, std::int64_t now)
        : table_(table), codec_(codec), now_(now) {}

    /// @param key must stay until the next partition.
    void set_partition(BytesView key) {
        partition_ = key;
        components_.clear();
    }
    /// @param row,statics null: all their cells are null. @param clustering the form; empty and row null: no
    /// row.
    void set_row(const storage::Row* row, const storage::Row* statics, BytesView clustering) noexcept {
        row_ = row;
        statics_ = statics;
        clustering_ = clustering;
        decoded_ = false;
        ++generation_;
    }

    Cell cell(std::uint16_t column) const override;
    std::optional<std::int64_t> write_time(std::uint16_t column) const override;
    std::optional<std::int32_t> ttl(std::uint16_t column) const override;

private:
    [[nodiscard]] std::span<const storage::CellView> cells(const Column& column) const noexcept;
    [[nodiscard]] Cell clustering_cell(const Column& column) const;
    [[nodiscard]] Cell collection_cell(std::uint16_t place, const Column& column) const;

    struct Assembled {
        std::uint64_t generation = 0;
        Bytes bytes;
        bool null = true;
    };

    const Table& table_;
    const storage::ClusteringCodec& codec_;
    std::int64_t now_;
    BytesView partition_;
    const storage::Row* row_ = nullptr;
    const storage::Row* statics_ = nullptr;
    BytesView clustering_;
    std::uint64_t generation_ = 0;
    mutable KeyComponents components_;
    mutable storage::ClusteringValues clustering_values_;
    mutable bool decoded_ = false;
    mutable std::vector<Assembled> assembled_;
};

}  // namespace coodie::embedded
