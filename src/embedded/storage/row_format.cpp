// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row_format.hpp"

#include "embedded/storage/row_access.hpp"

#include <bit>
#include <cstring>

namespace coodie::embedded::storage {

namespace {

enum RowFlag : std::uint8_t {
    has_deletion = 1,
    has_marker = 2,
    marker_expires = 4,
    has_original = 8,
    known_flags = 15
};

// A cell's head byte: its kind in bits 0 to 2, then:
enum CellFlag : std::uint8_t {
    kind_mask = 0x07,
    base_timestamp = 0x08,  // the timestamp is the row's base
    with_path = 0x10,
    with_original_path = 0x20,
    marker_ttl = 0x40,  // ttl and expiry are the marker's
    same_column = 0x80,
};

constexpr std::int64_t micros = 1'000'000;

// Differences wrap: any pair of 64-bit numbers is fine.
std::int64_t difference(std::int64_t a, std::int64_t b) noexcept {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

void put(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<char>(value));
}

void put_signed(std::string& out, std::int64_t base, std::int64_t value) {
    const std::int64_t delta = difference(value, base);
    put(out, static_cast<std::uint64_t>(delta) << 1U ^ static_cast<std::uint64_t>(delta >> 63));
}

void put_bytes(std::string& out, BytesView bytes) {
    put(out, bytes.size());
    out.append(as_text(bytes));
}

std::int64_t base_of(const RawRow& row) noexcept {
    if (row.marker) return row.marker->timestamp;
    if (row.deletion.exists()) return row.deletion.timestamp;
    return row.cells.empty() ? 0 : row.cells.front().timestamp;
}

void encode_head(const RawRow& row, std::int64_t base, std::string& out) {
    const bool expires = row.marker && row.marker->ttl != 0;
    out.push_back(static_cast<char>((row.deletion.exists() ? has_deletion : 0) |
                                    (row.marker ? has_marker : 0) | (expires ? marker_expires : 0) |
                                    (row.original.empty() ? 0 : has_original)));
    char fixed[8];
    std::memcpy(fixed, &base, sizeof base);
    static_assert(std::endian::native == std::endian::little);
    out.append(fixed, sizeof fixed);
    if (row.deletion.exists()) {
        put_signed(out, base, row.deletion.timestamp);
        put_signed(out, base / micros, row.deletion.local_time);
    }
    if (expires) {
        put(out, static_cast<std::uint64_t>(row.marker->ttl));
        put_signed(out, base / micros, row.marker->expiry);
    }
    if (!row.original.empty()) put_bytes(out, row.original);
}

void encode_cell(const RawRow& row, const RawCell& cell, std::int64_t base, std::uint16_t& column,
                 std::string& out) {
    const bool as_marker = cell.kind == CellKind::expiring && row.marker && row.marker->ttl == cell.ttl &&
                           row.marker->expiry == cell.time;
    auto head = static_cast<unsigned>(cell.kind);
    if (cell.timestamp == base) head |= base_timestamp;
    if (!cell.path.empty()) head |= with_path;
    if (!cell.original_path.empty()) head |= with_original_path;
    if (as_marker) head |= marker_ttl;
    if (cell.column == column) head |= same_column;
    out.push_back(static_cast<char>(head));
    if (cell.column != column) put(out, static_cast<std::uint64_t>(cell.column - column));
    column = cell.column;
    if (cell.timestamp != base) put_signed(out, base, cell.timestamp);
    if (cell.kind == CellKind::expiring && !as_marker) put(out, static_cast<std::uint64_t>(cell.ttl));
    const bool timed = cell.kind != CellKind::live && cell.kind != CellKind::counter;
    if (timed && !as_marker) put_signed(out, base / micros, cell.time);
    if (!cell.path.empty()) put_bytes(out, cell.path);
    if (!cell.original_path.empty()) put_bytes(out, cell.original_path);
    if (cell.kind != CellKind::tombstone && cell.kind != CellKind::elements_deletion)
        put_bytes(out, cell.value);
}

}  // namespace

void RawRow::clear() noexcept {
    deletion = {};
    marker.reset();
    original = {};
    cells.clear();
}

RowDecoder::RowDecoder(BytesView bytes) noexcept : at_(bytes.data()), end_(bytes.data() + bytes.size()) {
    ok_ = read_head();
}

inline bool RowDecoder::take(std::uint64_t& value) noexcept {
    value = 0;
    for (unsigned shift = 0; at_ != end_ && shift < 64; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(*at_++);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

inline bool RowDecoder::take_signed(std::int64_t base, std::int64_t& value) noexcept {
    std::uint64_t raw = 0;
    if (!take(raw)) return false;
    const std::uint64_t delta = raw >> 1U ^ (~(raw & 1U) + 1);
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + delta);
    return true;
}

inline bool RowDecoder::take_bytes(BytesView& bytes) noexcept {
    std::uint64_t size = 0;
    if (!take(size) || size > static_cast<std::uint64_t>(end_ - at_)) return false;
    bytes = {at_, static_cast<std::size_t>(size)};
    at_ += size;
    return true;
}

bool RowDecoder::read_head() noexcept {
    if (end_ - at_ < 9) return false;
    const auto flags = static_cast<std::uint8_t>(*at_++);
    if ((flags & ~known_flags) != 0) return false;
    std::memcpy(&base_, at_, sizeof base_);
    at_ += sizeof base_;
    base_second_ = base_ / micros;
    if ((flags & has_deletion) != 0 &&
        (!take_signed(base_, deletion_.timestamp) || !take_signed(base_second_, deletion_.local_time))) {
        return false;
    }
    if ((flags & has_marker) != 0) marker_ = Liveness{.timestamp = base_};
    if ((flags & marker_expires) != 0) {
        std::uint64_t ttl = 0;
        if (!marker_ || !take(ttl) || !take_signed(base_second_, marker_->expiry)) return false;
        marker_->ttl = static_cast<std::int32_t>(ttl);
    }
    return (flags & has_original) == 0 || take_bytes(original_);
}

bool RowDecoder::next(RawCell& cell) noexcept {
    if (!ok_ || at_ == end_) return false;
    ok_ = read_cell(cell);
    return ok_;
}

bool RowDecoder::read_cell(RawCell& cell) noexcept {
    const auto head = static_cast<std::uint8_t>(*at_++);
    if ((head & kind_mask) > static_cast<std::uint8_t>(CellKind::counter)) return false;
    cell.kind = static_cast<CellKind>(head & kind_mask);
    if ((head & same_column) == 0) {
        std::uint64_t step = 0;
        if (!take(step)) return false;
        column_ = static_cast<std::uint16_t>(column_ + step);
    }
    cell.column = column_;
    cell.timestamp = base_;
    if ((head & base_timestamp) == 0 && !take_signed(base_, cell.timestamp)) return false;
    cell.ttl = 0;
    cell.time = never_expires;
    if ((head & marker_ttl) != 0) {
        if (!marker_) return false;
        cell.ttl = marker_->ttl;
        cell.time = marker_->expiry;
    } else if (cell.kind != CellKind::live && cell.kind != CellKind::counter) {
        std::uint64_t ttl = 0;
        if (cell.kind == CellKind::expiring && !take(ttl)) return false;
        cell.ttl = static_cast<std::int32_t>(ttl);
        if (!take_signed(base_second_, cell.time)) return false;
    }
    cell.path = {};
    cell.original_path = {};
    cell.value = {};
    if ((head & with_path) != 0 && !take_bytes(cell.path)) return false;
    if ((head & with_original_path) != 0 && !take_bytes(cell.original_path)) return false;
    const bool dead = cell.kind == CellKind::tombstone || cell.kind == CellKind::elements_deletion;
    if (!dead && !take_bytes(cell.value)) return false;
    return cell.kind != CellKind::counter || cell.value.size() == 8;
}

bool decode_row(BytesView bytes, RawRow& row) {
    row.clear();
    RowDecoder decoder(bytes);
    row.deletion = decoder.deletion();
    row.marker = decoder.marker();
    row.original = decoder.original();
    RawCell cell;
    while (decoder.next(cell)) row.cells.push_back(cell);
    return decoder.ok();
}

bool RowAccess::load(Row& row, BytesView bytes, std::int64_t now, const Deletion& shadow) {
    clear(row);
    RowDecoder decoder(bytes);
    Deletion gone = decoder.deletion();
    if (shadow.supersedes(gone)) gone = shadow;
    const auto& marker = decoder.marker();
    if (marker && marker->expiry > now && !gone.deletes(marker->timestamp)) row.liveness_ = marker;
    row.original_ = decoder.original();
    Deletion elements;
    RawCell cell;
    std::uint16_t column = 0;
    while (decoder.next(cell)) {
        if (cell.column != column) elements = {};
        column = cell.column;
        if (cell.kind == CellKind::elements_deletion) elements = {cell.timestamp, cell.time};
        const bool dead = cell.kind == CellKind::elements_deletion || cell.kind == CellKind::tombstone ||
                          (cell.kind == CellKind::expiring && cell.time <= now);
        if (dead || gone.deletes(cell.timestamp) || elements.deletes(cell.timestamp)) continue;
        row.cells_.push_back({.value = cell.value,
                              .path = cell.path,
                              .original_path = cell.original_path,
                              .timestamp = cell.timestamp,
                              .expiry = cell.time,
                              .ttl = cell.ttl,
                              .column = cell.column,
                              .is_counter = cell.kind == CellKind::counter});
    }
    return decoder.ok();
}

void encode_row(const RawRow& row, std::string& out) {
    const std::int64_t base = base_of(row);
    encode_head(row, base, out);
    std::uint16_t column = 0;
    for (const RawCell& cell : row.cells) encode_cell(row, cell, base, column, out);
}

}  // namespace coodie::embedded::storage
