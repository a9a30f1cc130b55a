// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/row.hpp"

#include <rocksdb/slice.h>

#include <string>

namespace coodie::embedded::storage {

/// What a Row's cells point into.
struct RowData {
    rocksdb::PinnableSlice pinned;
    std::string copy;
};

/// The storage folder's way into Row.
struct RowAccess {
    static RowData& data(Row& row) noexcept { return *row.data_; }
    /// No row.
    static void clear(Row& row) noexcept {
        row.cells_.clear();
        row.liveness_.reset();
        row.original_ = {};
    }
    /// Shows what is live at `now` (seconds) and not covered by `shadow`. `bytes` must live as long as the
    /// row shows. False when they are damaged.
    static bool load(Row& row, BytesView bytes, std::int64_t now, const Deletion& shadow);
};

/// The storage folder's way into RowMutation.
struct MutationAccess {
    /// Appends the mutation as stored. @param original ClusteringKey::original.
    static void encode(const RowMutation& mutation, BytesView original, std::string& out);
    static bool has_counter(const RowMutation& mutation) noexcept { return mutation.has_counter_; }
};

}  // namespace coodie::embedded::storage
