// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/schema_edit.hpp"
#include "embedded/catalog/types.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

DataType field_type(const ast::FieldDefinition& definition, const Keyspace& keyspace) {
    const DataType& written = definition.type.type;
    if (written.id() == TypeId::counter) refuse_invalid("A user type cannot contain counters");
    if (written.id() == TypeId::udt && !written.is_frozen())
        refuse_invalid("A user type cannot contain non-frozen UDTs");
    return resolve_type(written, keyspace.name, keyspace.types);
}

/// Whatever is built of the type gets its new fields.
void relink(Keyspace& keyspace, const std::string& type_name) {
    for (auto& [name, type] : keyspace.types) {
        if (name == type_name) continue;
        if (std::ranges::none_of(type->field_types,
                                 [&](const DataType& t) { return mentions_type(t, type_name); }))
            continue;
        UserType copy = *type;
        for (DataType& field : copy.field_types) field = relink_type(field, keyspace.name, keyspace.types);
        type = std::make_shared<const UserType>(std::move(copy));
    }
    for (auto& [name, table] : keyspace.tables) {
        if (std::ranges::none_of(table->columns,
                                 [&](const Column& c) { return mentions_type(c.type, type_name); }))
            continue;
        Table copy = *table;
        for (Column& column : copy.columns)
            column.type = relink_type(column.type, keyspace.name, keyspace.types);
        table = std::make_shared<const Table>(std::move(copy));
    }
}

/// @return false when IF NOT EXISTS left nothing to add.
bool add_fields(UserType& type, const Keyspace& keyspace, const ast::AddFields& add) {
    bool added = false;
    for (const ast::FieldDefinition& definition : add.fields) {
        DataType field = field_type(definition, keyspace);
        const std::string& name = definition.field.name;
        if (std::ranges::find(type.field_names, name) != type.field_names.end()) {
            if (add.if_not_exists) continue;
            refuse_invalid(
                fmt::format("Cannot add field {} to type {}.{}: a field with name {} already exists", name,
                            keyspace.name, type.name, name));
        }
        if (mentions_type(field, type.name))
            refuse_invalid(
                fmt::format("Cannot add new field {} of type {} to user type {}.{} as it would create a "
                            "circular reference",
                            name, field.to_string(), keyspace.name, type.name));
        type.field_names.push_back(name);
        type.field_types.push_back(std::move(field));
        added = true;
    }
    return added;
}

bool rename_fields(UserType& type, const Keyspace& keyspace, const ast::RenameFields& rename) {
    bool renamed = false;
    for (const ast::RenamedName& name : rename.names) {
        const auto found = std::ranges::find(type.field_names, name.from.name);
        if (found == type.field_names.end()) {
            if (rename.if_exists) continue;
            refuse_invalid(
                fmt::format("Unkown field {} in user type {}.{}", name.from.name, keyspace.name, type.name));
        }
        if (std::ranges::find(type.field_names, name.to.name) != type.field_names.end())
            refuse_invalid(fmt::format("Duplicate field name {} in type {}", name.to.name, keyspace.name));
        *found = name.to.name;
        renamed = true;
    }
    return renamed;
}

void check_unused(const Keyspace& keyspace, const std::string& type_name) {
    std::string users;
    for (const auto& [name, type] : keyspace.types)
        if (std::ranges::any_of(type->field_types,
                                [&](const DataType& t) { return mentions_type(t, type_name); }))
            users += (users.empty() ? "" : ", ") + name;
    if (!users.empty())
        refuse_invalid(fmt::format("Cannot drop user type '{}.{}' as it is still used by user types {}",
                                   keyspace.name, type_name, users));
    for (const auto& [name, table] : keyspace.tables)
        if (std::ranges::any_of(table->columns,
                                [&](const Column& c) { return mentions_type(c.type, type_name); }))
            users += (users.empty() ? "" : ", ") + name;
    if (!users.empty())
        refuse_invalid(fmt::format("Cannot drop user type '{}.{}' as it is still used by tables {}",
                                   keyspace.name, type_name, users));
}

}  // namespace

Change create_type(SchemaEdit& edit, const ast::CreateType& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.type.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    const auto before = edit.before->keyspace(keyspace_name);
    if (!before) refuse_invalid("Keyspace '" + keyspace_name + "' doesn't exist");
    Keyspace keyspace = *before;
    if (keyspace.types.contains(statement.type.name)) {
        if (statement.if_not_exists) return edit.nothing();
        refuse_invalid("A user type with name '" + statement.type.name + "' already exists");
    }
    UserType type;
    type.keyspace = keyspace_name;
    type.name = statement.type.name;
    for (const ast::FieldDefinition& definition : statement.fields) {
        if (std::ranges::find(type.field_names, definition.field.name) != type.field_names.end())
            refuse_invalid(
                fmt::format("Duplicate field name '{}' in type '{}'", definition.field.name, type.name));
        type.field_names.push_back(definition.field.name);
    }
    for (const ast::FieldDefinition& definition : statement.fields)
        type.field_types.push_back(field_type(definition, keyspace));
    keyspace.types.emplace(type.name, std::make_shared<const UserType>(type));
    return edit.done(ChangeKind::created, ChangeTarget::type, std::move(keyspace), type.name);
}

Change alter_type(SchemaEdit& edit, const ast::AlterType& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.type.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    const auto old = edit.before->type(keyspace_name, statement.type.name);
    if (!old && statement.if_exists) return edit.nothing();
    if (!old) refuse_invalid(fmt::format("Type {}.{} doesn't exist", keyspace_name, statement.type.name));
    Keyspace keyspace = *edit.before->keyspace(keyspace_name);
    UserType type = *old;
    const auto* add = std::get_if<ast::AddFields>(&statement.action);
    const bool changed = add != nullptr
                             ? add_fields(type, keyspace, *add)
                             : rename_fields(type, keyspace, std::get<ast::RenameFields>(statement.action));
    if (!changed) return edit.nothing();
    std::string name = type.name;
    keyspace.types.insert_or_assign(name, std::make_shared<const UserType>(std::move(type)));
    relink(keyspace, name);
    return edit.done(ChangeKind::updated, ChangeTarget::type, std::move(keyspace), std::move(name));
}

Change drop_type(SchemaEdit& edit, const ast::DropType& statement) {
    const std::string keyspace_name = edit.keyspace_of(statement.type.keyspace);
    SchemaEdit::check_writable(keyspace_name);
    if (!edit.before->type(keyspace_name, statement.type.name)) {
        if (statement.if_exists) return edit.nothing();
        refuse_invalid(fmt::format("Type '{}.{}' doesn't exist", keyspace_name, statement.type.name));
    }
    Keyspace keyspace = *edit.before->keyspace(keyspace_name);
    check_unused(keyspace, statement.type.name);
    keyspace.types.erase(statement.type.name);
    return edit.done(ChangeKind::dropped, ChangeTarget::type, std::move(keyspace), statement.type.name);
}

}  // namespace coodie::embedded
