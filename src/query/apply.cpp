// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/apply.hpp>

#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace coodie::query {
namespace {

using Kind = cql::Assignment::Kind;

/// A collection in CQL binary taken apart: one entry per element (of a map: key and value).
struct Entry {
    BytesView key;    ///< of a map; the element of a list or set
    BytesView value;  ///< of a map
};
using Entries = std::vector<Entry>;

bool same(BytesView a, BytesView b) noexcept { return std::ranges::equal(a, b); }

Cell read_cell(BytesView& bytes) {
    wire::ValueReader reader(bytes, "value");
    const Cell cell = reader.read();
    bytes = reader.rest();
    return cell;
}

Entries entries_of(Cell cell, bool map) {
    Entries entries;
    if (cell.is_null()) return entries;
    wire::ValueReader reader(cell.content(), "collection");
    const std::uint32_t count = reader.read_count(map ? 2 : 1);
    for (std::uint32_t i = 0; i < count; ++i) {
        Entry entry{.key = reader.read_element(), .value = {}};
        if (map) entry.value = reader.read_element();
        entries.push_back(entry);
    }
    return entries;
}

Bytes content_of(const Entries& entries, bool map) {
    const auto append = [](Bytes& out, BytesView value) {
        wire::append(out, static_cast<std::int32_t>(value.size()));
        wire::append(out, value);
    };
    Bytes out;
    wire::append(out, static_cast<std::int32_t>(entries.size()));
    for (const Entry& entry : entries) {
        append(out, entry.key);
        if (map) append(out, entry.value);
    }
    return out;
}

void erase_key(Entries& entries, BytesView key) {
    std::erase_if(entries, [&](const Entry& entry) { return same(entry.key, key); });
}

/// `+=`, `-=` and prepend of a list, set or map.
void combine(Entries& entries, const Entries& others, Kind kind, TypeId type) {
    if (kind == Kind::prepend) {
        entries.insert(entries.begin(), others.begin(), others.end());
        return;
    }
    for (const Entry& other : others) {
        if (kind == Kind::subtract || type != TypeId::list) erase_key(entries, other.key);
        if (kind == Kind::add) entries.push_back(other);
    }
}

/// `m[key] = value`, `l[index] = value`; null removes the element.
void assign_element(Entries& entries, Cell key, Cell value, TypeId type) {
    if (type == TypeId::map) {
        erase_key(entries, key.content());
        if (!value.is_null()) entries.push_back({.key = key.content(), .value = value.content()});
        return;
    }
    if (key.content().size() != sizeof(std::int32_t)) return;
    const auto index = wire::load<std::int32_t>(key.content().data());
    if (index < 0 || static_cast<std::size_t>(index) >= entries.size()) return;
    if (value.is_null())
        entries.erase(entries.begin() + index);
    else
        entries[static_cast<std::size_t>(index)].key = value.content();
}

void change_counter(const ColumnInfo& column, Kind kind, Cell operand, BytesView present, void* document) {
    const Cell cell = read_cell(present);
    const auto number = [](Cell from) {
        return from.content().size() == 8 ? wire::load<std::uint64_t>(from.content().data()) : 0;
    };
    const std::uint64_t sum =
        kind == Kind::add ? number(cell) + number(operand) : number(cell) - number(operand);
    Bytes content;
    wire::append(content, sum);
    column.decode(document, Cell(content));
}

void change_collection(const ColumnInfo& column, Kind kind, BytesView operands, BytesView present,
                       void* document) {
    const DataType type = column.type();
    const bool map = type.id() == TypeId::map;
    Entries entries = entries_of(read_cell(present), map);
    const Cell first = read_cell(operands);
    if (kind == Kind::element)
        assign_element(entries, first, read_cell(operands), type.id());
    else
        combine(entries, entries_of(first, map && kind != Kind::subtract), kind, type.id());
    const Bytes content = content_of(entries, map);
    column.decode(document, entries.empty() ? Cell() : Cell(content));
}

void apply(const ColumnInfo& column, Kind kind, BytesView operands, void* document) {
    if (kind == Kind::set) return column.decode(document, read_cell(operands));
    Bytes present;
    column.encode(document, present);
    if (column.counter) return change_counter(column, kind, read_cell(operands), present, document);
    change_collection(column, kind, operands, present, document);
}

}  // namespace

void apply_changes(const ModelInfo& model, const ChangeList& changes, void* document, LoadedColumns& loaded) {
    const auto offsets = changes.offsets();
    for (std::size_t i = 0; i < changes.items().size(); ++i) {
        const Change& change = changes.items()[i];
        if (change.kind == Kind::set) loaded[change.column] = true;
        if (!loaded[change.column]) continue;
        const BytesView operands =
            BytesView(changes.values()).subspan(offsets[i], offsets[i + 1] - offsets[i]);
        apply(model.columns[change.column], change.kind, operands, document);
    }
}

void apply_changes(const ModelInfo& model, const ChangeList& changes, void* document) {
    LoadedColumns all;
    all.set();
    apply_changes(model, changes, document, all);
}

}  // namespace coodie::query
