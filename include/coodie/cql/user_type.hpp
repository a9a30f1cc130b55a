// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>
#include <coodie/cql/identifier.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

/// CREATE TYPE.
class CreateType final : public Ddl {
public:
    explicit CreateType(TableName type) : type_(std::move(type)) {}

    CreateType& if_not_exists();
    CreateType& field(std::string_view name, std::string_view cql_type);

    [[nodiscard]] std::string cql() const override;

private:
    TableName type_;
    std::vector<std::pair<std::string, std::string>> fields_;
    bool if_not_exists_ = false;
};

/// ALTER TYPE ... ADD one field.
class AlterType final : public Ddl {
public:
    explicit AlterType(TableName type) : type_(std::move(type)) {}

    AlterType& add(std::string_view field, std::string_view cql_type);

    [[nodiscard]] std::string cql() const override;

private:
    TableName type_;
    std::string field_;
    std::string cql_type_;
};

[[nodiscard]] CreateType create_type(TableName type);
[[nodiscard]] AlterType alter_type(TableName type);

}  // namespace coodie::cql
