// SPDX-License-Identifier: Apache-2.0
#include "schema/plan.hpp"

#include <coodie/cql/create_index.hpp>

#include <algorithm>
#include <array>

namespace coodie::schema {
namespace {

using Target = cql::CreateIndex::Target;

struct IndexedColumn {
    std::string column;
    Target target = Target::values;
};

std::string unquoted(std::string_view name) {
    if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
    std::string out;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        out += name[i];
        if (name[i] == '"') ++i;  // doubled
    }
    return out;
}

// `rating`, `"Rating"`, `values(tags)`, `keys("My Map")`, `entries(m)`, `full(f)`.
IndexedColumn read_target(std::string_view target) {
    static constexpr std::array<std::pair<std::string_view, Target>, 4> functions{
        {{"values(", Target::values},
         {"keys(", Target::keys},
         {"entries(", Target::entries},
         {"full(", Target::full}}};
    for (const auto& [prefix, kind] : functions)
        if (target.starts_with(prefix) && target.ends_with(')'))
            return {unquoted(target.substr(prefix.size(), target.size() - prefix.size() - 1)), kind};
    return {unquoted(target), Target::values};
}

// A frozen collection can only be indexed as a whole.
Target wanted_target(const ColumnInfo& column) {
    const DataType type = column.type();
    return type.is_collection() && type.is_frozen() ? Target::full : Target::values;
}

// `{table}_{column}_idx`; the database takes letters, digits and '_' only, and leaves out the rest as this
// does.
std::string index_name(const ColumnInfo& column, const cql::TableName& table) {
    if (!column.index_name.empty()) return std::string(column.index_name);
    std::string name = table.name + '_' + std::string(column.name) + "_idx";
    std::erase_if(name, [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    });
    return name;
}

bool covers(const LiveIndex& index, const ColumnInfo& column, const cql::TableName& table) {
    const IndexedColumn on = read_target(index.target);
    return index.table == table.name && on.column == column.name && on.target == wanted_target(column);
}

void plan_index(const ColumnInfo& column, const cql::TableName& table, std::span<const LiveIndex> live,
                Plan& plan) {
    const std::string name = index_name(column, table);
    const auto taken =
        std::find_if(live.begin(), live.end(), [&](const LiveIndex& index) { return index.name == name; });
    if (taken != live.end())
        plan.refuse("column " + cql::quote(column.name) + " needs an index, but the name " +
                    cql::quote(name) + " belongs to an index on " + taken->target + " of table " +
                    cql::quote(taken->table) + ": name another one in the schema, .index<...>(\"name\")");
    plan.statements.push_back(
        cql::create_index(name).if_not_exists().on(table, column.name).target(wanted_target(column)).cql());
}

}  // namespace

void plan_indexes(const ModelInfo& model, const cql::TableName& table, std::span<const LiveIndex> live,
                  Plan& plan) {
    for (const ColumnInfo& column : model.columns) {
        const auto covering = [&](const LiveIndex& index) { return covers(index, column, table); };
        if (column.indexed && std::none_of(live.begin(), live.end(), covering))
            plan_index(column, table, live, plan);
    }
    for (const LiveIndex& index : live) {
        const auto wanted = [&](const ColumnInfo& column) {
            return column.indexed && covers(index, column, table);
        };
        if (index.table != table.name || std::any_of(model.columns.begin(), model.columns.end(), wanted))
            continue;
        plan.notes.push_back("index " + cql::quote(index.name) + " on " + index.target + " of " +
                             table.cql() + " is not in the model; it stays");
    }
}

}  // namespace coodie::schema
