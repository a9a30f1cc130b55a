// SPDX-License-Identifier: Apache-2.0
#include "schema/plan.hpp"

#include <coodie/cql/user_type.hpp>

#include <algorithm>

namespace coodie::schema {
namespace {

// Children first, each name once.
void collect(const DataType& type, std::vector<DataType>& order, const Plan& plan) {
    for (const DataType& child : type.children()) collect(child, order, plan);
    if (type.id() != TypeId::udt || type.field_names().empty()) return;
    const auto same_name = [&](const DataType& other) { return other.name() == type.name(); };
    const auto found = std::find_if(order.begin(), order.end(), same_name);
    if (found == order.end())
        order.push_back(type.frozen());
    else if (!(found->frozen() == type.frozen()))
        plan.refuse("two structs with different fields are both called type " + cql::quote(type.name()) +
                    ": name one of them otherwise, coodie::user_type(\"name\")");
}

void plan_new_type(const DataType& type, const cql::TableName& name, Plan& plan) {
    cql::CreateType create(name);
    create.if_not_exists();
    for (std::size_t i = 0; i < type.field_names().size(); ++i)
        create.field(type.field_names()[i], type.children()[i].to_string());
    plan.statements.push_back(create.cql());
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

// Values are sent field by field without names (semantics rule 7), so a field's position is part of the type.
void check_field(const DataType& type, const LiveType& live, std::size_t position, const Plan& plan) {
    const std::string& wanted = type.field_names()[position];
    const std::string& found = live.field_names[position];
    const std::string name = "type " + cql::quote(type.name());
    if (wanted != found)
        plan.refuse(name + ": field " + std::to_string(position + 1) + " is " + cql::quote(found) +
                    " in the database and " + cql::quote(wanted) +
                    " in the struct; values are stored by position: declare the struct's fields in the "
                    "database's order (" +
                    listed(live.field_names) + "), new ones at the end");
    if (!same_type(type.children()[position], live.field_types[position]))
        plan.refuse(name + ": field " + cql::quote(wanted) + " is " + live.field_types[position] +
                    " in the database and " + type.children()[position].to_string() +
                    " in the struct; a field's type cannot be changed: add a field of another name");
}

void plan_type_changes(const DataType& type, const cql::TableName& name, const LiveType& live, Plan& plan) {
    const std::size_t wanted = type.field_names().size();
    const std::size_t found = std::min(live.field_names.size(), live.field_types.size());
    for (std::size_t i = 0; i < std::min(wanted, found); ++i) check_field(type, live, i, plan);
    for (std::size_t i = found; i < wanted; ++i)
        plan.statements.push_back(
            cql::alter_type(name).add(type.field_names()[i], type.children()[i].to_string()).cql());
    for (std::size_t i = wanted; i < found; ++i)
        plan.notes.push_back(
            "field " + cql::quote(live.field_names[i]) + " (" + live.field_types[i] + ") of type " +
            name.cql() +
            " is not in the struct; it stays, and a value that the struct writes has null there");
}

}  // namespace

void plan_types(std::span<const DataType> types, std::string_view keyspace,
                const std::map<std::string, LiveType, std::less<>>& live, Plan& plan) {
    std::vector<DataType> order;
    for (const DataType& type : types) collect(type, order, plan);
    for (const DataType& type : order) {
        const cql::TableName name(keyspace, type.name());
        const auto found = live.find(type.name());
        if (found == live.end())
            plan_new_type(type, name, plan);
        else
            plan_type_changes(type, name, found->second, plan);
    }
}

}  // namespace coodie::schema
