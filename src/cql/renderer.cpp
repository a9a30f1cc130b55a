// SPDX-License-Identifier: Apache-2.0
#include "cql/renderer.hpp"

#include <algorithm>
#include <utility>

namespace coodie::cql {

void Renderer::names(std::span<const std::string> identifiers) {
    std::string_view separator;
    for (const std::string& identifier : identifiers) {
        text(std::exchange(separator, ", "));
        name(identifier);
    }
}

void Renderer::marker(DataType type) {
    cql_ += '?';
    types_.push_back(std::move(type));
}

void Renderer::key_marker(std::string_view column, DataType type) {
    key_values_.push_back({std::string(column), static_cast<std::uint16_t>(types_.size())});
    marker(std::move(type));
}

void Renderer::using_clause(UsingClause clause) {
    if (!clause.ttl && !clause.timestamp) return;
    text(" USING ");
    if (clause.ttl) {
        text("TTL ");
        marker(TypeId::int_);
    }
    if (clause.ttl && clause.timestamp) text(" AND ");
    if (clause.timestamp) {
        text("TIMESTAMP ");
        marker(TypeId::bigint);
    }
}

void Renderer::relations(std::string_view word, std::span<const Relation> relations, bool routing) {
    std::string_view separator = word;
    for (const Relation& each : relations) {
        text(std::exchange(separator, " AND "));
        relation(each, routing);
    }
}

void Renderer::left_side(const Relation& relation) {
    switch (relation.left) {
        case Relation::Left::column: name(relation.columns.front()); return;
        case Relation::Left::element:
            name(relation.columns.front());
            text("[");
            marker(relation.parameters.front());
            text("]");
            return;
        case Relation::Left::field:
            name(relation.columns[0]);
            text(".");
            name(relation.columns[1]);
            return;
        case Relation::Left::token: text("token"); [[fallthrough]];
        case Relation::Left::tuple:
            text("(");
            names(relation.columns);
            text(")");
            return;
    }
}

void Renderer::relation(const Relation& relation, bool routing) {
    left_side(relation);
    text(" ");
    text(to_string(relation.op));
    if (relation.op == Operator::is_not_null) return;
    text(" ");
    if (relation.right == Relation::Right::token_of_values) {
        text("token(");
        std::string_view separator;
        for (const DataType& type : relation.parameters) {
            text(std::exchange(separator, ", "));
            marker(type);
        }
        text(")");
        return;
    }
    const bool gives_key_value =
        routing && relation.left == Relation::Left::column && relation.op == Operator::equal;
    if (gives_key_value)
        key_marker(relation.columns.front(), relation.parameters.back());
    else
        marker(relation.parameters.back());
}

void Renderer::if_clause(const IfClause& clause) {
    switch (clause.kind) {
        case IfClause::Kind::none: return;
        case IfClause::Kind::exists: return text(" IF EXISTS");
        case IfClause::Kind::not_exists: return text(" IF NOT EXISTS");
        case IfClause::Kind::conditions: return relations(" IF ", clause.conditions, false);
    }
}

std::vector<std::uint16_t> Renderer::routing_key(std::span<const std::string> partition_key) const {
    std::vector<std::uint16_t> positions;
    for (const std::string& column : partition_key) {
        const auto found = std::find_if(key_values_.begin(), key_values_.end(),
                                        [&](const KeyValue& value) { return value.column == column; });
        if (found == key_values_.end()) return {};
        positions.push_back(found->position);
    }
    return positions;
}

StatementText Renderer::finish(StatementKind kind, std::span<const std::string> partition_key) && {
    std::vector<std::uint16_t> routing = routing_key(partition_key);
    return StatementText(std::move(cql_), kind, std::move(types_), std::move(routing));
}

StatementKind write_kind(StatementKind kind, bool conditional) noexcept {
    return conditional ? StatementKind::conditional : kind;
}

}  // namespace coodie::cql
