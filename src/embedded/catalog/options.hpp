// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"
#include "embedded/parser/ast.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The properties of WITH, checked as Cassandra 5 checks them. All functions refuse by throwing Refused.
namespace coodie::embedded {

/// Typed access to a statement's properties; refuses names that are not known, or given twice.
class Properties {
public:
    Properties(const std::vector<ast::Property>& properties, const std::vector<std::string_view>& known);

    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
    /// The functions below want has(name).
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::int32_t integer(std::string_view name) const;
    [[nodiscard]] double number(std::string_view name) const;
    [[nodiscard]] bool boolean(std::string_view name) const;
    [[nodiscard]] StringMap map(std::string_view name) const;

private:
    [[nodiscard]] const ast::Property* find(std::string_view name) const noexcept;
    const std::vector<ast::Property>& properties_;
};

/// Applies WITH of CREATE TABLE (to the defaults) or ALTER TABLE (to what the table has).
void apply_table_options(const std::vector<ast::Property>& properties, const Table& table,
                         TableOptions& options);

/// What Cassandra asks of the properties before it looks whether the table or keyspace exists.
void check_table_option_names(const std::vector<ast::Property>& properties);
void check_keyspace_options(const std::vector<ast::Property>& properties, bool needs_replication);

/// WITH of CREATE and ALTER KEYSPACE. Not given: left as it was.
void apply_keyspace_options(const std::vector<ast::Property>& properties, std::string_view keyspace,
                            StringMap& replication, bool& durable_writes);

}  // namespace coodie::embedded
