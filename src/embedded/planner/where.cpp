// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/where.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/types.hpp"
#include "embedded/planner/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

std::string join_names(const std::vector<const Column*>& columns, std::string_view separator) {
    std::string made;
    for (const Column* column : columns) made += (made.empty() ? "" : std::string(separator)) + column->name;
    return made;
}

/// What cannot be asked of the column at all.
void check_operator(const ast::Relation& relation, const Column& column) {
    const DataType& type = column.type;
    switch (relation.op) {
        case ast::Operator::ne:
        case ast::Operator::not_in:
            refuse_invalid(
                fmt::format("Unsupported \"{}\" relation: {}", to_text(relation.op), to_text(relation)));
        case ast::Operator::is_not_null: refuse_invalid("Unsupported restriction: " + to_text(relation));
        case ast::Operator::like:
            refuse_invalid(fmt::format(
                "LIKE restriction is only supported on properly indexed columns. {} is not valid.",
                to_text(relation)));
        case ast::Operator::contains:
            if (!type.is_collection())
                refuse_invalid("Cannot use CONTAINS on non-collection column " + column.name);
            return;
        case ast::Operator::contains_key:
            if (type.id() != TypeId::map)
                refuse_invalid("Cannot use CONTAINS KEY on non-map column " + column.name);
            return;
        default: break;
    }
    if (relation.element) {
        if (type.id() == TypeId::list)
            refuse_invalid("Indexes on list entries (" + column.name +
                           "[index] = value) are not currently supported.");
        if (type.id() != TypeId::map) refuse_invalid("Column " + column.name + " cannot be used as a map");
        if (type.is_frozen())
            refuse_invalid("Map-entry predicates on frozen map column " + column.name + " are not supported");
        if (relation.op != ast::Operator::eq)
            refuse_invalid("Only EQ relations are supported on map entries");
        return;
    }
    if (type.is_multi_cell() && type.is_collection())
        refuse_invalid(fmt::format("Collection column '{}' ({}) cannot be restricted by a '{}' relation",
                                   column.name, type.to_string(), to_text(relation.op)));
    if (type.is_multi_cell())
        refuse_invalid(fmt::format("Non-frozen UDT column '{}' ({}) cannot be restricted by any relation",
                                   column.name, type.to_string()));
    const bool slice = relation.op == ast::Operator::lt || relation.op == ast::Operator::le ||
                       relation.op == ast::Operator::gt || relation.op == ast::Operator::ge;
    if (slice && mentions_type(type, TypeId::duration))
        refuse_invalid(type.id() == TypeId::duration
                           ? "Slice restrictions are not supported on duration columns"
                           : "Slice restrictions are not supported on types containing durations");
}

Restriction single(PlanContext& context, const Table& table, const ast::Relation& relation) {
    const Column& column = context.column(table, relation.columns.front());
    check_operator(relation, column);
    Restriction made;
    made.relation = &relation;
    made.columns = {&column};
    made.op = relation.op;
    made.whole_list = relation.whole_list;
    Receiver receiver = receiver_of(table, column);
    const auto part = [&](std::string_view what, std::size_t child) {
        return receiver.with(fmt::format("{}({})", what, column.name), column.type.children()[child]);
    };
    if (relation.element) {
        made.element = make_term(context, *relation.element, part("key", 0));
        receiver = part("value", 1);
    } else if (relation.op == ast::Operator::contains) {
        receiver = part("value", column.type.id() == TypeId::map ? 1 : 0);
    } else if (relation.op == ast::Operator::contains_key) {
        receiver = part("key", 0);
    } else if (relation.whole_list) {
        receiver = receiver.with("in(" + column.name + ")", DataType::list(column.type.frozen()));
    }
    for (const ast::Term& value : relation.values) made.values.push_back(make_term(context, value, receiver));
    return made;
}

/// One tuple of (a, b) = (1, ?): a tuple-typed term whose parts have the columns' receivers.
Term tuple_term(PlanContext& context, const Table& table, const std::vector<const Column*>& columns,
                const DataType& type, const ast::Term& written) {
    const auto* literal = std::get_if<ast::TupleLiteral>(&written.node);
    if (literal == nullptr) {
        Receiver whole = receiver_of(table, *columns.front());
        return make_term(context, written, whole.with("(" + join_names(columns, ",") + ")", type));
    }
    if (literal->elements.size() != columns.size())
        refuse_invalid(fmt::format("Expected {} elements in value tuple, but got {}: {}", columns.size(),
                                   literal->elements.size(), to_text(written)));
    Term made;
    made.kind = Term::Kind::collection;
    made.type = type;
    for (std::size_t i = 0; i < columns.size(); ++i)
        made.children.push_back(make_term(context, literal->elements[i], receiver_of(table, *columns[i])));
    return made;
}

Restriction tuple(PlanContext& context, const Table& table, const ast::Relation& relation) {
    Restriction made;
    made.relation = &relation;
    made.op = relation.op;
    made.tuples = true;
    made.whole_list = relation.whole_list;
    std::vector<DataType> types;
    for (const ast::Identifier& name : relation.columns) {
        const Column& column = context.column(table, name);
        if (column.kind != ColumnKind::clustering)
            refuse_invalid(
                "Multi-column relations can only be applied to clustering columns but was applied to: " +
                column.name);
        if (std::ranges::find(made.columns, &column) != made.columns.end())
            refuse_invalid(fmt::format("Column \"{}\" appeared twice in a relation: {}", column.name,
                                       to_text(relation)));
        if (!made.columns.empty() && column.position != made.columns.back()->position + 1)
            refuse_invalid(
                "Clustering columns must appear in the PRIMARY KEY order in multi-column relations: " +
                to_text(relation));
        check_operator(relation, column);
        made.columns.push_back(&column);
        types.push_back(column.type);
    }
    const DataType type = DataType::tuple(types);
    if (relation.whole_list) {
        const Receiver base = receiver_of(table, *made.columns.front());
        made.values.push_back(
            make_term(context, relation.values.front(),
                      base.with("in(" + join_names(made.columns, ",") + ")", DataType::list(type))));
        return made;
    }
    for (const ast::Term& value : relation.values)
        made.values.push_back(tuple_term(context, table, made.columns, type, value));
    return made;
}

void add_token(PlanContext& context, const Table& table, const ast::Relation& relation,
               std::optional<TokenRestriction>& token) {
    std::string expected;
    bool in_order = relation.columns.size() == table.partition_key_size;
    std::size_t keys = 0;
    for (std::size_t i = 0; i < table.partition_key_size; ++i) {
        expected += (i == 0 ? "" : ", ") + table.columns[i].name;
        in_order = in_order && relation.columns[i].name == table.columns[i].name;
    }
    for (const ast::Identifier& name : relation.columns)
        keys += context.column(table, name).kind == ColumnKind::partition_key ? 1 : 0;
    if (keys != relation.columns.size() || relation.columns.size() != table.partition_key_size)
        refuse_invalid(
            "The token() function must be applied to all partition key components or none of them");
    if (!in_order)
        refuse_invalid("The token function arguments must be in the partition key order: " + expected);
    const Receiver receiver{table.keyspace, table.name, "partition key token", TypeId::bigint, -1};
    if (relation.values.size() != 1 || relation.op == ast::Operator::ne)
        refuse_invalid(
            fmt::format("Unsupported \"{}\" relation: {}", to_text(relation.op), to_text(relation)));
    Term value = make_term(context, relation.values.front(), receiver);
    if (!token) token.emplace();
    const bool eq = relation.op == ast::Operator::eq;
    const bool inclusive = eq || relation.op == ast::Operator::ge || relation.op == ast::Operator::le;
    if (eq || relation.op == ast::Operator::gt || relation.op == ast::Operator::ge) {
        if (token->lower)
            refuse_invalid("More than one restriction was found for the start bound on " + expected);
        token->lower = value;
        token->lower_inclusive = inclusive;
    }
    if (eq || relation.op == ast::Operator::lt || relation.op == ast::Operator::le) {
        if (token->upper)
            refuse_invalid("More than one restriction was found for the end bound on " + expected);
        token->upper = std::move(value);
        token->upper_inclusive = inclusive;
    }
}

bool share_column(const Restriction& a, const Restriction& b) {
    return std::ranges::any_of(
        a.columns, [&](const Column* c) { return std::ranges::find(b.columns, c) != b.columns.end(); });
}

const Column* shared_column(const Restriction& a, const Restriction& b) {
    for (const Column* column : a.columns)
        if (std::ranges::find(b.columns, column) != b.columns.end()) return column;
    return a.columns.front();
}

/// Whether `next` may restrict what `earlier` restricts already.
void check_pair(const Restriction& earlier, const Restriction& next) {
    if (!share_column(earlier, next)) return;
    const std::string names = earlier.tuples && next.tuples ? "(" + join_names(next.columns, ", ") + ")"
                                                            : shared_column(earlier, next)->name;
    if (earlier.is_contains() && next.is_contains()) return;
    for (const Restriction* one : {&earlier, &next}) {
        if (one->op == ast::Operator::eq && !one->element)
            refuse_invalid(names + " cannot be restricted by more than one relation if it includes an Equal");
        if (one->op == ast::Operator::in)
            refuse_invalid(names + " cannot be restricted by more than one relation if it includes a IN");
    }
    if (earlier.is_contains() || next.is_contains())
        refuse_invalid("Collection column " + names +
                       " can only be restricted by CONTAINS, CONTAINS KEY, or map-entry "
                       "equality");
    if (earlier.columns.front() != next.columns.front())
        refuse_invalid(fmt::format(
            "Column \"{}\" cannot be restricted by two inequalities not starting with the same column",
            names));
    if (earlier.is_lower() == next.is_lower())
        refuse_invalid(fmt::format("More than one restriction was found for the {} bound on {}",
                                   next.is_lower() ? "start" : "end", names));
}

KeyRestriction::Bound bound_of(const Restriction& restriction) {
    return {restriction.values.front(), static_cast<std::uint16_t>(restriction.columns.size()),
            restriction.tuples, restriction.op == ast::Operator::ge || restriction.op == ast::Operator::le};
}

KeyRestriction point_of(const Restriction& restriction) {
    KeyRestriction made;
    made.kind = restriction.op == ast::Operator::eq ? KeyRestriction::Kind::eq : KeyRestriction::Kind::in;
    made.first = restriction.columns.front()->position;
    made.count = static_cast<std::uint16_t>(restriction.columns.size());
    made.tuples = restriction.tuples;
    if (restriction.whole_list) {
        made.whole_list = restriction.values.front();
    } else {
        made.terms = restriction.values;
    }
    return made;
}

}  // namespace

Where::Where(PlanContext& context, const Table& table, const std::vector<ast::Relation>& relations) {
    for (const ast::Relation& relation : relations) {
        if (relation.kind == ast::RelationKind::token) {
            add_token(context, table, relation, token);
            continue;
        }
        Restriction made = relation.kind == ast::RelationKind::tuple ? tuple(context, table, relation)
                                                                     : single(context, table, relation);
        for (const std::vector<Restriction>* group : {&partition, &clustering, &others})
            for (const Restriction& earlier : *group) check_pair(earlier, made);
        switch (made.columns.front()->kind) {
            case ColumnKind::partition_key: partition.push_back(std::move(made)); break;
            case ColumnKind::clustering: clustering.push_back(std::move(made)); break;
            default: others.push_back(std::move(made)); break;
        }
    }
}

std::vector<KeyRestriction> Where::partition_key(const Table& table) const {
    std::vector<KeyRestriction> key;
    for (std::size_t i = 0; i < table.partition_key_size; ++i)
        for (const Restriction& restriction : partition)
            if (restriction.columns.front() == &table.columns[i] && restriction.is_point())
                key.push_back(point_of(restriction));
    if (key.size() != table.partition_key_size) key.clear();
    return key;
}

std::vector<KeyRestriction> Where::clustering_prefix(const Table& table, std::size_t& used) const {
    std::vector<KeyRestriction> prefix;
    used = 0;
    for (std::size_t position = 0; position < table.clustering_size;) {
        KeyRestriction slice;
        slice.kind = KeyRestriction::Kind::slice;
        slice.first = static_cast<std::uint16_t>(position);
        bool found_point = false;
        for (const Restriction& restriction : clustering) {
            if (restriction.columns.front()->position != position) continue;
            if (restriction.is_point()) {
                prefix.push_back(point_of(restriction));
                position += restriction.columns.size();
                ++used;
                found_point = true;
                break;
            }
            if (!restriction.is_slice()) continue;
            (restriction.is_lower() ? slice.lower : slice.upper) = bound_of(restriction);
            slice.count = std::max(slice.count, static_cast<std::uint16_t>(restriction.columns.size()));
            ++used;
        }
        if (found_point) continue;
        if (slice.lower || slice.upper) prefix.push_back(std::move(slice));
        break;
    }
    return prefix;
}

void Where::check_clustering_prefix(const Table& table) const {
    std::size_t used = 0;
    const std::vector<KeyRestriction> prefix = clustering_prefix(table, used);
    if (used == clustering.size()) return;
    const bool after_slice = !prefix.empty() && prefix.back().kind == KeyRestriction::Kind::slice;
    std::size_t covered = 0;
    for (const KeyRestriction& part : prefix) covered = std::size_t{part.first} + part.count;
    for (std::size_t position = 0; position < table.clustering_size; ++position) {
        const Column& column = table.clustering(position);
        const bool restricted = std::ranges::any_of(clustering, [&](const Restriction& r) {
            return std::ranges::find(r.columns, &column) != r.columns.end();
        });
        if (!restricted || position < covered) continue;
        if (after_slice)
            refuse_invalid(
                fmt::format("Clustering column \"{}\" cannot be restricted (preceding column \"{}\" is "
                            "restricted by a non-EQ relation)",
                            column.name, table.clustering(prefix.back().first).name));
        if (position == covered) break;
        refuse_invalid(
            fmt::format("PRIMARY KEY column \"{}\" cannot be restricted as preceding column \"{}\" is not "
                        "restricted",
                        column.name, table.clustering(covered).name));
    }
    refuse_invalid(
        "Clustering columns can only be restricted with CONTAINS with a secondary index or filtering");
}

Filter make_filter(const Table& table, Restriction restriction) {
    Filter filter;
    for (const Column* column : restriction.columns) filter.columns.push_back(table.index_of(*column));
    filter.op = restriction.op;
    filter.tuples = restriction.tuples;
    filter.element = std::move(restriction.element);
    filter.values = std::move(restriction.values);
    filter.whole_list = restriction.whole_list;
    return filter;
}

}  // namespace coodie::embedded
