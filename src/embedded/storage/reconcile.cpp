// SPDX-License-Identifier: Apache-2.0
// How writes to one row become one row: org.apache.cassandra.db.rows.Cells, .Row.Merger and .LivenessInfo of
// Cassandra 5.
#include "embedded/storage/comparable_parts.hpp"
#include "embedded/storage/row_format.hpp"

#include <algorithm>
#include <array>
#include <forward_list>

namespace coodie::embedded::storage {

namespace {

/// Sums that counters need bytes for while a row is merged.
using Sums = std::forward_list<std::array<std::byte, 8>>;

bool path_before(const RawCell& a, const RawCell& b) noexcept {
    if (a.column != b.column) return a.column < b.column;
    const bool deletes = a.kind == CellKind::elements_deletion;
    if (deletes != (b.kind == CellKind::elements_deletion)) return deletes;
    return as_text(a.path) < as_text(b.path);
}

/// Whether `b` replaces `a`. Both live: the greater value; something that ends beats what does not; a plain
/// tombstone beats what expires. That depends on no clock, so merging early or late gives the same.
bool wins(const RawCell& b, const RawCell& a) noexcept {
    if (a.timestamp != b.timestamp) return b.timestamp > a.timestamp;
    const bool a_ends = a.kind != CellKind::live;
    const bool b_ends = b.kind != CellKind::live;
    if (a_ends != b_ends) return b_ends;
    if (a_ends) {
        const bool a_dead = a.kind != CellKind::expiring;
        const bool b_dead = b.kind != CellKind::expiring;
        if (a_dead != b_dead) return b_dead;
        if (a.time != b.time) return b.time > a.time;
    }
    return as_text(b.value) > as_text(a.value);
}

void add_counters(RawCell& into, const RawCell& other, Sums& sums) {
    const std::uint64_t sum = integer_at(into.value, 0, 8) + integer_at(other.value, 0, 8);
    auto& bytes = sums.emplace_front();
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(sum >> (56 - 8 * i));
    into.value = bytes;
    into.timestamp = std::max(into.timestamp, other.timestamp);
}

void reconcile(RawCell& into, const RawCell& other, Sums& sums) {
    const bool a = into.kind == CellKind::counter;
    const bool b = other.kind == CellKind::counter;
    if (a && b) {
        add_counters(into, other, sums);
    } else if (a || b) {
        if (a) into = other;  // a counter's tombstone wins whatever its timestamp (CASSANDRA-7346)
    } else if (wins(other, into)) {
        into = other;
    }
}

/// LivenessInfo.supersedes.
bool supersedes(const Liveness& b, const Liveness& a) noexcept {
    if (a.timestamp != b.timestamp) return b.timestamp > a.timestamp;
    if ((a.ttl != 0) == (b.ttl != 0)) return b.expiry > a.expiry;
    return b.ttl != 0;
}

void drop_shadowed(RawRow& row, const Deletion& shadow) {
    Deletion elements;
    std::uint16_t column = 0;
    const auto gone = [&](const RawCell& cell) {
        if (cell.column != column) elements = {};
        column = cell.column;
        if (shadow.deletes(cell.timestamp)) return true;
        if (cell.kind == CellKind::elements_deletion) {
            elements = {cell.timestamp, cell.time};
            return false;
        }
        return elements.deletes(cell.timestamp);
    };
    // Not remove_if: the predicate must see each cell once and in order.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (!gone(row.cells[i])) row.cells[kept++] = row.cells[i];
    }
    row.cells.resize(kept);
}

void normalize_with(RawRow& row, const Deletion& shadow, Sums& sums) {
    Deletion strongest = row.deletion;
    if (shadow.supersedes(strongest)) strongest = shadow;
    if (row.marker && strongest.deletes(row.marker->timestamp)) row.marker.reset();
    if (row.deletion != strongest) row.deletion = {};  // covered by the other one
    // Counters: what a deletion covers must go before the rest is added up.
    if (strongest.exists())
        std::erase_if(row.cells, [&](const RawCell& c) { return strongest.deletes(c.timestamp); });
    if (!std::is_sorted(row.cells.begin(), row.cells.end(), path_before)) {
        std::stable_sort(row.cells.begin(), row.cells.end(), path_before);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (kept != 0 && !path_before(row.cells[kept - 1], row.cells[i])) {
            reconcile(row.cells[kept - 1], row.cells[i], sums);
        } else {
            row.cells[kept++] = row.cells[i];
        }
    }
    row.cells.resize(kept);
    drop_shadowed(row, strongest);
}

}  // namespace

void normalize(RawRow& row, const Deletion& shadow) {
    Sums sums;
    normalize_with(row, shadow, sums);
}

void normalize_and_encode(RawRow& row, std::string& out) {
    Sums sums;
    normalize_with(row, {}, sums);
    encode_row(row, out);
}

bool merge_rows(std::span<const std::string_view> rows, std::string& out) {
    thread_local RawRow merged;
    merged.clear();
    for (const std::string_view& bytes : rows) {
        RowDecoder decoder(as_bytes(bytes));
        if (!decoder.ok()) return false;
        if (decoder.deletion().exists() && decoder.deletion().supersedes(merged.deletion)) {
            merged.deletion = decoder.deletion();
        }
        if (decoder.marker() && (!merged.marker || supersedes(*decoder.marker(), *merged.marker))) {
            merged.marker = decoder.marker();
        }
        // The spelling of the key that came first stays, as in Cassandra's memtable.
        if (&bytes == &rows.front()) merged.original = decoder.original();
        RawCell cell;
        while (decoder.next(cell)) merged.cells.push_back(cell);
        if (!decoder.ok()) return false;
    }
    normalize_and_encode(merged, out);
    return true;
}

bool purge(RawRow& row, std::int64_t gc_before) {
    bool changed = false;
    if (row.deletion.exists() && row.deletion.local_time < gc_before) {
        row.deletion = {};
        changed = true;
    }
    if (row.marker && row.marker->expiry < gc_before) {
        row.marker.reset();
        changed = true;
    }
    const auto garbage = [&](const RawCell& cell) {
        return cell.kind != CellKind::live && cell.kind != CellKind::counter && cell.time < gc_before;
    };
    return std::erase_if(row.cells, garbage) != 0 || changed;
}

bool has_anything_at_or_before(const RawRow& row, std::int64_t timestamp) noexcept {
    if (row.marker && row.marker->timestamp <= timestamp) return true;
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const RawCell& cell) { return cell.timestamp <= timestamp; });
}

}  // namespace coodie::embedded::storage
