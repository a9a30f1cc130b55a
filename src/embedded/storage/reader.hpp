// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"
#include "embedded/storage/row.hpp"
#include "embedded/storage/write_batch.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace coodie::embedded::storage {

/// The store as it was at one moment. Destroy it before the Store.
class Snapshot {
public:
    struct Impl;
    explicit Snapshot(std::unique_ptr<Impl> impl) noexcept;
    ~Snapshot();
    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(Snapshot&&) noexcept;
    [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// What a RowReader stands on.
enum class ReadEvent : std::uint8_t {
    partition,  ///< a partition with at least one live row in the ranges, or (if asked for) live static cells
    row,        ///< a live row of that partition
    end,        ///< no more, or an error: see error()
};

/// Where a scan goes on: behind this row, or behind this partition. Owns its bytes; what a paging state
/// carries.
struct ScanPosition {
    std::int64_t token = 0;
    Bytes partition_key;
    /// The last row that was read (ClusteringKey::form), also when the scan is reversed; nullopt: the whole
    /// partition has been read.
    std::optional<Bytes> clustering;
};

struct ReadOptions {
    std::int64_t now = 0;                ///< seconds since 1970: what has expired by then does not show
    const Snapshot* snapshot = nullptr;  ///< none: the newest
    /// Sorted in stored order, disjoint; empty: all rows. Borrowed: must outlive the reader.
    std::span<const ClusteringRange> ranges;
    bool reversed = false;  ///< rows of a partition backwards (ranges stay in stored order)
    bool statics = true;    ///< read static cells, and report partitions that have nothing else
    bool distinct = false;  ///< SELECT DISTINCT: partition events only
    /// Go on behind a position. Of a partition read in part the partition event comes again, when it has rows
    /// left.
    std::optional<ScanPosition> resume;
    bool fill_cache = true;  ///< false for walks over much data
};

/// Tokens in [first, last].
struct TokenRange {
    std::int64_t first = std::numeric_limits<std::int64_t>::min();
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// Streams partitions in token order and their rows in clustering order; holds one row (and the deletions of
/// one partition) in memory. One thread at a time; destroy it before the Store.
class RowReader {
public:
    struct Impl;
    explicit RowReader(std::unique_ptr<Impl> impl) noexcept;
    ~RowReader();
    RowReader(RowReader&&) noexcept;
    RowReader& operator=(RowReader&&) noexcept;

    ReadEvent next();
    /// The next event is the next partition's.
    void skip_partition();

    /// Of the current partition; valid until the next partition event.
    [[nodiscard]] PartitionKey partition() const noexcept;
    /// Live static cells; exists() is false when there are none or they were not asked for.
    [[nodiscard]] const Row& static_row() const noexcept;
    /// After ReadEvent::row; valid until next().
    [[nodiscard]] const Row& row() const noexcept;
    /// The row's ClusteringKey::form.
    [[nodiscard]] BytesView clustering() const noexcept;
    /// Behind the current row.
    [[nodiscard]] ScanPosition position() const;
    /// Why it ended early; nullopt when it did not.
    [[nodiscard]] const std::optional<Error>& error() const noexcept;

private:
    std::unique_ptr<Impl> impl_;
};

/// Where rows are whose index entry equals a value. Entries may be stale: check the row.
class IndexReader {
public:
    struct Impl;
    explicit IndexReader(std::unique_ptr<Impl> impl) noexcept;
    ~IndexReader();
    IndexReader(IndexReader&&) noexcept;
    IndexReader& operator=(IndexReader&&) noexcept;

    /// In the order of token, partition key, clustering. False: no more, or an error.
    bool next();
    [[nodiscard]] PartitionKey partition() const noexcept;  ///< valid until next()
    [[nodiscard]] BytesView clustering()
        const noexcept;  ///< the row's ClusteringKey::form; valid until next()
    [[nodiscard]] const std::optional<Error>& error() const noexcept;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace coodie::embedded::storage
