// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/schema.hpp"
#include "embedded/planner/value.hpp"
#include "embedded/storage/store.hpp"

#include <string>
#include <vector>

/// Secondary indexes: one entry per indexed value, `value | token | partition key | clustering key`. Entries
/// may be stale (an element that went, a deleted range, an expired cell): whoever reads them checks the row.
namespace coodie::embedded {

/// What a lookup of this value (entries: of this key and value) finds. False when the value is none of the
/// type.
bool append_index_form(const OpenIndex& index, const Value& key, const Value& value, Bytes& out);

/// The form under which an element of a multi-cell column belongs into an index.
/// @param key a map's key or a set's element; empty for a list. @param value empty for a set.
bool append_element_form(const OpenIndex& index, BytesView key, BytesView value, Bytes& out);

/// The forms under which a stored row (or static cells) belongs into an index. Damaged cells give none.
/// @param partition_key of the row; @param clustering the row's, decoded.
std::vector<Bytes> index_forms(const Table& table, const OpenIndex& index, const storage::Row& row,
                               BytesView partition_key, const storage::ClusteringValues& clustering);

/// Entries to put and to erase with one batch. Erasing goes first: a value that goes in one statement and
/// comes in another is there in the end.
class IndexChanges {
public:
    void put(const OpenIndex& index, Bytes form, const storage::PartitionKey& partition,
             BytesView clustering) {
        add(puts_, index, std::move(form), partition, clustering);
    }
    void erase(const OpenIndex& index, Bytes form, const storage::PartitionKey& partition,
               BytesView clustering) {
        add(erases_, index, std::move(form), partition, clustering);
    }
    /// Writes them to the batch and forgets them.
    void flush(storage::WriteBatch& batch);

private:
    struct Entry {
        std::shared_ptr<storage::StoredTable> index;
        Bytes form;
        Bytes partition;
        std::int64_t token;
        Bytes clustering;
    };
    static void add(std::vector<Entry>& entries, const OpenIndex& index, Bytes form,
                    const storage::PartitionKey& partition, BytesView clustering);
    std::vector<Entry> puts_;
    std::vector<Entry> erases_;
};

}  // namespace coodie::embedded
