// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/bind.hpp"

#include "embedded/catalog/options.hpp"
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/bind_key.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/evaluate.hpp"

#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace coodie::embedded {
namespace {

std::int64_t as_integer(const Value& value, std::string_view what) {
    if (value.content.size() == 4) return wire::load<std::int32_t>(value.content.data());
    if (value.content.size() == 8) return wire::load<std::int64_t>(value.content.data());
    refuse_invalid("Invalid " + std::string(what) + " value");
}

std::optional<std::int32_t> bind_limit(const std::optional<Term>& term, const Bound& bound, Arena& arena) {
    if (!term) return std::nullopt;
    const Value value = evaluate_or_refuse(*term, bound, arena);
    if (value.is_unset()) return std::nullopt;
    if (value.is_null()) refuse_invalid("Invalid null value of limit");
    const std::int64_t limit = as_integer(value, "limit");
    if (limit <= 0) refuse_invalid("LIMIT must be strictly positive");
    return static_cast<std::int32_t>(limit);
}

std::int64_t bind_token(const Term& term, const Bound& bound, Arena& arena) {
    const Value value = evaluate_or_refuse(term, bound, arena);
    if (value.is_unset()) refuse_invalid("Invalid unset token value");
    if (value.is_null()) refuse_invalid("Invalid null token value");
    return as_integer(value, "token");
}

/// @return false when no token is in the range.
bool bind_tokens(const TokenRestriction& token, const Bound& bound, Arena& arena, TokenRange& out) {
    if (token.lower) {
        out.from = bind_token(*token.lower, bound, arena);
        if (!token.lower_inclusive) {
            if (out.from == std::numeric_limits<std::int64_t>::max()) return false;
            ++out.from;
        }
    }
    if (token.upper) {
        out.to = bind_token(*token.upper, bound, arena);
        // No key has the smallest token; as an upper end it means the end of the ring, as in Cassandra.
        if (out.to == std::numeric_limits<std::int64_t>::min()) {
            out.to = std::numeric_limits<std::int64_t>::max();
        } else if (!token.upper_inclusive) {
            --out.to;
        }
    }
    return out.from <= out.to;
}

void check_filter_value(const Column& column, const Value& value) {
    if (value.is_value()) return;
    const std::string state = value.is_unset() ? "unset" : "null";
    if (column.is_key()) refuse_invalid("Invalid " + state + " value in condition for column " + column.name);
    refuse_invalid("Unsupported " + state + " value for column " + column.name);
}

BoundFilter bind_filter(const Table& table, const Filter& filter, const Bound& bound, Arena& arena) {
    BoundFilter made;
    made.plan = &filter;
    made.table = &table;
    const Column& column = table.columns[filter.columns.front()];
    if (filter.element) {
        made.element = evaluate_or_refuse(*filter.element, bound, arena);
        check_filter_value(column, made.element);
    }
    const auto add = [&](const DataType& type, const Value& value) {
        check_filter_value(column, value);
        if (!filter.tuples) {
            made.values.push_back(value);
            return;
        }
        for (const Value& part : split_collection(type, value.content)) {
            check_filter_value(column, part);
            made.values.push_back(part);
        }
    };
    for (const Term& term : filter.values) {
        const Value value = evaluate_or_refuse(term, bound, arena);
        if (!filter.whole_list) {
            add(term.type, value);
            continue;
        }
        check_filter_value(column, value);
        for (const Value& one : split_collection(term.type, value.content)) add(term.type.children()[0], one);
    }
    return made;
}

std::int32_t bind_ttl(const ModificationPlan& plan, const Bound& bound, Arena& arena) {
    const std::int32_t standard =
        plan.kind == ModificationKind::remove ? 0 : plan.table->options.default_time_to_live;
    if (!plan.ttl) return standard;
    const Value value = evaluate_or_refuse(*plan.ttl, bound, arena);
    if (value.is_unset()) return standard;
    if (value.is_null()) return 0;
    const std::int64_t ttl = as_integer(value, "ttl");
    if (ttl < 0) refuse_invalid("A TTL must be greater or equal to 0, but was " + std::to_string(ttl));
    if (ttl > max_ttl)
        refuse_invalid("ttl is too large. requested (" + std::to_string(ttl) + ") maximum (" +
                       std::to_string(max_ttl) + ")");
    return static_cast<std::int32_t>(ttl);
}

std::optional<std::int64_t> bind_time(const std::optional<Term>& term, const Bound& bound, Arena& arena) {
    if (!term) return std::nullopt;
    const Value value = evaluate_or_refuse(*term, bound, arena);
    if (value.is_unset()) return std::nullopt;
    if (value.is_null()) refuse_invalid("Invalid null value of timestamp");
    const std::int64_t time = as_integer(value, "timestamp");
    if (time == std::numeric_limits<std::int64_t>::min())
        refuse_invalid("Out of bound timestamp, must be in [-9223372036854775807, 9223372036854775807]");
    return time;
}

Value bind_operation_key(const Operation& operation, const Bound& bound, Arena& arena) {
    const Value key = evaluate_or_refuse(operation.key, bound, arena);
    if (key.is_value()) return key;
    const std::string state = key.is_unset() ? "Invalid unset" : "Invalid null";
    if (operation.kind == OperationKind::set_index || operation.kind == OperationKind::discard_index)
        refuse_invalid(state + " value for list index");
    refuse_invalid(state + (operation.kind == OperationKind::discard_element ? " set element" : " map key"));
}

bool has_key(OperationKind kind) {
    return kind == OperationKind::set_element || kind == OperationKind::set_index ||
           kind == OperationKind::discard_element || kind == OperationKind::discard_index;
}

/// Adding, prepending and discarding nothing change nothing.
bool ignores_null(OperationKind kind) {
    return kind == OperationKind::append || kind == OperationKind::prepend || kind == OperationKind::discard;
}

void bind_operations(const ModificationPlan& plan, const Bound& bound, BoundModification& out) {
    for (const Operation& operation : plan.operations) {
        const Value value = evaluate_or_refuse(operation.value, bound, out.arena);
        if (value.is_unset()) continue;
        if (value.is_null() && ignores_null(operation.kind)) continue;
        const bool counts = operation.kind == OperationKind::add || operation.kind == OperationKind::subtract;
        if (counts && (value.is_null() || value.content.size() != 8))
            refuse_invalid("Invalid null value for counter increment/decrement");
        BoundOperation& made = out.operations.emplace_back();
        made.kind = operation.kind;
        made.column = &plan.table->columns[operation.column];
        made.field = operation.field;
        made.value = value;
        if (has_key(operation.kind)) made.key = bind_operation_key(operation, bound, out.arena);
    }
}

BoundCondition bind_condition(const Table& table, const Condition& condition, const Bound& bound,
                              Arena& arena) {
    BoundCondition made;
    made.plan = &condition;
    made.column = &table.columns[condition.column];
    made.index = condition.column;
    const bool by_key =
        condition.part == Condition::Part::element || condition.part == Condition::Part::index;
    if (by_key) {
        made.key = evaluate_or_refuse(condition.key, bound, arena);
        if (!made.key.is_value())
            refuse_invalid(std::string("Invalid ") + (made.key.is_unset() ? "unset" : "null") +
                           " value for " + (condition.part == Condition::Part::index ? "list" : "map") +
                           " element access");
    }
    const auto add = [&](const Value& value) {
        if (value.is_unset()) refuse_invalid("Invalid 'unset' value in condition");
        const bool compares = condition.op == ast::Operator::lt || condition.op == ast::Operator::le ||
                              condition.op == ast::Operator::gt || condition.op == ast::Operator::ge;
        if (value.is_null() && compares) {
            const char* op = condition.op == ast::Operator::lt   ? "<"
                             : condition.op == ast::Operator::le ? "<="
                             : condition.op == ast::Operator::gt ? ">"
                                                                 : ">=";
            refuse_invalid(std::string("Invalid comparison with null for operator \"") + op + "\"");
        }
        made.values.push_back(value);
    };
    for (const Term& term : condition.values) {
        const Value value = evaluate_or_refuse(term, bound, arena);
        if (!condition.whole_list) {
            add(value);
        } else if (value.is_value()) {
            for (const Value& one : split_collection(term.type, value.content)) add(one);
        } else {
            refuse_invalid("Invalid null list in IN condition");
        }
    }
    return made;
}

void keep_tokens(BoundSelect& out) {
    const auto is_outside = [&](const PartitionKey& key) {
        return key.token < out.tokens.from || key.token > out.tokens.to;
    };
    out.partitions.erase(std::remove_if(out.partitions.begin(), out.partitions.end(), is_outside),
                         out.partitions.end());
}

void bind_select(const SelectPlan& plan, const Bound& bound, BoundSelect& out) {
    out.access = plan.access;
    out.limit = bind_limit(plan.limit, bound, out.arena);
    out.per_partition_limit = bind_limit(plan.per_partition_limit, bound, out.arena);
    if (plan.token && !bind_tokens(*plan.token, bound, out.arena, out.tokens)) out.empty = true;
    if (!plan.partition_key.empty()) {
        bind_partition_keys(*plan.table, plan.partition_key, bound, out.arena, out.partitions);
        if (plan.token) keep_tokens(out);
        out.empty = out.empty || out.partitions.empty();
    }
    if (!plan.clustering.empty()) {
        out.all_rows = false;
        bind_slices(*plan.table, plan.clustering, bound, out.arena, out.slices);
        out.empty = out.empty || out.slices.empty();
    }
    for (const Filter& filter : plan.filters)
        out.filters.push_back(bind_filter(*plan.table, filter, bound, out.arena));
    if (!plan.index) return;
    out.index = plan.index->index;
    out.index_value = evaluate_or_refuse(plan.index->value, bound, out.arena);
    if (plan.index->key) out.index_key = evaluate_or_refuse(*plan.index->key, bound, out.arena);
}

void bind_modification(const ModificationPlan& plan, const Bound& bound, BoundModification& out) {
    bind_partition_keys(*plan.table, plan.partition_key, bound, out.arena, out.partitions);
    switch (plan.target) {
        case ModificationPlan::Target::rows:
            bind_clustering_keys(*plan.table, plan.clustering, bound, out.arena, out.rows);
            out.empty = out.rows.empty();
            break;
        case ModificationPlan::Target::ranges:
            bind_slices(*plan.table, plan.clustering, bound, out.arena, out.ranges);
            out.empty = out.ranges.empty();
            break;
        case ModificationPlan::Target::statics:
        case ModificationPlan::Target::partition: break;
    }
    out.empty = out.empty || out.partitions.empty();
    bind_operations(plan, bound, out);
    out.ttl = bind_ttl(plan, bound, out.arena);
    out.timestamp = bind_time(plan.timestamp, bound, out.arena);
    for (const Condition& condition : plan.conditions)
        out.conditions.push_back(bind_condition(*plan.table, condition, bound, out.arena));
}

}  // namespace

std::optional<Error> bind(const SelectPlan& plan, const Bound& bound, BoundSelect& out) {
    out.empty = false;
    out.partitions.clear();
    out.tokens = {};
    out.all_rows = true;
    out.slices.clear();
    out.index = nullptr;
    out.index_value = {};
    out.index_key = {};
    out.filters.clear();
    out.arena.clear();
    return guarded([&] { bind_select(plan, bound, out); });
}

std::optional<Error> bind(const ModificationPlan& plan, const Bound& bound, BoundModification& out) {
    out.partitions.clear();
    out.rows.clear();
    out.ranges.clear();
    out.operations.clear();
    out.conditions.clear();
    out.empty = false;
    out.arena.clear();
    return guarded([&] { bind_modification(plan, bound, out); });
}

std::variant<std::optional<std::int64_t>, Error> bind_timestamp(const std::optional<Term>& term,
                                                                const Bound& bound) {
    Arena arena;
    std::optional<std::int64_t> time;
    if (auto error = guarded([&] { time = bind_time(term, bound, arena); })) return *std::move(error);
    return time;
}

}  // namespace coodie::embedded
