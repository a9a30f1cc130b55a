// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"
#include "embedded/parser/ast.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The properties of WITH, checked as Cassandra 5 checks them. All functions refuse by throwing Refused.
namespace coodie::embedded {

inline constexpr std::int32_t max_ttl = 630720000;  ///< seconds: 20 years, Cassandra's ExpiringCell.MAX_TTL

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
