// SPDX-License-Identifier: Apache-2.0
#include <coodie/schema/tables.hpp>

#include "schema/execution.hpp"
#include "schema/schema_steps.hpp"

#include <coodie/cql/drop.hpp>
#include <coodie/types/error.hpp>

namespace coodie::schema {
namespace {

Steps<void> drop(cql::Drop statement, const cql::TableName& name, std::string_view what, bool must_exist) {
    if (!must_exist) statement.if_exists();
    return run_ddl(statement.cql(), std::string(what) + " of " + name.cql());
}

}  // namespace

std::string keyspace_of(const ModelInfo& model, const Driver& driver, std::string_view wanted) {
    if (!wanted.empty()) return std::string(wanted);
    if (!model.keyspace.empty()) return std::string(model.keyspace);
    std::string keyspace = driver.keyspace();
    if (keyspace.empty())
        throw ConfigurationError(
            "table \"" + std::string(model.table) + "\" (model " + std::string(model.type_name) +
            "): no keyspace is known: name one in init_coodie(url, {.keyspace = ...}), in the model's "
            "schema with .keyspace(...), or in the call");
    return keyspace;
}

Steps<void> drop_table_steps(const ModelInfo& model, const Driver& driver, const DropOptions& options) {
    const cql::TableName table(keyspace_of(model, driver, options.keyspace), model.table);
    return drop(cql::drop_table(table), table, "drop_table", options.must_exist);
}

Steps<void> truncate_steps(const ModelInfo& model, const Driver& driver, std::string_view keyspace) {
    const cql::TableName table(keyspace_of(model, driver, keyspace), model.table);
    return run_ddl(cql::truncate_text(table).cql(), "truncate of " + table.cql(), StatementKind::truncate);
}

void drop_table(const ModelInfo& model, Driver& driver, const DropOptions& options) {
    carry_out(drop_table_steps(model, driver, options), driver);
}

void truncate(const ModelInfo& model, Driver& driver, std::string_view keyspace) {
    carry_out(truncate_steps(model, driver, keyspace), driver);
}

void drop_type(std::string_view type, Driver& driver, const DropOptions& options) {
    const std::string keyspace = options.keyspace.empty() ? driver.keyspace() : std::string(options.keyspace);
    if (keyspace.empty())
        throw ConfigurationError(
            "drop_type of \"" + std::string(type) +
            "\": no keyspace is known: name one in init_coodie(url, {.keyspace = ...}), or in the call");
    const cql::TableName name(keyspace, type);
    carry_out(drop(cql::drop_type(name), name, "drop_type", options.must_exist), driver);
}

}  // namespace coodie::schema
