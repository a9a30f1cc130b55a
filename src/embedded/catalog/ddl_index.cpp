// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/schema_edit.hpp"
#include "embedded/catalog/types.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

/// What `CREATE INDEX ON t (c)` indexes of a column: the values of a collection, else the whole value.
IndexTarget target_of(ast::IndexTargetKind kind, const Column& column) {
    switch (kind) {
        case ast::IndexTargetKind::keys: return IndexTarget::keys;
        case ast::IndexTargetKind::values: return IndexTarget::values;
        case ast::IndexTargetKind::entries: return IndexTarget::entries;
        case ast::IndexTargetKind::full: return IndexTarget::full;
        case ast::IndexTargetKind::plain: break;
    }
    return column.type.is_collection() ? IndexTarget::values : IndexTarget::value;
}

std::string_view target_name(IndexTarget target) {
    switch (target) {
        case IndexTarget::keys: return "keys";
        case IndexTarget::values: return "values";
        case IndexTarget::entries: return "entries";
        case IndexTarget::full: return "full";
        case IndexTarget::value: break;
    }
    return "";
}

/// The column's name as system_schema.indexes writes it: quoted when it has to be.
std::string quoted(const std::string& name) {
    const bool plain =
        !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (plain) return name;
    std::string made = "\"";
    for (const char c : name) made += c == '"' ? "\"\"" : std::string(1, c);
    return made + "\"";
}

void check_target(const Table& table, const Column& column, IndexTarget target) {
    const DataType& type = column.type;
    if (table.is_counter) refuse_invalid("Secondary indexes on counter tables aren't supported");
    if (column.kind == ColumnKind::partition_key && table.partition_key_size == 1)
        refuse_invalid("Cannot create secondary index on the only partition key column " + column.name);
    if (target == IndexTarget::full && !(type.is_collection() && type.is_frozen()))
        refuse_invalid("full() indexes can only be created on frozen collections");
    if (target != IndexTarget::value && target != IndexTarget::full && type.is_frozen() &&
        type.is_collection())
        refuse_invalid(
            fmt::format("Cannot create {}() index on frozen column {}. Frozen collections are immutable and "
                        "must be fully "
                        "indexed by using the 'full({})' modifier",
                        target_name(target), column.name, column.name));
    if ((target == IndexTarget::keys || target == IndexTarget::entries) && type.id() != TypeId::map)
        refuse_invalid(fmt::format("Cannot create index on {} of column {} with non-map type",
                                   target_name(target), column.name));
    if (target == IndexTarget::values && !type.is_collection())
        refuse_invalid(
            fmt::format("Cannot create index on values of column {} with non-collection type", column.name));
    if (type.id() == TypeId::udt && type.is_multi_cell())
        refuse_invalid("Cannot create index on non-frozen UDT column " + column.name);
    if (mentions_type(type, TypeId::duration)) {
        if (type.id() == TypeId::duration)
            refuse_invalid("Secondary indexes are not supported on duration columns");
        refuse_invalid("Secondary indexes are not supported on " +
                       std::string(type.is_collection()       ? "collections containing durations"
                                   : type.id() == TypeId::udt ? "UDTs containing durations"
                                                              : "tuples containing durations"));
    }
}

bool has_index(const Keyspace& keyspace, const std::string& name) {
    return std::ranges::any_of(keyspace.tables,
                               [&](const auto& entry) { return entry.second->find_index(name) != nullptr; });
}

/// t_c_idx, t_c_idx_1, ...
std::string free_name(const Keyspace& keyspace, const std::string& table, const std::string& column) {
    std::string base = table + "_" + column + "_idx";
    std::erase_if(base, [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    });
    std::string name = base;
    for (int i = 1; has_index(keyspace, name); ++i) name = base + "_" + std::to_string(i);
    return name;
}

void check_class(const ast::CreateIndex& statement) {
    const bool is_default = statement.using_class.empty() || statement.using_class == "legacy_local_table";
    if (!is_default) refuse_unsupported("the index class '" + statement.using_class + "'");
    if (statement.custom) refuse_config("Unable to find custom indexer class 'legacy_local_table'");
    if (!statement.properties.empty()) refuse_invalid("Cannot specify options for a non-CUSTOM index");
}

}  // namespace

Change create_index(SchemaEdit& edit, const ast::CreateIndex& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.table.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    check_class(statement);
    const auto before = edit.before->keyspace(keyspace_name);
    if (!before) refuse_invalid("Keyspace '" + keyspace_name + "' doesn't exist");
    const auto old = edit.before->table(keyspace_name, statement.table.name);
    if (!old) refuse_invalid("Table '" + statement.table.name + "' doesn't exist");
    if (!statement.name.empty() && has_index(*before, statement.name)) {
        if (statement.if_not_exists) return edit.nothing();
        refuse_invalid("Index '" + statement.name + "' already exists");
    }
    if (statement.targets.size() > 1) refuse_invalid("Only CUSTOM indexes support multiple columns");
    if (statement.targets.empty())
        refuse_invalid("Only CUSTOM indexes can be created without specifying a target column");
    if (!statement.name.empty()) check_name("index", statement.name);
    Table table = *old;
    const ast::IndexTarget& written = statement.targets.front();
    const Column* column = table.find(written.column.name);
    if (column == nullptr)
        refuse_invalid(fmt::format("Undefined column name {} in table {}.{}", written.column.name,
                                   keyspace_name, table.name));
    Index index;
    index.target = target_of(written.kind, *column);
    if (written.kind == ast::IndexTargetKind::plain && column->type.is_collection() &&
        column->type.is_frozen())
        index.target = IndexTarget::values;  // refused below, as Cassandra does
    check_target(table, *column, index.target);
    index.name = statement.name.empty() ? free_name(*before, table.name, column->name) : statement.name;
    for (const Index& other : table.indexes) {
        if (other.column_id != column->id || other.target != index.target) continue;
        if (statement.if_not_exists) return edit.nothing();
        refuse_invalid(fmt::format("Index {} is a duplicate of existing index {}", index.name, other.name));
    }
    index.column_id = column->id;
    index.storage_id = edit.next_storage_id++;
    const std::string name = quoted(column->name);
    index.options["target"] =
        index.target == IndexTarget::value ? name : fmt::format("{}({})", target_name(index.target), name);
    std::string created = index.name;
    table.indexes.push_back(std::move(index));
    table.arrange();
    Keyspace keyspace = *before;
    std::string table_name = table.name;
    SchemaEdit::put(keyspace, std::move(table));
    Change change =
        edit.done(ChangeKind::updated, ChangeTarget::table, std::move(keyspace), std::move(table_name));
    change.created_index = std::move(created);
    return change;
}

Change drop_index(SchemaEdit& edit, const ast::DropIndex& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.index.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    const auto old = edit.before->table_of_index(keyspace_name, statement.index.name);
    if (!old) {
        if (statement.if_exists) return edit.nothing();
        refuse_invalid(fmt::format("Index '{}.{}' doesn't exist'", keyspace_name, statement.index.name));
    }
    Table table = *old;
    const std::uint32_t storage_id = table.find_index(statement.index.name)->storage_id;
    std::erase_if(table.indexes, [&](const Index& index) { return index.name == statement.index.name; });
    Keyspace keyspace = *edit.before->keyspace(keyspace_name);
    std::string table_name = table.name;
    SchemaEdit::put(keyspace, std::move(table));
    Change change =
        edit.done(ChangeKind::updated, ChangeTarget::table, std::move(keyspace), std::move(table_name));
    change.dropped_storage.push_back(storage_id);
    return change;
}

}  // namespace coodie::embedded
