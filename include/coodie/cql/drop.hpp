// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>
#include <coodie/cql/identifier.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace coodie::cql {

/// DROP KEYSPACE, TABLE, INDEX and TYPE.
class Drop final : public Ddl {
public:
    enum class What : std::uint8_t { keyspace, table, index, type };
    Drop(What what, TableName name) : name_(std::move(name)), what_(what) {}

    Drop& if_exists();
    [[nodiscard]] std::string cql() const override;

private:
    TableName name_;
    What what_;
    bool if_exists_ = false;
};

[[nodiscard]] Drop drop_keyspace(std::string_view name);
[[nodiscard]] Drop drop_table(TableName table);
[[nodiscard]] Drop drop_index(TableName index);
[[nodiscard]] Drop drop_type(TableName type);

/// TRUNCATE TABLE.
[[nodiscard]] StatementText truncate_text(const TableName& table);

}  // namespace coodie::cql
