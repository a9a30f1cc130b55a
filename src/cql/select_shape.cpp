// SPDX-License-Identifier: Apache-2.0
#include "cql/renderer.hpp"

#include <algorithm>
#include <utility>

namespace coodie::cql {
namespace {

// Built-in functions have plain lower-case names, which need no quotes; others may be anything.
void render_function_name(Renderer& out, const std::string& name) {
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
    if (plain)
        out.text(name);
    else
        out.name(name);
}

void render_call(Renderer& out, const Selector& selector) {
    switch (selector.kind) {
        case Selector::Kind::writetime: out.text("WRITETIME"); break;
        case Selector::Kind::ttl: out.text("TTL"); break;
        case Selector::Kind::token: out.text("token"); break;
        default: render_function_name(out, selector.function); break;
    }
    out.text("(");
    out.names(selector.columns);
    out.text(")");
}

void render_selector(Renderer& out, const Selector& selector) {
    switch (selector.kind) {
        case Selector::Kind::column: out.name(selector.columns.front()); break;
        case Selector::Kind::count_all: out.text("COUNT(*)"); break;
        default: render_call(out, selector); break;
    }
    if (selector.alias.empty()) return;
    out.text(" AS ");
    out.name(selector.alias);
}

void render_tail(Renderer& out, const SelectShape& shape) {
    if (!shape.group_by.empty()) {
        out.text(" GROUP BY ");
        out.names(shape.group_by);
    }
    std::string_view separator = " ORDER BY ";
    for (const OrderBy& order : shape.order_by) {
        out.text(std::exchange(separator, ", "));
        out.name(order.column);
        out.text(order.descending ? " DESC" : " ASC");
    }
    if (shape.per_partition_limit) {
        out.text(" PER PARTITION LIMIT ");
        out.marker(TypeId::int_);
    }
    if (shape.limit) {
        out.text(" LIMIT ");
        out.marker(TypeId::int_);
    }
    if (shape.allow_filtering) out.text(" ALLOW FILTERING");
}

}  // namespace

StatementText SelectShape::render() const {
    Renderer out;
    out.text(distinct ? "SELECT DISTINCT " : "SELECT ");
    if (selectors.empty()) out.text("*");
    std::string_view separator;
    for (const Selector& selector : selectors) {
        out.text(std::exchange(separator, ", "));
        render_selector(out, selector);
    }
    out.text(" FROM ");
    out.table(table);
    out.relations(" WHERE ", where, true);
    render_tail(out, *this);
    return std::move(out).finish(StatementKind::select, partition_key);
}

}  // namespace coodie::cql
