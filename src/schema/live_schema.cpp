// SPDX-License-Identifier: Apache-2.0
#include "schema/live_schema.hpp"

#include "schema/system_rows.hpp"

#include <coodie/codec/dynamic.hpp>

#include <algorithm>

namespace coodie::schema {
namespace {

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

Steps<SystemRows> LiveSchema::rows(const char* system_table, const std::vector<std::string>& columns,
                                   std::string_view table) const {
    cql::Select query = cql::select_from("system_schema", system_table);
    if (!columns.empty()) query.columns(columns);
    query.where(cql::eq("keyspace_name", keyspace_));
    if (!table.empty()) query.where(cql::eq("table_name", table));
    return SystemRows::read(SystemRows::statement_of(query), doing_);
}

Steps<bool> LiveSchema::keyspace_exists() const {
    const std::vector<std::string> columns{"keyspace_name"};
    const SystemRows found = co_await rows("keyspaces", columns, {});
    co_return found.size() != 0;
}

Steps<std::optional<LiveTable>> LiveSchema::table(std::string name) const {
    // All columns: which options there are depends on the database and its version.
    const std::vector<std::string> all;
    const SystemRows found = co_await rows("tables", all, name);
    if (found.size() == 0) co_return std::nullopt;
    std::optional<LiveTable> table(std::in_place);
    for (const ColumnSpec& column : found.columns())
        if (column.name != "keyspace_name" && column.name != "table_name" &&
            !found.cell(0, column.name).is_null())
            table->options.emplace(column.name, option_of(found, column));
    co_await read_columns(name, *table);
    co_await read_dropped_columns(name, *table);
    co_return table;
}

Steps<void> LiveSchema::read_columns(const std::string& table, LiveTable& into) const {
    const std::vector<std::string> columns{"column_name", "type", "kind", "position", "clustering_order"};
    const SystemRows found = co_await rows("columns", columns, table);
    for (std::size_t i = 0; i < found.size(); ++i)
        into.columns.push_back(
            {.name = found.text(i, "column_name"),
             .type = found.text(i, "type"),
             .kind = kind_of(found.text(i, "kind")),
             .position = found.integer(i, "position"),
             .order = found.text(i, "clustering_order") == "desc" ? Order::desc : Order::asc});
}

Steps<void> LiveSchema::read_dropped_columns(const std::string& table, LiveTable& into) const {
    const std::vector<std::string> columns{"column_name", "type"};
    const SystemRows found = co_await rows("dropped_columns", columns, table);
    for (std::size_t i = 0; i < found.size(); ++i)
        into.dropped_columns.emplace(found.text(i, "column_name"), found.text(i, "type"));
}

Steps<std::vector<LiveIndex>> LiveSchema::indexes() const {
    const std::vector<std::string> columns{"table_name", "index_name", "options"};
    const SystemRows found = co_await rows("indexes", columns, {});
    std::vector<LiveIndex> indexes;
    for (std::size_t i = 0; i < found.size(); ++i)
        indexes.push_back({.name = found.text(i, "index_name"),
                           .table = found.text(i, "table_name"),
                           .target = found.text_map(i, "options")["target"]});
    co_return indexes;
}

Steps<LiveTypes> LiveSchema::types() const {
    const std::vector<std::string> columns{"type_name", "field_names", "field_types"};
    const SystemRows found = co_await rows("types", columns, {});
    LiveTypes types;
    for (std::size_t i = 0; i < found.size(); ++i) {
        LiveType type{found.texts(i, "field_names"), found.texts(i, "field_types")};
        types.emplace(found.text(i, "type_name"), std::move(type));
    }
    co_return types;
}

}  // namespace coodie::schema
