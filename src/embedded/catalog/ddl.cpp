// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/ddl.hpp"

#include "embedded/catalog/options.hpp"
#include "embedded/catalog/records.hpp"
#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/schema_edit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

bool is_word(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void check_keyspace_name(const std::string& name) {
    if (name.empty() || !is_word(name))
        refuse_invalid(
            fmt::format("Keyspace name must not be empty and must contain alphanumeric or underscore "
                        "characters only (got \"{}\")",
                        name));
    if (name.size() > 48)
        refuse_invalid(fmt::format(
            "Keyspace name must not be more than 48 characters long (got {} characters for \"{}\")",
            name.size(), name));
}

struct Applier {
    SchemaEdit& edit;
    Change operator()(const ast::CreateKeyspace& s) { return create_keyspace(edit, s); }
    Change operator()(const ast::AlterKeyspace& s) { return alter_keyspace(edit, s); }
    Change operator()(const ast::DropKeyspace& s) { return drop_keyspace(edit, s); }
    Change operator()(const ast::CreateTable& s) { return create_table(edit, s); }
    Change operator()(const ast::AlterTable& s) { return alter_table(edit, s); }
    Change operator()(const ast::DropTable& s) { return drop_table(edit, s); }
    Change operator()(const ast::CreateType& s) { return create_type(edit, s); }
    Change operator()(const ast::AlterType& s) { return alter_type(edit, s); }
    Change operator()(const ast::DropType& s) { return drop_type(edit, s); }
    Change operator()(const ast::CreateIndex& s) { return create_index(edit, s); }
    Change operator()(const ast::DropIndex& s) { return drop_index(edit, s); }
    template <class Other>
    Change operator()(const Other&) {
        throw Refused{Error(ErrorKind::invalid_query, "not a schema statement")};
    }
};

/// Records of everything that differs between two versions of a keyspace.
void compare(const Keyspace& before, const Keyspace& after, Change& change) {
    if (before.replication != after.replication || before.durable_writes != after.durable_writes)
        change.records.emplace_back(keyspace_record_name(after.name), write_record(after));
    for (const auto& [name, type] : after.types) {
        const auto old = before.types.find(name);
        if (old == before.types.end() || old->second != type)
            change.records.emplace_back(type_record_name(after.name, name), write_record(*type));
    }
    for (const auto& [name, type] : before.types)
        if (!after.types.contains(name))
            change.records.emplace_back(type_record_name(after.name, name), std::nullopt);
    for (const auto& [name, table] : after.tables) {
        const auto old = before.tables.find(name);
        if (old == before.tables.end() || old->second != table)
            change.records.emplace_back(table_record_name(after.name, name), write_record(*table));
    }
    for (const auto& [name, table] : before.tables)
        if (!after.tables.contains(name))
            change.records.emplace_back(table_record_name(after.name, name), std::nullopt);
}

}  // namespace

void check_name(std::string_view what, const std::string& name) {
    if (!is_word(name)) refuse_config("Illegal " + std::string(what) + " name " + name);
}

std::string SchemaEdit::keyspace_of(const std::string& written) const {
    if (!written.empty()) return written;
    if (!default_keyspace.empty()) return std::string(default_keyspace);
    refuse_invalid(
        "No keyspace has been specified. USE a keyspace, or explicitly specify keyspace.tablename");
}

bool SchemaEdit::is_system(std::string_view keyspace) {
    return keyspace == "system" || keyspace == "system_schema" || keyspace == "system_virtual_schema" ||
           keyspace == "system_views";
}

void SchemaEdit::check_writable(std::string_view keyspace) {
    if (is_system(keyspace))
        refuse(server_code::unauthorized, std::string(keyspace) + " keyspace is not user-modifiable.");
}

Change SchemaEdit::nothing() const {
    Change change;
    change.catalog = before;
    return change;
}

Change SchemaEdit::done(ChangeKind kind, ChangeTarget target, Keyspace keyspace, std::string name) const {
    Change change;
    change.kind = kind;
    change.target = target;
    change.keyspace = keyspace.name;
    change.name = std::move(name);
    const auto old = before->keyspace(keyspace.name);
    if (old) {
        compare(*old, keyspace, change);
    } else {
        change.records.emplace_back(keyspace_record_name(keyspace.name), write_record(keyspace));
    }
    if (next_storage_id != before->next_storage_id())
        change.records.emplace_back(storage_ids_record_name, write_storage_ids_record(next_storage_id));
    change.catalog = before->with(std::move(keyspace), next_storage_id);
    return change;
}

void SchemaEdit::put(Keyspace& keyspace, Table table) {
    std::string name = table.name;
    keyspace.tables.insert_or_assign(std::move(name), std::make_shared<const Table>(std::move(table)));
}

Change create_keyspace(SchemaEdit& edit, const ast::CreateKeyspace& statement) {
    Keyspace keyspace;
    keyspace.name = statement.keyspace.name;
    check_keyspace_options(statement.properties, true);
    if (SchemaEdit::is_system(keyspace.name))
        refuse_invalid("System keyspace '" + keyspace.name + "' is not user-modifiable");
    check_keyspace_name(keyspace.name);
    const bool exists = edit.before->keyspace(keyspace.name) != nullptr;
    if (exists && statement.if_not_exists) return edit.nothing();
    if (exists) refuse(server_code::already_exists, "Cannot add existing keyspace \"" + keyspace.name + "\"");
    apply_keyspace_options(statement.properties, keyspace.name, keyspace.replication,
                           keyspace.durable_writes);

    return edit.done(ChangeKind::created, ChangeTarget::keyspace, std::move(keyspace), "");
}

Change alter_keyspace(SchemaEdit& edit, const ast::AlterKeyspace& statement) {
    const std::string& name = statement.keyspace.name;
    SchemaEdit::check_writable(name);
    check_keyspace_options(statement.properties, false);
    const auto old = edit.before->keyspace(name);
    if (!old && statement.if_exists) return edit.nothing();
    if (!old) refuse_invalid("Keyspace '" + name + "' doesn't exist");
    Keyspace keyspace = *old;
    apply_keyspace_options(statement.properties, name, keyspace.replication, keyspace.durable_writes);
    return edit.done(ChangeKind::updated, ChangeTarget::keyspace, std::move(keyspace), "");
}

Change drop_keyspace(SchemaEdit& edit, const ast::DropKeyspace& statement) {
    const std::string& name = statement.keyspace.name;
    SchemaEdit::check_writable(name);
    const auto old = edit.before->keyspace(name);
    if (!old && statement.if_exists) return edit.nothing();
    if (!old) refuse_invalid("Keyspace '" + name + "' doesn't exist");
    Change change;
    change.kind = ChangeKind::dropped;
    change.target = ChangeTarget::keyspace;
    change.keyspace = name;
    change.catalog = edit.before->without(name);
    for (const auto& [table_name, table] : old->tables) {
        change.records.emplace_back(table_record_name(name, table_name), std::nullopt);
        change.dropped_storage.push_back(table->storage_id);
        for (const Index& index : table->indexes) change.dropped_storage.push_back(index.storage_id);
    }
    for (const auto& [type_name, type] : old->types)
        change.records.emplace_back(type_record_name(name, type_name), std::nullopt);
    change.records.emplace_back(keyspace_record_name(name), std::nullopt);
    return change;
}

std::variant<Change, Error> apply(const std::shared_ptr<const Catalog>& catalog,
                                  const ast::Statement& statement, std::string_view keyspace,
                                  std::int64_t now) {
    try {
        SchemaEdit edit{catalog, keyspace, now};
        return std::visit(Applier{edit}, statement.node);
    } catch (const Refused& refused) {
        return refused.error;
    }
}

}  // namespace coodie::embedded
