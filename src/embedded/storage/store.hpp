// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"
#include "embedded/storage/locks.hpp"
#include "embedded/storage/reader.hpp"
#include "embedded/storage/row.hpp"
#include "embedded/storage/write_batch.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace coodie::embedded::storage {

/// When an acknowledged write is on the disk. In the log, so safe from kill -9, it always is.
enum class SyncMode : std::uint8_t {
    periodic,  ///< within a second, as Cassandra's commit log
    always,    ///< before the acknowledgement: safe from power loss; writers share one sync
};

struct StoreOptions {
    std::string folder;  ///< made when missing (its parent must exist); empty: in memory
    SyncMode sync = SyncMode::periodic;
    std::size_t block_cache_bytes = std::size_t{64} << 20U;
    std::size_t write_buffer_bytes = std::size_t{64} << 20U;
};

/// What the store must know of a table.
struct TableShape {
    std::vector<ClusteringColumn> clustering;
    std::int64_t gc_grace_seconds = 864000;
};

/// A table or an index in the store, by the storage id that the catalog gave it. Any thread may use it.
class StoredTable {
public:
    struct State;
    StoredTable(std::shared_ptr<State> state, TableShape shape);
    ~StoredTable();

    [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
    [[nodiscard]] const ClusteringCodec& clustering() const noexcept { return codec_; }
    [[nodiscard]] State& state() const noexcept { return *state_; }

private:
    std::shared_ptr<State> state_;
    ClusteringCodec codec_;
    std::uint32_t id_;
};

/// A wide-column store for one process: rows of cells with timestamps, last write wins as in Cassandra 5. Any
/// thread may use it. Errors: ErrorKind::connection for a folder that cannot be opened or is damaged, naming
/// folder and, when known, file; ErrorKind::server with server_code::write_failure or read_failure for a disk
/// that is full or fails (nothing of the batch is stored then, and writes work again when there is space).
class Store {
public:
    struct Impl;
    static std::variant<std::unique_ptr<Store>, Error> open(const StoreOptions& options);
    /// Writes everything to the disk. Snapshots and readers must be gone.
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// The table or index with this storage id (not 0), made when missing. Opened again with another shape
    /// (ALTER TABLE), it shows the same rows; the clustering columns must be the same.
    std::variant<std::shared_ptr<StoredTable>, Error> open_table(std::uint32_t id, TableShape shape);
    std::variant<std::shared_ptr<StoredTable>, Error> open_index(std::uint32_t id) {
        return open_table(id, {});
    }

    /// All or nothing; in the log (SyncMode::always: on the disk) when it returns nullopt. After an error
    /// nothing of it shows in this process.
    std::optional<Error> write(WriteBatch& batch);

    /// Reads a row by key. `row.exists()` tells whether there is one.
    std::optional<Error> get(const StoredTable& table, const PartitionKey& partition, BytesView clustering,
                             std::int64_t now, Row& row, const Snapshot* snapshot = nullptr);
    /// Reads a partition's static cells.
    std::optional<Error> get_static(const StoredTable& table, const PartitionKey& partition, std::int64_t now,
                                    Row& row, const Snapshot* snapshot = nullptr);
    /// Reads the rows of one partition. `options.ranges` must outlive the reader; the partition key is
    /// copied.
    RowReader read_partition(const StoredTable& table, const PartitionKey& partition, ReadOptions options);
    /// Reads all partitions with tokens in a range.
    RowReader scan(const StoredTable& table, const TokenRange& tokens, ReadOptions options);
    /// Reads index entries. @param value comparable form.
    /// @param partition only entries of this partition. @param resume only entries behind this one.
    IndexReader read_index(const StoredTable& index, BytesView value, const PartitionKey* partition = nullptr,
                           const ScanPosition* resume = nullptr, const Snapshot* snapshot = nullptr);

    [[nodiscard]] Snapshot snapshot();
    [[nodiscard]] PartitionLocks::Guard lock(std::span<const PartitionLocks::Target> targets) {
        return locks_.lock(targets);
    }

    /// A catalog record; nullopt: no such record.
    std::variant<std::optional<Bytes>, Error> get_record(std::string_view name);
    /// Records whose names start with `prefix`, by name.
    std::variant<std::vector<std::pair<std::string, Bytes>>, Error> records(std::string_view prefix);

    /// Everything acknowledged so far is on the disk when it returns.
    std::optional<Error> sync();
    /// Rewrites all data without what is no longer needed.
    std::optional<Error> compact();
    [[nodiscard]] Impl& impl() noexcept { return *impl_; }

private:
    explicit Store(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
    PartitionLocks locks_;
};

}  // namespace coodie::embedded::storage
