// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>
#include <coodie/cql/identifier.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

/// ALTER TABLE. CQL takes one kind of change per statement: the last kind that was asked for is what it says.
class AlterTable final : public Ddl {
public:
    explicit AlterTable(TableName table) : table_(std::move(table)) {}

    /// ADD; several calls add several columns.
    AlterTable& add(std::string_view column, std::string_view cql_type);
    AlterTable& add_static(std::string_view column, std::string_view cql_type);
    /// DROP; several calls drop several columns.
    AlterTable& drop(std::string_view column);
    /// RENAME (primary key columns only).
    AlterTable& rename(std::string_view from, std::string_view to);
    /// WITH; several calls set several options. `cql_value` is CQL.
    AlterTable& option(std::string_view name, std::string_view cql_value);
    AlterTable& comment(std::string_view text);
    AlterTable& default_ttl(std::chrono::seconds ttl);

    [[nodiscard]] std::string cql() const override;

private:
    enum class Change : std::uint8_t { none, add, drop, rename, with };
    void item(Change change, std::string text);

    TableName table_;
    std::vector<std::string> items_;
    Change change_ = Change::none;
};

[[nodiscard]] AlterTable alter_table(TableName table);

}  // namespace coodie::cql
