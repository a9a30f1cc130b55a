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

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

void check_field(const DataType& type, std::size_t field, const std::string& live_type, const Plan& plan) {
    if (same_type(type.children()[field], live_type)) return;
    plan.refuse("type " + cql::quote(type.name()) + ": field " + cql::quote(type.field_names()[field]) +
                " is " + live_type + " in the database and " + type.children()[field].to_string() +
                " in the struct; a field's type cannot be changed: add a field of another name");
}

// Fields go by their names, in whatever order the database has them (semantics rule 7).
void plan_type_changes(const DataType& type, const cql::TableName& name, const LiveType& live, Plan& plan) {
    const auto& wanted = type.field_names();
    for (std::size_t i = 0; i < std::min(live.field_names.size(), live.field_types.size()); ++i) {
        const std::string& found = live.field_names[i];
        const auto field = std::find(wanted.begin(), wanted.end(), found);
        if (field != wanted.end())
            check_field(type, static_cast<std::size_t>(field - wanted.begin()), live.field_types[i], plan);
        else
            plan.notes.push_back(
                "field " + cql::quote(found) + " (" + live.field_types[i] + ") of type " + name.cql() +
                " is not in the struct; it stays, and a value that the struct writes has null there");
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!has(live.field_names, wanted[i]))
            plan.statements.push_back(
                cql::alter_type(name).add(wanted[i], type.children()[i].to_string()).cql());
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
