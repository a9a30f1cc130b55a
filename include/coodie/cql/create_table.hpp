// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>
#include <coodie/cql/identifier.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

/// CREATE TABLE:
///
///     create_table({"ks", "reviews"}).column("product", "uuid").column("at", "timestamp").column("text",
///     "text")
///         .partition_key("product").clustering_key("at", true).comment("what people think")
class CreateTable final : public Ddl {
public:
    explicit CreateTable(TableName table) : table_(std::move(table)) {}

    CreateTable& if_not_exists();
    /// `cql_type` is CQL: "map<text, frozen<list<int>>>".
    CreateTable& column(std::string_view name, std::string_view cql_type);
    CreateTable& static_column(std::string_view name, std::string_view cql_type);
    /// The next column of the partition key.
    CreateTable& partition_key(std::string_view column);
    /// The next clustering column.
    CreateTable& clustering_key(std::string_view column, bool descending = false);
    CreateTable& default_ttl(std::chrono::seconds ttl);
    CreateTable& comment(std::string_view text);
    /// Any other option; `cql_value` is CQL: "{'class': 'LeveledCompactionStrategy'}", "0.5", "'always'".
    CreateTable& option(std::string_view name, std::string_view cql_value);

    [[nodiscard]] std::string cql() const override;

private:
    struct ColumnDefinition {
        std::string name;
        std::string type;
        bool is_static;
    };
    struct ClusteringColumn {
        std::string name;
        bool descending;
    };
    [[nodiscard]] std::string primary_key() const;
    [[nodiscard]] std::string options() const;

    TableName table_;
    std::vector<ColumnDefinition> columns_;
    std::vector<std::string> partition_key_;
    std::vector<ClusteringColumn> clustering_;
    std::vector<std::pair<std::string, std::string>> options_;
    bool if_not_exists_ = false;
};

[[nodiscard]] CreateTable create_table(TableName table);

}  // namespace coodie::cql
