// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/row.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded::storage {

/// What the store keeps of a row under its key. A write to a row and the whole row have one form, so that a
/// merge of one is itself:
///
///     flags [1]  base timestamp [8, little-endian: the marker's, else the row deletion's, else the first
///     cell's] row deletion: timestamp, local time       marker that expires: ttl, expiry       original key:
///     length, bytes cells, by column; in a column the deletion of all elements first, then by path:
///         head [1]  column  timestamp  local time | ttl, expiry  path  original path  value
///
/// Numbers are LEB128; signed ones zigzag; timestamps relative to the base, times to the base's second,
/// columns to the one before. A value's length comes before it.
enum class CellKind : std::uint8_t {
    live = 0,
    expiring = 1,
    tombstone = 2,
    elements_deletion = 3,  ///< of all elements of a multi-cell column
    counter = 4,            ///< value: 8 bytes, big-endian; two of them add up
};

struct RawCell {
    std::int64_t timestamp = 0;
    std::int64_t time = never_expires;  ///< expiring: expiry; tombstones and deletions: local time
    std::int32_t ttl = 0;
    std::uint16_t column = 0;
    CellKind kind = CellKind::live;
    BytesView path;
    BytesView original_path;
    BytesView value;
};

/// A row as stored: with its tombstones. Borrows bytes.
struct RawRow {
    Deletion deletion;
    std::optional<Liveness> marker;
    BytesView original;
    std::vector<RawCell> cells;

    void clear() noexcept;
    [[nodiscard]] bool empty() const noexcept { return !deletion.exists() && !marker && cells.empty(); }
};

/// Reads a row's head and then its cells one by one. Any bytes are safe.
class RowDecoder {
public:
    explicit RowDecoder(BytesView bytes) noexcept;

    /// False when the head is damaged.
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] const Deletion& deletion() const noexcept { return deletion_; }
    [[nodiscard]] const std::optional<Liveness>& marker() const noexcept { return marker_; }
    [[nodiscard]] BytesView original() const noexcept { return original_; }
    /// False at the end or when bytes are damaged: then ok() turns false.
    bool next(RawCell& cell) noexcept;

private:
    bool read_head() noexcept;
    bool read_cell(RawCell& cell) noexcept;
    bool take(std::uint64_t& value) noexcept;
    bool take_signed(std::int64_t base, std::int64_t& value) noexcept;
    bool take_bytes(BytesView& bytes) noexcept;

    const std::byte* at_;
    const std::byte* end_;
    Deletion deletion_;
    std::optional<Liveness> marker_;
    BytesView original_;
    std::int64_t base_ = 0;
    std::int64_t base_second_ = 0;
    std::uint16_t column_ = 0;
    bool ok_ = false;
};

/// Replaces `row`. False when the bytes are damaged.
bool decode_row(BytesView bytes, RawRow& row);
/// Appends. The row must be normal (see normalize).
void encode_row(const RawRow& row, std::string& out);

/// Sorts cells, reconciles those of one column and path as Cassandra 5 does
/// (org.apache.cassandra.db.rows.Cells), and drops what the row's own deletions or `shadow` cover.
void normalize(RawRow& row, const Deletion& shadow = {});
/// Both of the above.
void normalize_and_encode(RawRow& row, std::string& out);
/// Folds writes, oldest first, into one. False when bytes are damaged.
bool merge_rows(std::span<const std::string_view> rows, std::string& out);

/// Drops what has been deleted, or expired, before `gc_before` (seconds since 1970) and says whether that
/// changed anything. The row must be all that is stored under its key.
bool purge(RawRow& row, std::int64_t gc_before);

/// Whether the row holds something that a deletion at `timestamp` covers.
bool has_anything_at_or_before(const RawRow& row, std::int64_t timestamp) noexcept;

inline BytesView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline std::string_view as_text(BytesView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace coodie::embedded::storage
