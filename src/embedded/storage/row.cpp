// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row.hpp"

#include "embedded/storage/comparable_parts.hpp"
#include "embedded/storage/row_access.hpp"
#include "embedded/storage/row_format.hpp"

#include <algorithm>

namespace coodie::embedded::storage {

Row::Row() : data_(std::make_unique<RowData>()) {}
Row::~Row() = default;
Row::Row(Row&&) noexcept = default;
Row& Row::operator=(Row&&) noexcept = default;

void Row::release() noexcept {
    RowAccess::clear(*this);
    if (data_ != nullptr) data_->pinned.Reset();
}

std::span<const CellView> Row::column(std::uint16_t id) const noexcept {
    const auto found = std::ranges::equal_range(cells_, id, {}, &CellView::column);
    return {found.begin(), found.end()};
}

bool CellView::path_content(const DataType& type, Bytes& out) const {
    if (!original_path.empty()) {
        out.insert(out.end(), original_path.begin(), original_path.end());
        return true;
    }
    BytesView form = path;
    return read_comparable(type, false, form, out);
}

bool CellPath::make(const DataType& type, BytesView content, CellPath& out) {
    out.form.clear();
    out.original.clear();
    if (!append_comparable(type, false, content, out.form)) return false;
    BytesView form = out.form;
    Bytes again;
    if (!read_comparable(type, false, form, again) || !std::ranges::equal(again, content)) {
        out.original.assign(content.begin(), content.end());
    }
    return true;
}

RowMutation::Record& RowMutation::add(std::uint16_t column, std::uint8_t kind, std::int64_t timestamp,
                                      const CellPath* path, BytesView value) {
    Record record{};
    record.timestamp = timestamp;
    record.expiry = never_expires;
    record.column = column;
    record.kind = kind;
    record.path_at = static_cast<std::uint32_t>(bytes_.size());
    if (path != nullptr) {
        record.path_size = static_cast<std::uint32_t>(path->form.size());
        record.original_size = static_cast<std::uint32_t>(path->original.size());
        bytes_.insert(bytes_.end(), path->form.begin(), path->form.end());
        bytes_.insert(bytes_.end(), path->original.begin(), path->original.end());
    }
    record.value_size = static_cast<std::uint32_t>(value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    return records_.emplace_back(record);
}

void RowMutation::put_marker(const Liveness& liveness) { marker_ = liveness; }

void RowMutation::delete_row(const Deletion& deletion) {
    if (deletion.supersedes(deletion_)) deletion_ = deletion;
}

void RowMutation::put_cell(std::uint16_t column, const Liveness& written, BytesView value) {
    const auto kind = written.ttl == 0 ? CellKind::live : CellKind::expiring;
    Record& record = add(column, static_cast<std::uint8_t>(kind), written.timestamp, nullptr, value);
    record.ttl = written.ttl;
    record.expiry = written.expiry;
}

void RowMutation::put_element(std::uint16_t column, const CellPath& path, const Liveness& written,
                              BytesView value) {
    const auto kind = written.ttl == 0 ? CellKind::live : CellKind::expiring;
    Record& record = add(column, static_cast<std::uint8_t>(kind), written.timestamp, &path, value);
    record.ttl = written.ttl;
    record.expiry = written.expiry;
}

void RowMutation::delete_cell(std::uint16_t column, const Deletion& deletion) {
    add(column, static_cast<std::uint8_t>(CellKind::tombstone), deletion.timestamp, nullptr, {}).expiry =
        deletion.local_time;
}

void RowMutation::delete_element(std::uint16_t column, const CellPath& path, const Deletion& deletion) {
    add(column, static_cast<std::uint8_t>(CellKind::tombstone), deletion.timestamp, &path, {}).expiry =
        deletion.local_time;
}

void RowMutation::delete_elements(std::uint16_t column, const Deletion& deletion) {
    add(column, static_cast<std::uint8_t>(CellKind::elements_deletion), deletion.timestamp, nullptr, {})
        .expiry = deletion.local_time;
}

void RowMutation::add_counter(std::uint16_t column, std::int64_t timestamp, std::int64_t delta) {
    Bytes value;
    append_integer(value, static_cast<std::uint64_t>(delta), 8);
    add(column, static_cast<std::uint8_t>(CellKind::counter), timestamp, nullptr, value);
    has_counter_ = true;
}

void RowMutation::clear() noexcept {
    bytes_.clear();
    records_.clear();
    marker_.reset();
    deletion_ = {};
    has_counter_ = false;
}

void MutationAccess::encode(const RowMutation& mutation, BytesView original, std::string& out) {
    thread_local RawRow row;
    row.clear();
    row.deletion = mutation.deletion_;
    row.marker = mutation.marker_;
    row.original = original;
    const BytesView bytes(mutation.bytes_);
    for (const RowMutation::Record& record : mutation.records_) {
        RawCell& cell = row.cells.emplace_back();
        cell.timestamp = record.timestamp;
        cell.time = record.expiry;
        cell.ttl = record.ttl;
        cell.column = record.column;
        cell.kind = static_cast<CellKind>(record.kind);
        std::size_t at = record.path_at;
        cell.path = bytes.subspan(at, record.path_size);
        cell.original_path = bytes.subspan(at += record.path_size, record.original_size);
        cell.value = bytes.subspan(at + record.original_size, record.value_size);
    }
    normalize_and_encode(row, out);
}

}  // namespace coodie::embedded::storage
