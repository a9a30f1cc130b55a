// SPDX-License-Identifier: Apache-2.0
#include "schema/live_schema.hpp"

#include "schema/system_rows.hpp"

#include <coodie/codec/dynamic.hpp>

#include <algorithm>

namespace coodie::schema {
namespace {

cql::Select select_of(std::string_view system_table, std::string_view keyspace) {
    return cql::select_from("system_schema", system_table).where(cql::eq("keyspace_name", keyspace));
}

ColumnKind kind_of(std::string_view name) noexcept {
    if (name == "partition_key") return ColumnKind::partition_key;
    if (name == "clustering") return ColumnKind::clustering;
    return name == "static" ? ColumnKind::static_ : ColumnKind::regular;
}

LiveOption option_of(const SystemRows& rows, const ColumnSpec& column) {
    const bool is_map = column.type.id() == TypeId::map && column.type.children().back().id() == TypeId::text;
    if (is_map) return rows.text_map(0, column.name);
    if (column.type.id() == TypeId::text) return rows.text(0, column.name);
    return format_value(column.type, rows.cell(0, column.name));
}

}  // namespace

const LiveColumn* LiveTable::find(std::string_view column) const noexcept {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const auto& each) { return each.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

std::vector<const LiveColumn*> LiveTable::key(ColumnKind kind) const {
    std::vector<const LiveColumn*> key;
    for (const LiveColumn& column : columns)
        if (column.kind == kind) key.push_back(&column);
    std::sort(key.begin(), key.end(), [](const auto* a, const auto* b) { return a->position < b->position; });
    return key;
}

bool LiveSchema::keyspace_exists() const {
    return SystemRows(driver_, select_of("keyspaces", keyspace_).column("keyspace_name"), doing_).size() != 0;
}

std::optional<LiveTable> LiveSchema::table(std::string_view name) const {
    // All columns: which options there are depends on the database and its version.
    const SystemRows rows(driver_, select_of("tables", keyspace_).where(cql::eq("table_name", name)), doing_);
    if (rows.size() == 0) return std::nullopt;
    LiveTable table;
    for (const ColumnSpec& column : rows.columns())
        if (column.name != "keyspace_name" && column.name != "table_name" &&
            !rows.cell(0, column.name).is_null())
            table.options.emplace(column.name, option_of(rows, column));
    read_columns(name, table);
    read_dropped_columns(name, table);
    return table;
}

void LiveSchema::read_columns(std::string_view table, LiveTable& into) const {
    const SystemRows rows(driver_,
                          select_of("columns", keyspace_)
                              .columns({"column_name", "type", "kind", "position", "clustering_order"})
                              .where(cql::eq("table_name", table)),
                          doing_);
    for (std::size_t i = 0; i < rows.size(); ++i)
        into.columns.push_back(
            {.name = rows.text(i, "column_name"),
             .type = rows.text(i, "type"),
             .kind = kind_of(rows.text(i, "kind")),
             .position = rows.integer(i, "position"),
             .order = rows.text(i, "clustering_order") == "desc" ? Order::desc : Order::asc});
}

void LiveSchema::read_dropped_columns(std::string_view table, LiveTable& into) const {
    const SystemRows rows(driver_,
                          select_of("dropped_columns", keyspace_)
                              .columns({"column_name", "type"})
                              .where(cql::eq("table_name", table)),
                          doing_);
    for (std::size_t i = 0; i < rows.size(); ++i)
        into.dropped_columns.emplace(rows.text(i, "column_name"), rows.text(i, "type"));
}

std::vector<LiveIndex> LiveSchema::indexes() const {
    const SystemRows rows(
        driver_, select_of("indexes", keyspace_).columns({"table_name", "index_name", "options"}), doing_);
    std::vector<LiveIndex> indexes;
    for (std::size_t i = 0; i < rows.size(); ++i)
        indexes.push_back({.name = rows.text(i, "index_name"),
                           .table = rows.text(i, "table_name"),
                           .target = rows.text_map(i, "options")["target"]});
    return indexes;
}

std::map<std::string, LiveType, std::less<>> LiveSchema::types() const {
    const SystemRows rows(
        driver_, select_of("types", keyspace_).columns({"type_name", "field_names", "field_types"}), doing_);
    std::map<std::string, LiveType, std::less<>> types;
    for (std::size_t i = 0; i < rows.size(); ++i)
        types.emplace(rows.text(i, "type_name"),
                      LiveType{rows.texts(i, "field_names"), rows.texts(i, "field_types")});
    return types;
}

}  // namespace coodie::schema
