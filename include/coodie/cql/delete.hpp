// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/condition.hpp>
#include <coodie/cql/query.hpp>

#include <optional>
#include <string_view>

namespace coodie::cql {

/// DELETE: `delete_from("ks", "t").where(eq("id", 5))` for rows, `.column("name")` for cells.
class Delete final : public Query {
public:
    explicit Delete(TableName table) : shape_{.table = std::move(table), .where = {}} {}

    /// Only this column.
    Delete& column(std::string_view column);
    /// Only this element of a map, list or set.
    Delete& element(std::string_view column, Value key);
    /// Several calls are joined by AND.
    Delete& where(Condition condition);
    Delete& if_exists();
    /// Several calls are joined by AND.
    Delete& only_if(Condition condition);
    Delete& timestamp(WriteTime time);

    [[nodiscard]] StatementText text() const override { return shape_.render(); }
    [[nodiscard]] std::vector<Value> values() const override;

private:
    DeleteShape shape_;
    std::vector<Value> elements_;
    std::vector<Value> where_;
    std::vector<Value> if_;
    std::optional<Value> timestamp_;
};

[[nodiscard]] Delete delete_from(std::string_view keyspace, std::string_view table);
[[nodiscard]] Delete delete_from(std::string_view table);

}  // namespace coodie::cql
