// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/condition.hpp>
#include <coodie/cql/query.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// SELECT: `select_from("ks", "t").columns({"id", "name"}).where(eq("id", 5)).order_by("at",
/// true).limit(20)`.
class Select final : public Query {
public:
    explicit Select(TableName table) : shape_{.table = std::move(table)} {}

    /// Without any column or selector: all columns (`*`).
    Select& column(std::string_view column);
    Select& columns(const std::vector<std::string>& columns);
    Select& selector(Selector selector);
    Select& distinct();
    /// Several calls are joined by AND.
    Select& where(Condition condition);
    Select& group_by(std::string_view column);
    Select& order_by(std::string_view column, bool descending = false);
    Select& per_partition_limit(std::int64_t rows);
    Select& limit(std::int64_t rows);
    Select& allow_filtering();

    [[nodiscard]] StatementText text() const override { return shape_.render(); }
    [[nodiscard]] std::vector<Value> values() const override;

private:
    SelectShape shape_;
    std::vector<Value> where_;
    std::optional<Value> per_partition_limit_;
    std::optional<Value> limit_;
};

[[nodiscard]] Select select_from(std::string_view keyspace, std::string_view table);
[[nodiscard]] Select select_from(std::string_view table);

}  // namespace coodie::cql
