// SPDX-License-Identifier: Apache-2.0
#include "cql/renderer.hpp"

#include <utility>

namespace coodie::cql {
namespace {

void render_own_change(Renderer& out, const Assignment& assignment, std::string_view sign) {
    out.text(" = ");
    out.name(assignment.column);
    out.text(sign);
    out.marker(assignment.parameters.back());
}

void render_assignment(Renderer& out, const Assignment& assignment) {
    out.name(assignment.column);
    switch (assignment.kind) {
        case Assignment::Kind::add: return render_own_change(out, assignment, " + ");
        case Assignment::Kind::subtract: return render_own_change(out, assignment, " - ");
        case Assignment::Kind::prepend:
            out.text(" = ");
            out.marker(assignment.parameters.back());
            out.text(" + ");
            return out.name(assignment.column);
        case Assignment::Kind::element:
            out.text("[");
            out.marker(assignment.parameters.front());
            out.text("]");
            break;
        case Assignment::Kind::field:
            out.text(".");
            out.name(assignment.field);
            break;
        case Assignment::Kind::set: break;
    }
    out.text(" = ");
    out.marker(assignment.parameters.back());
}

}  // namespace

StatementText UpdateShape::render() const {
    Renderer out;
    out.text("UPDATE ");
    out.table(table);
    out.using_clause(using_clause);
    std::string_view separator = " SET ";
    for (const Assignment& assignment : assignments) {
        out.text(std::exchange(separator, ", "));
        render_assignment(out, assignment);
    }
    out.relations(" WHERE ", where, true);
    out.if_clause(if_clause);
    return std::move(out).finish(write_kind(StatementKind::update, if_clause.kind != IfClause::Kind::none),
                                 partition_key);
}

}  // namespace coodie::cql
