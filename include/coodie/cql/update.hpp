// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/condition.hpp>
#include <coodie/cql/query.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace coodie::cql {

/// UPDATE: `update("ks", "t").set("name", "bob").add("visits", std::int64_t{1}).where(eq("id",
/// 5)).only_if(eq("name", "ann"))`.
class Update final : public Query {
public:
    explicit Update(TableName table) : shape_{.table = std::move(table)} {}

    Update& set(std::string_view column, Value value);
    /// `"column" = "column" + ?`.
    Update& add(std::string_view column, Value value);
    /// `"column" = "column" - ?`.
    Update& subtract(std::string_view column, Value value);
    /// `"column" = ? + "column"`.
    Update& prepend(std::string_view column, Value value);
    /// `"column"[key] = value`.
    Update& set_element(std::string_view column, Value key, Value value);
    /// `"column"."field" = value`.
    Update& set_field(std::string_view column, std::string_view field, Value value);
    /// Several calls are joined by AND.
    Update& where(Condition condition);
    Update& if_exists();
    /// Several calls are joined by AND.
    Update& only_if(Condition condition);
    Update& ttl(std::chrono::seconds ttl);
    Update& timestamp(WriteTime time);

    [[nodiscard]] StatementText text() const override { return shape_.render(); }
    [[nodiscard]] std::vector<Value> values() const override;

private:
    Update& assign(Assignment::Kind kind, std::string_view column, std::string_view field,
                   std::vector<Value> values);

    UpdateShape shape_;
    std::vector<Value> assigned_;
    std::vector<Value> where_;
    std::vector<Value> if_;
    std::optional<Value> ttl_;
    std::optional<Value> timestamp_;
};

[[nodiscard]] Update update(std::string_view keyspace, std::string_view table);
[[nodiscard]] Update update(std::string_view table);

}  // namespace coodie::cql
