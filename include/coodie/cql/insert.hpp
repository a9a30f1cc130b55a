// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/query.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace coodie::cql {

/// INSERT: `insert_into("ks", "t").value("id", 5).value("name", "ann").if_not_exists().ttl(1h)`.
class Insert final : public Query {
public:
    explicit Insert(TableName table) : shape_{.table = std::move(table)} {}

    Insert& value(std::string_view column, Value value);
    Insert& if_not_exists();
    Insert& ttl(std::chrono::seconds ttl);
    Insert& timestamp(WriteTime time);

    [[nodiscard]] StatementText text() const override { return shape_.render(); }
    [[nodiscard]] std::vector<Value> values() const override;

private:
    InsertShape shape_;
    std::vector<Value> columns_;
    std::optional<Value> ttl_;
    std::optional<Value> timestamp_;
};

[[nodiscard]] Insert insert_into(std::string_view keyspace, std::string_view table);
[[nodiscard]] Insert insert_into(std::string_view table);

}  // namespace coodie::cql
