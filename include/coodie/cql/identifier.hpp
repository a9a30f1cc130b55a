// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coodie::cql {

/// `identifier` in double quotes, an inner `"` doubled (semantics rule 8): `a"b` becomes `"a""b"`.
[[nodiscard]] std::string quote(std::string_view identifier);
/// The same, appended to `out`.
void append_quoted(std::string& out, std::string_view identifier);

/// A CQL text literal, for the statements that take no bound values (DDL): `it's` becomes `'it''s'`.
[[nodiscard]] std::string text_literal(std::string_view text);

/// The name of a table (or of a type or an index).
struct TableName {
    std::string keyspace;  ///< unquoted; "": left out, so the statement's or the driver's keyspace is meant
    std::string name;      ///< unquoted

    TableName(std::string_view keyspace_name, std::string_view table_name)
        : keyspace(keyspace_name), name(table_name) {}
    explicit TableName(std::string_view table_name) : name(table_name) {}

    /// `"keyspace"."name"`, or `"name"`.
    [[nodiscard]] std::string cql() const;
};

}  // namespace coodie::cql
