// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/row_access.hpp"

#include "embedded/engine/wire.hpp"

namespace coodie::embedded {

namespace {

bool append_udt(const DataType& type, std::span<const storage::CellView> cells, Bytes& out) {
    std::size_t next = 0;
    Bytes position;
    for (std::size_t field = 0; field < type.children().size(); ++field) {
        if (next < cells.size()) {
            position.clear();
            if (!cells[next].path_content(TypeId::smallint, position) || position.size() != 2) return false;
            const auto at =
                (std::to_integer<std::size_t>(position[0]) << 8U) | std::to_integer<std::size_t>(position[1]);
            if (at == field) {
                append_value(out, cells[next++].value);
                continue;
            }
            if (at < field) return false;
        }
        append_null(out);
    }
    return true;
}

/// Appends [int] length and the path's content.
bool append_path(const DataType& type, const storage::CellView& cell, Bytes& out) {
    const auto length_at = out.size();
    append_int(out, 0);
    if (!cell.path_content(type, out)) return false;
    patch_int(out, length_at, static_cast<std::int32_t>(out.size() - length_at - 4));
    return true;
}

}  // namespace

bool append_collection(const DataType& type, std::span<const storage::CellView> cells, Bytes& out) {
    if (cells.empty()) return true;
    if (type.id() == TypeId::udt) return append_udt(type, cells, out);
    append_int(out, static_cast<std::int32_t>(cells.size()));
    for (const auto& cell : cells) {
        if (type.id() != TypeId::list && !append_path(type.children()[0], cell, out)) return false;
        if (type.id() != TypeId::set) append_value(out, cell.value);
    }
    return true;
}

void split_partition_key(const Table& table, BytesView key, KeyComponents& out) {
    out.clear();
    if (table.partition_key_size == 1) {
        out.push_back(key);
        return;
    }
    for (std::size_t i = 0; i < table.partition_key_size; ++i) {
        if (key.size() < 3) break;
        const auto size = (std::to_integer<std::size_t>(key[0]) << 8U) | std::to_integer<std::size_t>(key[1]);
        if (key.size() < size + 3) break;
        out.push_back(key.subspan(2, size));
        key = key.subspan(size + 3);
    }
    out.resize(table.partition_key_size);
}

std::span<const storage::CellView> StoredRowView::cells(const Column& column) const noexcept {
    const auto* row = column.is_static() ? statics_ : row_;
    return row != nullptr ? row->column(column.id) : std::span<const storage::CellView>{};
}

Cell StoredRowView::cell(std::uint16_t place) const {
    const auto& column = table_.columns[place];
    switch (column.kind) {
        case ColumnKind::partition_key:
            if (components_.empty()) split_partition_key(table_, partition_, components_);
            return Cell(components_[column.position]);
        case ColumnKind::clustering: return clustering_cell(column);
        default: break;
    }
    if (column.type.is_multi_cell()) return collection_cell(place, column);
    const auto found = cells(column);
    return found.empty() ? Cell() : Cell(found.front().value);
}

Cell StoredRowView::clustering_cell(const Column& column) const {
    if (row_ == nullptr) return {};
    if (!decoded_) {
        decoded_ = true;
        if (!codec_.decode(clustering_, row_->clustering_original(), clustering_values_))
            clustering_values_ = {};
    }
    return column.position < clustering_values_.size() ? Cell(clustering_values_[column.position]) : Cell();
}

Cell StoredRowView::collection_cell(std::uint16_t place, const Column& column) const {
    if (assembled_.empty()) assembled_.resize(table_.columns.size());
    auto& slot = assembled_[place];
    if (slot.generation != generation_) {
        slot.generation = generation_;
        slot.bytes.clear();
        const auto found = cells(column);
        slot.null = found.empty() || !append_collection(column.type, found, slot.bytes);
    }
    return slot.null ? Cell() : Cell(slot.bytes);
}

std::optional<std::int64_t> StoredRowView::write_time(std::uint16_t place) const {
    const auto found = cells(table_.columns[place]);
    if (found.empty()) return std::nullopt;
    return found.front().timestamp;
}

std::optional<std::int32_t> StoredRowView::ttl(std::uint16_t place) const {
    const auto found = cells(table_.columns[place]);
    if (found.empty() || found.front().ttl == 0) return std::nullopt;
    return static_cast<std::int32_t>(found.front().expiry - now_);
}

}  // namespace coodie::embedded
