// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/range_deletions.hpp"
#include "embedded/storage/reader.hpp"
#include "embedded/storage/store_impl.hpp"

#include <rocksdb/iterator.h>

#include <memory>
#include <optional>
#include <string>

namespace coodie::embedded::storage {

/// One RocksDB iterator that goes through a partition's head (deletions, static cells) and then its rows.
struct RowReader::Impl {
    Impl(Store::Impl& of, const StoredTable& table, ReadOptions given);

    void open_partition(const PartitionKey& partition);
    void open_scan(const TokenRange& tokens);
    ReadEvent next();
    void leave_partition();

    Store::Impl& store;
    std::shared_ptr<StoredTable::State> state;
    std::uint32_t object;
    ReadOptions options;
    std::optional<Error> error;

    Row static_row;
    Row row;
    std::string prefix;  ///< of the current partition's keys
    PartitionKey partition;
    BytesView clustering;

private:
    enum class Phase : std::uint8_t { partition, rows, pending_row, done };

    void make_iterator();
    [[nodiscard]] std::string key_of(KeyKind kind, BytesView rest = {}) const;
    bool enter_partition();
    bool read_head();
    bool read_head_entry(const ParsedKey& key);
    bool next_row();
    bool enter_range();
    bool step(bool fresh);
    bool load_row();
    ReadEvent fail(Error with);

    std::unique_ptr<rocksdb::Iterator> it;
    std::string lower_bound;
    std::string upper_bound;
    rocksdb::Slice lower_slice;
    rocksdb::Slice upper_slice;
    Phase phase = Phase::partition;
    bool single = false;      ///< one partition, whose prefix is known
    bool positioned = false;  ///< the iterator stands somewhere, and not behind what is still to be read
    bool reported = false;    ///< the partition event has been given
    bool in_range = false;
    bool resumed = false;  ///< the current partition has been read in part before
    std::size_t range = 0;
    std::string range_start;
    std::string range_end;
    Deletion partition_deletion;
    RangeDeletions range_deletions;
};

}  // namespace coodie::embedded::storage
