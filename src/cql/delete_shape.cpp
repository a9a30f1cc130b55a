// SPDX-License-Identifier: Apache-2.0
#include "cql/renderer.hpp"

#include <utility>

namespace coodie::cql {

StatementText DeleteShape::render() const {
    Renderer out;
    out.text("DELETE");
    std::string_view separator = " ";
    for (const Deletion& deletion : columns) {
        out.text(std::exchange(separator, ", "));
        out.name(deletion.column);
        if (deletion.element.empty()) continue;
        out.text("[");
        out.marker(deletion.element.front());
        out.text("]");
    }
    out.text(" FROM ");
    out.table(table);
    out.using_clause({.timestamp = timestamp});
    out.relations(" WHERE ", where, true);
    out.if_clause(if_clause);
    return std::move(out).finish(write_kind(StatementKind::remove, if_clause.kind != IfClause::Kind::none),
                                 partition_key);
}

}  // namespace coodie::cql
