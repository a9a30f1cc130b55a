// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/statements.hpp>

#include "query/write_parts.hpp"

#include <utility>

namespace coodie::query {
namespace {

bool touches_statics_only(const ModelInfo& model, std::span<const Change> changes,
                          std::span<const Predicate> conditions) noexcept {
    const auto is_static = [&](std::uint16_t column) {
        return model.columns[column].kind == ColumnKind::static_;
    };
    for (const Change& change : changes)
        if (!is_static(change.column)) return false;
    for (const Predicate& condition : conditions)
        if (!is_static(condition.column)) return false;
    return true;
}

/// Semantics rule 15: what a second execution would do again.
bool is_repeatable(const ModelInfo& model, std::span<const Change> changes) {
    using Kind = cql::Assignment::Kind;
    for (const Change& change : changes) {
        const ColumnInfo& column = model.columns[change.column];
        if (column.counter) return false;
        if (change.kind == Kind::set || change.kind == Kind::subtract || change.kind == Kind::field) continue;
        if (column.cql_type.starts_with("list")) return false;
    }
    return true;
}

void require_changes(const ModelInfo& model, const ChangeList& changes) {
    if (changes.items().empty())
        throw InvalidQueryError("update of " + table_label(model) +
                                " got no assignment, e.g. \"column\"_c = value");
}

Statement finish(const WriteParts& parts, BoundValues values, const UpdateOptions& options) {
    const bool repeatable = !is_conditional(parts) && is_repeatable(parts.model, parts.changes);
    ExecutionOptions execution =
        execution_options(parts.model, options.consistency, options.timeout, repeatable);
    set_serial(execution, options.serial_consistency);
    return {text_of(parts), std::move(values), execution};
}

BoundValues using_and_set(const ChangeList& changes, const UpdateOptions& options) {
    BoundValues values;
    values.reserve(changes.values().size() + 128);
    if (options.ttl) bind_int(values, checked_ttl(*options.ttl));
    if (options.timestamp) bind_bigint(values, microseconds(*options.timestamp));
    bind(values, changes);
    return values;
}

}  // namespace

Statement update_statement(const ModelInfo& model, const void* document, const ChangeList& changes,
                           const PredicateList& if_conditions, const UpdateOptions& options) {
    require_changes(model, changes);
    refuse_batch_settings(model, "update", options);
    const WriteParts parts{
        .model = model,
        .operation = "update",
        .keyspace = options.keyspace,
        .conditions = if_conditions.items(),
        .changes = changes.items(),
        .by_document = true,
        .partition_only = touches_statics_only(model, changes.items(), if_conditions.items()),
        .if_exists = options.if_exists,
        .ttl = options.ttl.has_value(),
        .timestamp = options.timestamp.has_value()};
    check_clauses(parts);
    BoundValues values = using_and_set(changes, options);
    bind_key(values, model, document, parts.partition_only);
    bind(values, model, if_conditions);
    return finish(parts, std::move(values), options);
}

Statement bulk_update_statement(const QueryState& state, const ChangeList& changes,
                                const UpdateOptions& given) {
    const ModelInfo& model = *state.model;
    refuse_read_modifiers(state, "update");
    require_changes(model, changes);
    state.where.refuse_nulls(model);
    const UpdateOptions options = joined(state, given);
    refuse_batch_settings(model, "update", options);
    const WriteParts parts{.model = model,
                           .operation = "update",
                           .keyspace = options.keyspace,
                           .where = state.where.items(),
                           .conditions = state.conditions.items(),
                           .changes = changes.items(),
                           .if_exists = options.if_exists,
                           .ttl = options.ttl.has_value(),
                           .timestamp = options.timestamp.has_value()};
    check_clauses(parts);
    check_where(parts, !touches_statics_only(model, changes.items(), state.conditions.items()));
    BoundValues values = using_and_set(changes, options);
    bind(values, model, state.where);
    bind(values, model, state.conditions);
    return finish(parts, std::move(values), options);
}

}  // namespace coodie::query
