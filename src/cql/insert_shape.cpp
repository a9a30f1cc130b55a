// SPDX-License-Identifier: Apache-2.0
#include "cql/renderer.hpp"

#include <utility>

namespace coodie::cql {

StatementText InsertShape::render() const {
    Renderer out;
    out.text("INSERT INTO ");
    out.table(table);
    std::string_view separator = " (";
    for (const TypedColumn& column : columns) {
        out.text(std::exchange(separator, ", "));
        out.name(column.name);
    }
    separator = ") VALUES (";
    for (const TypedColumn& column : columns) {
        out.text(std::exchange(separator, ", "));
        out.key_marker(column.name, column.type);
    }
    out.text(")");
    if (if_not_exists) out.text(" IF NOT EXISTS");
    out.using_clause(using_clause);
    return std::move(out).finish(write_kind(StatementKind::insert, if_not_exists), partition_key);
}

}  // namespace coodie::cql
