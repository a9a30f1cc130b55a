// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/create_table.hpp>

#include "cql/option_list.hpp"

#include <algorithm>
#include <utility>

namespace coodie::cql {

CreateTable& CreateTable::if_not_exists() {
    if_not_exists_ = true;
    return *this;
}

CreateTable& CreateTable::column(std::string_view name, std::string_view cql_type) {
    columns_.push_back({std::string(name), std::string(cql_type), false});
    return *this;
}

CreateTable& CreateTable::static_column(std::string_view name, std::string_view cql_type) {
    columns_.push_back({std::string(name), std::string(cql_type), true});
    return *this;
}

CreateTable& CreateTable::partition_key(std::string_view column) {
    partition_key_.emplace_back(column);
    return *this;
}

CreateTable& CreateTable::clustering_key(std::string_view column, bool descending) {
    clustering_.push_back({std::string(column), descending});
    return *this;
}

CreateTable& CreateTable::default_ttl(std::chrono::seconds ttl) {
    return option("default_time_to_live", std::to_string(ttl.count()));
}

CreateTable& CreateTable::comment(std::string_view text) { return option("comment", text_literal(text)); }

CreateTable& CreateTable::option(std::string_view name, std::string_view cql_value) {
    options_.emplace_back(name, cql_value);
    return *this;
}

std::string CreateTable::primary_key() const {
    std::string out = "PRIMARY KEY (";
    if (partition_key_.size() != 1) out += '(';
    std::string_view separator;
    for (const std::string& column : partition_key_)
        append_quoted(out.append(std::exchange(separator, ", ")), column);
    if (partition_key_.size() != 1) out += ')';
    for (const ClusteringColumn& column : clustering_) append_quoted(out.append(", "), column.name);
    return out + ')';
}

std::string CreateTable::options() const {
    std::string out;
    std::string_view word = " WITH ";
    // Ascending is what CQL means without saying.
    if (std::any_of(clustering_.begin(), clustering_.end(),
                    [](const auto& column) { return column.descending; })) {
        out.append(std::exchange(word, " AND ")).append("CLUSTERING ORDER BY (");
        std::string_view separator;
        for (const ClusteringColumn& column : clustering_) {
            append_quoted(out.append(std::exchange(separator, ", ")), column.name);
            out += column.descending ? " DESC" : " ASC";
        }
        out += ')';
    }
    for (const auto& [name, value] : options_)
        out.append(std::exchange(word, " AND ")).append(option_assignment(name, value));
    return out;
}

std::string CreateTable::cql() const {
    std::string out = "CREATE TABLE ";
    if (if_not_exists_) out += "IF NOT EXISTS ";
    out += table_.cql() + " (";
    for (const ColumnDefinition& column : columns_) {
        append_quoted(out, column.name);
        out += ' ' + column.type + (column.is_static ? " STATIC, " : ", ");
    }
    return out + primary_key() + ')' + options();
}

CreateTable create_table(TableName table) { return CreateTable(std::move(table)); }

}  // namespace coodie::cql
