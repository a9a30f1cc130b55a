// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"
#include "embedded/storage/row.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace coodie::embedded::storage {

class StoredTable;

/// Which partition: its key as a routing key (<coodie/codec/token.hpp>: one component as is, several with
/// lengths) and that key's token. Borrows the key.
struct PartitionKey {
    std::int64_t token = 0;
    BytesView key;
};

/// Writes that happen together or not at all (Store::write). Building it touches no storage. Reusable after
/// clear(); one thread at a time.
class WriteBatch {
public:
    WriteBatch();
    ~WriteBatch();
    WriteBatch(WriteBatch&&) noexcept;
    WriteBatch& operator=(WriteBatch&&) noexcept;

    /// An empty mutation writes nothing.
    void write_row(const StoredTable& table, const PartitionKey& partition, const ClusteringKey& clustering,
                   const RowMutation& mutation);
    void write_static(const StoredTable& table, const PartitionKey& partition, const RowMutation& mutation);
    /// Deletes the partition's rows and static cells. On a counter table only under the partition lock, as
    /// all deletions there.
    void delete_partition(const StoredTable& table, const PartitionKey& partition, const Deletion& deletion);
    /// Deletes a slice of rows. An empty range deletes nothing; the whole partition's range leaves static
    /// cells.
    void delete_range(const StoredTable& table, const PartitionKey& partition, const ClusteringRange& range,
                      const Deletion& deletion);

    /// An entry of a secondary index, blind: writing one twice or erasing a missing one is fine.
    /// @param index its storage id.
    /// @param value comparable form of what is indexed (append_comparable, not descending).
    /// @param clustering the row's ClusteringKey::form; empty for a static column.
    void put_index_entry(const StoredTable& index, BytesView value, const PartitionKey& partition,
                         BytesView clustering);
    void erase_index_entry(const StoredTable& index, BytesView value, const PartitionKey& partition,
                           BytesView clustering);

    /// Records of the catalog, by name (any bytes).
    void put_record(std::string_view name, BytesView value);
    void erase_record(std::string_view name);

    /// A table's or index's rows all go, quickly: it goes on under new keys. Reads and writes that run
    /// meanwhile see or lose old rows, as if they had come before.
    void truncate(StoredTable& table);
    /// A table's or index's rows all go and its storage id is never opened again.
    void drop(StoredTable& table);

    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept;
    /// Bytes that the log gets.
    [[nodiscard]] std::size_t size() const noexcept;

    struct Impl;  ///< RocksDB's batch and what the store must know besides

private:
    friend class Store;
    std::unique_ptr<Impl> impl_;
};

}  // namespace coodie::embedded::storage
