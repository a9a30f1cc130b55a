// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/options.hpp"
#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/schema_edit.hpp"
#include "embedded/catalog/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace coodie::embedded {
namespace {

constexpr std::string_view useless_static =
    "Static columns are only useful (and thus allowed) if the table has at least one clustering column";

/// A version 1 UUID of the time, told apart from those of the same microsecond by the storage id.
SchemaId make_id(std::int64_t now, std::uint32_t storage_id) {
    const std::uint64_t ticks = static_cast<std::uint64_t>(now) * 10 + 0x01b21dd213814000ULL;
    const std::uint64_t parts[2] = {(ticks & 0xffffffffULL) << 32 | (ticks >> 32 & 0xffffULL) << 16 |
                                        0x1000ULL | (ticks >> 48 & 0xfffULL),
                                    0x8000ULL << 48 | 0x0100ULL << 32 | storage_id};
    SchemaId id{};
    for (std::size_t i = 0; i < id.size(); ++i)
        id[i] = static_cast<std::byte>(parts[i / 8] >> (8 * (7 - i % 8)));
    return id;
}

std::shared_ptr<const Keyspace> keyspace_for_table(const SchemaEdit& edit, const std::string& name) {
    SchemaEdit::check_writable(name);
    auto keyspace = edit.before->keyspace(name);
    if (!keyspace) refuse_invalid("Keyspace '" + name + "' doesn't exist");
    return keyspace;
}

void check_key_type(const Column& column) {
    if (column.type.is_multi_cell()) {
        if (column.type.is_collection())
            refuse_invalid(fmt::format("Invalid non-frozen collection type {} for PRIMARY KEY column '{}'",
                                       column.type.to_string(), column.name));
        refuse_invalid(
            fmt::format("Invalid non-frozen user-defined type \"{}.{}\" for PRIMARY KEY column '{}'",
                        column.type.keyspace(), column.type.name(), column.name));
    }
    if (column.is_counter())
        refuse_invalid("counter type is not supported for PRIMARY KEY column '" + column.name + "'");
    if (mentions_type(column.type, TypeId::duration))
        refuse_invalid("duration type is not supported for PRIMARY KEY column '" + column.name + "'");
}

Column make_column(const ast::ColumnDefinition& definition, const Keyspace& keyspace, std::uint16_t id) {
    Column column;
    column.name = definition.column.name;
    column.type = resolve_type(definition.type.type, keyspace.name, keyspace.types);
    column.kind = definition.is_static ? ColumnKind::static_ : ColumnKind::regular;
    column.id = id;
    return column;
}

void add_key(Table& table, const std::vector<ast::Identifier>& names, ColumnKind kind) {
    std::uint16_t position = 0;
    for (const ast::Identifier& name : names) {
        Column* column = const_cast<Column*>(table.find(name.name));
        if (column == nullptr)
            refuse_invalid(fmt::format("Unknown column '{}' referenced in PRIMARY KEY for table '{}'",
                                       name.name, table.name));
        if (column->is_key())
            refuse_invalid(fmt::format("Duplicate column '{}' in PRIMARY KEY clause for table '{}'",
                                       name.name, table.name));
        if (column->is_static())
            refuse_invalid("Static column '" + column->name + "' cannot be part of the PRIMARY KEY");
        check_key_type(*column);
        column->kind = kind;
        column->position = position++;
    }
}

/// The key columns of PRIMARY KEY (...), or of the one column that says so itself.
std::vector<ast::Identifier> partition_key_of(const ast::CreateTable& statement) {
    std::vector<ast::Identifier> key = statement.partition_key;
    std::size_t declared = statement.has_primary_key_clause ? 1 : 0;
    for (const ast::ColumnDefinition& definition : statement.columns) {
        if (!definition.is_primary_key) continue;
        ++declared;
        if (!statement.has_primary_key_clause) key = {definition.column};
    }
    if (declared == 0)
        refuse_invalid(fmt::format("No PRIMARY KEY specifed for table '{}' (exactly one required)",
                                   statement.table.name));
    if (declared > 1)
        refuse_invalid(fmt::format("Multiple PRIMARY KEY specified for table '{}' (exactly one required)",
                                   statement.table.name));
    return key;
}

void check_no_duplicates(const ast::CreateTable& statement) {
    std::set<std::string_view> names;
    for (const ast::ColumnDefinition& definition : statement.columns)
        if (!names.insert(definition.column.name).second)
            refuse_invalid(fmt::format("Duplicate column '{}' declaration for table '{}'",
                                       definition.column.name, statement.table.name));
}

void apply_clustering_order(Table& table, const ast::CreateTable& statement) {
    std::string strangers;
    for (const ast::ClusteringOrder& order : statement.clustering_order) {
        const Column* column = table.find(order.column.name);
        if (column == nullptr || column->kind != ColumnKind::clustering)
            strangers += (strangers.empty() ? "" : ", ") + order.column.name;
    }
    if (!strangers.empty())
        refuse_invalid("Only clustering key columns can be defined in CLUSTERING ORDER directive: [" +
                       strangers + "] are not clustering columns");
    const auto is_ordered = [&](const std::string& name) {
        return std::ranges::any_of(statement.clustering_order,
                                   [&](const auto& o) { return o.column.name == name; });
    };
    for (std::size_t i = 0; i < statement.clustering_order.size(); ++i) {
        const ast::ClusteringOrder& order = statement.clustering_order[i];
        const std::string& expected =
            statement.clustering_key.at(std::min(i, statement.clustering_key.size() - 1)).name;
        if (order.column.name != expected) {
            if (!is_ordered(expected)) refuse_invalid("Missing CLUSTERING ORDER for column " + expected);
            refuse_invalid(fmt::format(
                "The order of columns in the CLUSTERING ORDER directive must match that of the clustering "
                "columns ({} must appear before {})",
                expected, order.column.name));
        }
        const_cast<Column*>(table.find(order.column.name))->descending = order.descending;
    }
}

void check_columns(const Table& table) {
    if (table.has_statics() && table.clustering_size == 0) refuse_invalid(std::string(useless_static));
    const auto values = std::span(table.columns).subspan(table.key_size());
    if (table.is_counter && !std::ranges::all_of(values, [](const Column& c) { return c.is_counter(); }))
        refuse_invalid("Cannot mix counter and non counter columns in the same table");
}

void check_table_name(const std::string& keyspace, const std::string& name) {
    const bool fine = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!fine)
        refuse_config(
            fmt::format("{}.{}: Table name must not be empty or not contain non-alphanumeric-underscore "
                        "characters (got \"{}\")",
                        keyspace, name, name));
}

void check_against_dropped(const Table& table, const Column& column) {
    for (const DroppedColumn& dropped : table.dropped) {
        if (dropped.name != column.name) continue;
        const auto kind = [](bool is_static) { return is_static ? "STATIC" : "REGULAR"; };
        if (dropped.is_static != column.is_static())
            refuse_invalid(fmt::format(
                "Cannot re-add previously dropped column '{}' of kind {}, incompatible with previous kind {}",
                column.name, kind(column.is_static()), kind(dropped.is_static)));
        if (dropped.type.to_string() != column.type.to_string())
            refuse_invalid(fmt::format(
                "Cannot re-add previously dropped column '{}' of type {}, incompatible with previous type {}",
                column.name, column.type.to_string(), dropped.type.to_string()));
        if (column.is_counter())
            refuse_invalid(fmt::format("Cannot re-add previously dropped counter column {}", column.name));
    }
}

/// @return false when IF NOT EXISTS left nothing to add.
bool add_columns(Table& table, const Keyspace& keyspace, const ast::AddColumns& add) {
    bool added = false;
    for (const ast::ColumnDefinition& definition : add.columns) {
        if (table.find(definition.column.name) != nullptr) {
            if (add.if_not_exists) continue;
            refuse_invalid("Column with name '" + definition.column.name + "' already exists");
        }
        Column column = make_column(definition, keyspace, table.next_column_id);
        if (table.next_column_id == UINT16_MAX)
            refuse_invalid("table " + table.name + " has had 65534 columns already: create a new one");
        if (column.is_static() && table.clustering_size == 0) refuse_invalid(std::string(useless_static));
        check_against_dropped(table, column);
        if (column.is_counter() != table.is_counter)
            refuse_config(fmt::format("{}.{}: Cannot have a {}counter column (\"{}\") in a {}counter table",
                                      table.keyspace, table.name, table.is_counter ? "non " : "", column.name,
                                      table.is_counter ? "" : "non "));
        ++table.next_column_id;

        table.columns.push_back(std::move(column));
        added = true;
    }
    return added;
}

void check_no_index(const Table& table, const Column& column) {
    std::string names;
    for (const Index& index : table.indexes)
        if (index.column_id == column.id) names += (names.empty() ? "" : ", ") + index.name;
    if (!names.empty())
        refuse_invalid(fmt::format("Cannot drop column {} because it has dependent secondary indexes ({})",
                                   column.name, names));
}

bool drop_columns(Table& table, const ast::DropColumns& drop, std::int64_t now) {
    if (drop.timestamp) refuse_unsupported("ALTER TABLE DROP USING TIMESTAMP");
    bool any = false;
    for (const ast::Identifier& name : drop.columns) {
        const Column* column = table.find(name.name);
        if (column == nullptr) {
            if (drop.if_exists) continue;
            refuse_invalid(fmt::format("Column {} was not found in table '{}.{}'", name.name, table.keyspace,
                                       table.name));
        }
        if (column->is_key()) refuse_invalid("Cannot drop PRIMARY KEY column " + name.name);
        check_no_index(table, *column);
        std::erase_if(table.dropped,
                      [&](const DroppedColumn& dropped) { return dropped.name == column->name; });
        table.dropped.push_back({column->name, column->type, column->is_static(), now, column->id});
        table.columns.erase(table.columns.begin() + table.index_of(*column));
        any = true;
    }
    return any;
}

bool rename_columns(Table& table, const ast::RenameColumns& rename) {
    for (const ast::RenamedName& name : rename.names) {
        Column* column = const_cast<Column*>(table.find(name.from.name));
        if (column == nullptr)
            refuse_invalid(fmt::format("Undefined column name {} in table {}.{}", name.from.name,
                                       table.keyspace, table.name));
        if (!column->is_key()) refuse_invalid("Cannot rename non PRIMARY KEY column " + name.from.name);
        if (table.find(name.to.name) != nullptr)
            refuse_invalid(
                fmt::format("Cannot rename column {} to {} in table '{}.{}'; another column with that name "
                            "already exists",
                            name.from.name, name.to.name, table.keyspace, table.name));
        for (const Index& index : table.indexes)
            if (index.column_id == column->id)
                refuse_invalid(
                    fmt::format("Can't rename column {} because it has dependent secondary indexes ({})",
                                name.from.name, index.name));
        column->name = name.to.name;
    }
    return true;
}

}  // namespace

Change create_table(SchemaEdit& edit, const ast::CreateTable& statement) {
    const std::vector<ast::Identifier> partition_key = partition_key_of(statement);
    check_no_duplicates(statement);
    check_table_option_names(statement.properties);
    const std::string keyspace_name = edit.keyspace_of(statement.table.keyspace);
    Keyspace keyspace = *keyspace_for_table(edit, keyspace_name);
    if (keyspace.tables.contains(statement.table.name)) {
        if (statement.if_not_exists) return edit.nothing();
        refuse(server_code::already_exists,
               fmt::format("Cannot add already existing table \"{}\" to keyspace \"{}\"",
                           statement.table.name, keyspace_name));
    }
    Table table;
    table.keyspace = keyspace_name;
    table.name = statement.table.name;
    for (const ast::ColumnDefinition& definition : statement.columns) {
        table.columns.push_back(make_column(definition, keyspace, table.next_column_id));
        ++table.next_column_id;
    }
    if (statement.columns.size() > 32767)
        refuse_invalid("too many columns: " + std::to_string(statement.columns.size()));
    add_key(table, partition_key, ColumnKind::partition_key);
    add_key(table, statement.clustering_key, ColumnKind::clustering);
    apply_clustering_order(table, statement);
    table.arrange();
    check_columns(table);
    apply_table_options(statement.properties, table, table.options);
    check_table_name(keyspace_name, table.name);
    table.storage_id = edit.next_storage_id++;
    table.id = make_id(edit.now, table.storage_id);
    std::string name = table.name;
    SchemaEdit::put(keyspace, std::move(table));
    return edit.done(ChangeKind::created, ChangeTarget::table, std::move(keyspace), std::move(name));
}

Change alter_table(SchemaEdit& edit, const ast::AlterTable& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.table.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    const auto old = edit.before->table(keyspace_name, statement.table.name);
    if (!old && statement.if_exists) return edit.nothing();
    if (!old) refuse_invalid(fmt::format("Table '{}.{}' doesn't exist", keyspace_name, statement.table.name));
    Keyspace keyspace = *edit.before->keyspace(keyspace_name);
    Table table = *old;
    bool changed = true;
    if (const auto* add = std::get_if<ast::AddColumns>(&statement.action)) {
        changed = add_columns(table, keyspace, *add);
    } else if (const auto* drop = std::get_if<ast::DropColumns>(&statement.action)) {
        changed = drop_columns(table, *drop, edit.now);
    } else if (const auto* rename = std::get_if<ast::RenameColumns>(&statement.action)) {
        changed = rename_columns(table, *rename);
    } else {
        const auto& set = std::get<ast::SetProperties>(statement.action);
        for (const ast::Property& property : set.properties)
            if (property.name.name == "id") refuse_config("Invalid table id");
        apply_table_options(set.properties, table, table.options);
    }
    if (!changed) return edit.nothing();
    table.arrange();
    std::string name = table.name;
    SchemaEdit::put(keyspace, std::move(table));
    return edit.done(ChangeKind::updated, ChangeTarget::table, std::move(keyspace), std::move(name));
}

Change drop_table(SchemaEdit& edit, const ast::DropTable& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.table.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    const auto table = edit.before->table(keyspace_name, statement.table.name);
    if (!table && statement.if_exists) return edit.nothing();
    if (!table)
        refuse_invalid(fmt::format("Table '{}.{}' doesn't exist", keyspace_name, statement.table.name));
    Keyspace keyspace = *edit.before->keyspace(keyspace_name);
    keyspace.tables.erase(table->name);
    Change change = edit.done(ChangeKind::dropped, ChangeTarget::table, std::move(keyspace), table->name);
    change.dropped_storage.push_back(table->storage_id);
    for (const Index& index : table->indexes) change.dropped_storage.push_back(index.storage_id);
    return change;
}

}  // namespace coodie::embedded
