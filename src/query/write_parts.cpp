// SPDX-License-Identifier: Apache-2.0
#include "query/write_parts.hpp"

#include <utility>

namespace coodie::query {
namespace {

cql::IfClause if_clause(const WriteParts& parts) {
    if (parts.if_exists) return {.kind = cql::IfClause::Kind::exists};
    if (parts.conditions.empty()) return {};
    return {.kind = cql::IfClause::Kind::conditions, .conditions = relations(parts.model, parts.conditions)};
}

std::vector<cql::Relation> where_clause(const WriteParts& parts) {
    return parts.by_document ? key_relations(parts.model, parts.partition_only)
                             : relations(parts.model, parts.where);
}

StatementText render(const WriteParts& parts) {
    if (parts.changes.empty()) {
        cql::DeleteShape shape{.table = table_name(parts.model, parts.keyspace)};
        shape.timestamp = parts.timestamp;
        shape.where = where_clause(parts);
        shape.if_clause = if_clause(parts);
        shape.partition_key = partition_key_names(parts.model);
        return shape.render();
    }
    cql::UpdateShape shape{.table = table_name(parts.model, parts.keyspace)};
    shape.using_clause = {.ttl = parts.ttl, .timestamp = parts.timestamp};
    shape.assignments = assignments(parts.model, parts.changes);
    shape.where = where_clause(parts);
    shape.if_clause = if_clause(parts);
    shape.partition_key = partition_key_names(parts.model);
    return shape.render();
}

[[noreturn]] void refuse(const WriteParts& parts, const std::string& why) {
    throw InvalidQueryError(std::string(parts.operation) + " of " + table_label(parts.model, parts.keyspace) +
                            ": " + why);
}

/// The predicate that fixes a key column by `=` or IN.
const Predicate* fixing(std::span<const Predicate> where, std::uint16_t column) noexcept {
    for (const Predicate& predicate : where)
        if (predicate.left == cql::Relation::Left::column && predicate.column == column &&
            (predicate.op == cql::Operator::equal || predicate.op == cql::Operator::in))
            return &predicate;
    return nullptr;
}

void require_fixed(const WriteParts& parts, std::uint16_t index, const char* which) {
    const Predicate* predicate = fixing(parts.where, index);
    const std::string name(parts.model.columns[index].name);
    if (predicate == nullptr) {
        std::string why =
            "it needs the " + std::string(which) + " key; a condition \"" + name + "\" == value is missing";
        if (parts.changes.empty()) why += " (truncate() removes every row)";
        refuse(parts, why);
    }
    if (is_conditional(parts) && predicate->op == cql::Operator::in)
        refuse(parts, "IN on the key column " + name + " cannot go with IF; write each row by itself");
}

}  // namespace

StatementText text_of(const WriteParts& parts) {
    ShapeKey key;
    key.add(parts.changes.empty() ? ShapeTag::remove : ShapeTag::update)
        .add(&parts.model)
        .add(parts.keyspace);
    key.add(parts.by_document)
        .add(parts.partition_only)
        .add(parts.if_exists)
        .add(parts.ttl)
        .add(parts.timestamp);
    add_to_key(key, parts.where);
    add_to_key(key, parts.conditions);
    add_to_key(key, parts.changes);
    return shape_text(key, [&] { return render(parts); });
}

void check_clauses(const WriteParts& parts) {
    if (parts.if_exists && !parts.conditions.empty())
        refuse(parts, "if_exists and only_if exclude each other; a condition implies that the row exists");
    if (is_conditional(parts) && parts.timestamp)
        refuse(parts, "a timestamp of its own cannot go with a condition (if_exists, only_if)");
    if (!parts.model.counter_table) return;
    if (parts.ttl) refuse(parts, "counters take no TTL");
    if (parts.timestamp) refuse(parts, "counters take no timestamp");
    if (is_conditional(parts)) refuse(parts, "counters take no condition (if_exists, only_if)");
}

void check_where(const WriteParts& parts, bool whole_key) {
    for (const std::uint16_t index : parts.model.partition_key)
        require_fixed(parts, index, "whole partition");
    if (whole_key)
        for (const std::uint16_t index : parts.model.clustering) require_fixed(parts, index, "whole primary");
    for (const Predicate& predicate : parts.where) {
        const ColumnInfo& column = parts.model.columns[predicate.column];
        if (predicate.left == cql::Relation::Left::token)
            refuse(parts, "a range of tokens can be read, not written");
        if (column.kind == ColumnKind::regular || column.kind == ColumnKind::static_)
            refuse(parts,
                   std::string(column.name) + " is no key column; put the condition into only_if(...)");
        if (is_conditional(parts) && predicate.op != cql::Operator::equal)
            refuse(parts, "a conditional write names one row: every key column by ==");
    }
}

void refuse_read_modifiers(const QueryState& state, const char* operation) {
    static constexpr std::pair<Modifier, const char*> readers[] = {
        {Modifier::limit, "limit"},       {Modifier::per_partition_limit, "per_partition_limit"},
        {Modifier::order_by, "order_by"}, {Modifier::allow_filtering, "allow_filtering"},
        {Modifier::only, "only"},         {Modifier::defer, "defer"},
        {Modifier::page, "page"},         {Modifier::fetch_size, "fetch_size"}};
    for (const auto& [modifier, name] : readers)
        if (state.has(modifier))
            throw InvalidQueryError(std::string(operation) + " of " +
                                    table_label(*state.model, state.keyspace) + " cannot honour " + name +
                                    ": it belongs to a read");
}

}  // namespace coodie::query
