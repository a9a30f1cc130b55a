// SPDX-License-Identifier: Apache-2.0
#include "schema/plan.hpp"

#include <coodie/cql/alter_table.hpp>
#include <coodie/cql/create_table.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>
#include <utility>

namespace coodie::schema {

void Plan::refuse(std::string_view reason) const { throw MigrationError(doing + ": " + std::string(reason)); }

bool same_type(const DataType& wanted, std::string_view live) {
    const std::string spelled = wanted.to_string();
    if (spelled == live) return true;
    const std::optional<DataType> parsed = DataType::parse(live);
    return parsed && parsed->to_string() == spelled;
}

void plan_new_table(const ModelInfo& model, const cql::TableName& table, Plan& plan) {
    cql::CreateTable create(table);
    create.if_not_exists();  // another process may sync the same model at the same time
    for (const ColumnInfo& column : model.columns) {
        if (column.kind == ColumnKind::static_)
            create.static_column(column.name, column.cql_type);
        else
            create.column(column.name, column.cql_type);
    }
    for (const std::uint16_t index : model.partition_key) create.partition_key(model.columns[index].name);
    for (const std::uint16_t index : model.clustering)
        create.clustering_key(model.columns[index].name, model.columns[index].order == Order::desc);
    for (const WantedOption& option : wanted_options(model)) create.option(option.name, option.value);
    plan.statements.push_back(create.cql());
}

namespace {

std::string with_order(std::string_view column, ColumnKind kind, Order order) {
    std::string text = cql::quote(column);
    if (kind == ColumnKind::clustering) text += order == Order::desc ? " DESC" : " ASC";
    return text;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text = "(";
    for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : ", ") + parts[i];
    return text + ')';
}

void check_key(const ModelInfo& model, const LiveTable& live, ColumnKind kind, const Plan& plan) {
    std::vector<std::string> wanted;
    for (const std::uint16_t index :
         kind == ColumnKind::partition_key ? model.partition_key : model.clustering)
        wanted.push_back(with_order(model.columns[index].name, kind, model.columns[index].order));
    std::vector<std::string> found;
    for (const LiveColumn* column : live.key(kind))
        found.push_back(with_order(column->name, kind, column->order));
    if (wanted == found) return;
    plan.refuse(
        std::string(kind == ColumnKind::partition_key ? "the partition key" : "the clustering key") + " is " +
        joined(found) + " in the database and " + joined(wanted) +
        " in the model; a table's key cannot be changed: give the model a new table and copy the rows");
}

void check_column(const ColumnInfo& column, const LiveColumn& live, const Plan& plan) {
    const std::string name = "column " + cql::quote(column.name);
    if (!same_type(column.type(), live.type))
        plan.refuse(name + " is " + live.type + " in the database and " + std::string(column.cql_type) +
                    " in the model; a column's type cannot be changed: add a column of another name, or copy "
                    "the rows to "
                    "a new table");
    if ((column.kind == ColumnKind::static_) == (live.kind == ColumnKind::static_)) return;
    plan.refuse(name +
                (live.kind == ColumnKind::static_ ? " is static in the database, but not in the model"
                                                  : " is static in the model, but not in the database") +
                "; that cannot be changed: add a column of another name");
}

void plan_new_column(const ColumnInfo& column, const cql::TableName& table, const LiveTable& live,
                     Plan& plan) {
    const auto dropped = live.dropped_columns.find(column.name);
    if (dropped != live.dropped_columns.end() && !same_type(column.type(), dropped->second))
        plan.refuse("column " + cql::quote(column.name) + " was dropped from the table when it was " +
                    dropped->second +
                    ", and old data files may still hold such values; it can only come back as " +
                    dropped->second + ", not as " + std::string(column.cql_type) + ": choose another name");
    cql::AlterTable alter(table);
    if (column.kind == ColumnKind::static_)
        alter.add_static(column.name, column.cql_type);
    else
        alter.add(column.name, column.cql_type);
    plan.statements.push_back(alter.cql());
}

bool holds_counters(const LiveTable& live) {
    return std::any_of(live.columns.begin(), live.columns.end(),
                       [](const auto& each) { return each.type == "counter"; });
}

// A table without any column beside its key is of neither kind yet.
void check_counters(const ModelInfo& model, const LiveTable& live, const Plan& plan) {
    const bool undecided =
        std::all_of(live.columns.begin(), live.columns.end(), [](const LiveColumn& column) {
            return column.kind == ColumnKind::partition_key || column.kind == ColumnKind::clustering;
        });
    if (undecided || holds_counters(live) == model.counter_table) return;
    plan.refuse(model.counter_table
                    ? "the model has counters, the table in the database has regular columns; "
                      "one table cannot hold both: give the counters a table of their own"
                    : "the table in the database has counters, the model has none; one table cannot hold "
                      "both: give the model a table of its own");
}

}  // namespace

void plan_table_changes(const ModelInfo& model, const cql::TableName& table, const LiveTable& live,
                        Plan& plan) {
    check_key(model, live, ColumnKind::partition_key, plan);
    check_key(model, live, ColumnKind::clustering, plan);
    for (const ColumnInfo& column : model.columns)
        if (const LiveColumn* found = live.find(column.name)) check_column(column, *found, plan);
    check_counters(model, live, plan);
    for (const ColumnInfo& column : model.columns)
        if (live.find(column.name) == nullptr) plan_new_column(column, table, live, plan);
    for (const LiveColumn& column : live.columns)
        if (model.find(column.name) == nullptr)
            plan.notes.push_back("column " + cql::quote(column.name) + " (" + column.type + ") of " +
                                 table.cql() + " is not in the model; it stays");
    plan_option_changes(model, table, live, plan);
}

}  // namespace coodie::schema
