// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace coodie::embedded::storage {

/// Everything at or before `timestamp` is gone.
struct Deletion {
    std::int64_t timestamp =
        std::numeric_limits<std::int64_t>::min();  ///< microseconds since 1970; min: none
    std::int64_t local_time = 0;  ///< seconds since 1970 when it was made; garbage gc_grace_seconds later

    [[nodiscard]] bool exists() const noexcept {
        return timestamp != std::numeric_limits<std::int64_t>::min();
    }
    [[nodiscard]] bool deletes(std::int64_t written) const noexcept {
        return exists() && written <= timestamp;
    }
    /// Whether this one, rather than the other, is kept.
    [[nodiscard]] bool supersedes(const Deletion& other) const noexcept {
        return timestamp != other.timestamp ? timestamp > other.timestamp : local_time > other.local_time;
    }
    friend bool operator==(const Deletion&, const Deletion&) = default;
};

inline constexpr std::int64_t never_expires = std::numeric_limits<std::int64_t>::max();

/// A row marker (semantics rule 9).
struct Liveness {
    std::int64_t timestamp = 0;           ///< microseconds since 1970
    std::int32_t ttl = 0;                 ///< seconds; 0: never expires
    std::int64_t expiry = never_expires;  ///< seconds since 1970: dead from then on
    friend bool operator==(const Liveness&, const Liveness&) = default;
};

/// One live cell as a row read shows it. Borrows from the Row.
struct CellView {
    BytesView value;  ///< content; a counter's is 8 bytes, big-endian
    BytesView path;   ///< which element of a multi-cell column; see path_content
    BytesView original_path;
    std::int64_t timestamp = 0;           ///< microseconds since 1970
    std::int64_t expiry = never_expires;  ///< seconds since 1970
    std::int32_t ttl = 0;                 ///< seconds; 0: never expires
    std::uint16_t column = 0;             ///< Column::id
    bool is_counter = false;

    /// Appends the content of the element that the path stands for: a map's key, a set's element, a list's
    /// timeuuid.
    /// @return false when the bytes are damaged.
    bool path_content(const DataType& type, Bytes& out) const;
};

/// Which element of a multi-cell column: made of a map's key, a set's element, or a list's timeuuid, so that
/// elements sort as their type does. A UDT's field: its position as smallint.
struct CellPath {
    Bytes form;
    Bytes original;  ///< empty unless `form` does not give back the same bytes

    /// Replaces `out`. @return false when the content is no value of the type.
    static bool make(const DataType& type, BytesView content, CellPath& out);
};

struct RowData;

/// A row, or a partition's static cells, as of some `now`: what is shadowed, deleted or expired does not
/// show. A buffer to be used again and again, by one thread at a time. Everything it shows lives until it is
/// next read into.
class Row {
public:
    Row();
    ~Row();
    Row(Row&&) noexcept;
    Row& operator=(Row&&) noexcept;

    /// A live row marker or a live cell: what CQL calls a row.
    [[nodiscard]] bool exists() const noexcept { return liveness_.has_value() || !cells_.empty(); }
    /// The live row marker.
    [[nodiscard]] const std::optional<Liveness>& liveness() const noexcept { return liveness_; }
    /// Live cells by column id, then by path.
    [[nodiscard]] std::span<const CellView> cells() const noexcept { return cells_; }
    /// The live cells of one column: at most one of an atomic column, one per element of a multi-cell one.
    [[nodiscard]] std::span<const CellView> column(std::uint16_t id) const noexcept;
    /// ClusteringKey::original; mostly empty.
    [[nodiscard]] BytesView clustering_original() const noexcept { return original_; }
    /// Shows nothing, and holds nothing of the store any more. A row that outlives a store must have let go.
    void release() noexcept;

private:
    friend struct RowAccess;
    std::vector<CellView> cells_;
    std::optional<Liveness> liveness_;
    BytesView original_;
    std::unique_ptr<RowData> data_;
};

/// Releases a row that is used again and again, e.g. a thread's own one, when its reader is done with it.
class RowUse {
public:
    explicit RowUse(Row& row) noexcept : row_(row) {}
    ~RowUse() { row_.release(); }
    RowUse(const RowUse&) = delete;
    RowUse& operator=(const RowUse&) = delete;

private:
    Row& row_;
};

/// What one statement writes to one row (or to a partition's static cells). Reusable after clear(). Cells
/// come in any order; two of one column and path are reconciled as two writes are.
class RowMutation {
public:
    /// INSERT's row marker.
    void put_marker(const Liveness& liveness);
    /// Deletes the row as it is at the deletion's timestamp.
    void delete_row(const Deletion& deletion);
    void put_cell(std::uint16_t column, const Liveness& written, BytesView value);
    void put_element(std::uint16_t column, const CellPath& path, const Liveness& written, BytesView value);
    void delete_cell(std::uint16_t column, const Deletion& deletion);
    void delete_element(std::uint16_t column, const CellPath& path, const Deletion& deletion);
    /// Deletes all elements of a multi-cell column. Replacing a collection at timestamp t is delete_elements
    /// at t - 1 and put_element at t, as Cassandra does.
    void delete_elements(std::uint16_t column, const Deletion& deletion);
    /// Adds to a counter. The partition lock must be held (see Store::lock) and `timestamp` be later than
    /// that of every deletion made before.
    void add_counter(std::uint16_t column, std::int64_t timestamp, std::int64_t delta);

    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept {
        return records_.empty() && !marker_.has_value() && !deletion_.exists();
    }

private:
    friend struct MutationAccess;
    struct Record {
        std::int64_t timestamp;
        std::int64_t expiry;  ///< of tombstones and deletions: their local time
        std::int32_t ttl;
        std::uint16_t column;
        std::uint8_t kind;
        std::uint32_t path_at, path_size, original_size, value_size;  ///< consecutive in bytes_
    };
    Record& add(std::uint16_t column, std::uint8_t kind, std::int64_t timestamp, const CellPath* path,
                BytesView value);

    Bytes bytes_;
    std::vector<Record> records_;
    std::optional<Liveness> marker_;
    Deletion deletion_;
    bool has_counter_ = false;
};

}  // namespace coodie::embedded::storage
