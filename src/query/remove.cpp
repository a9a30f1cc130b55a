// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/statements.hpp>

#include "query/write_parts.hpp"

#include <utility>

namespace coodie::query {
namespace {

Statement finish(const WriteParts& parts, BoundValues values, const RemoveOptions& options) {
    ExecutionOptions execution =
        execution_options(parts.model, options.consistency, options.timeout, !is_conditional(parts));
    set_serial(execution, options.serial_consistency);
    return {text_of(parts), std::move(values), execution};
}

}  // namespace

Statement remove_statement(const ModelInfo& model, const void* document, const PredicateList& if_conditions,
                           const RemoveOptions& options) {
    refuse_batch_settings(model, "remove", options);
    const WriteParts parts{.model = model,
                           .operation = "remove",
                           .keyspace = options.keyspace,
                           .conditions = if_conditions.items(),
                           .by_document = true,
                           .if_exists = options.if_exists,
                           .timestamp = options.timestamp.has_value()};
    check_clauses(parts);
    BoundValues values;
    values.reserve(96);
    if (options.timestamp) bind_bigint(values, microseconds(*options.timestamp));
    bind_key(values, model, document, false);
    bind(values, model, if_conditions);
    return finish(parts, std::move(values), options);
}

Statement bulk_remove_statement(const QueryState& state, const RemoveOptions& given) {
    const ModelInfo& model = *state.model;
    refuse_read_modifiers(state, "remove");
    if (state.has(Modifier::ttl))
        throw InvalidQueryError("remove of " + table_label(model, state.keyspace) +
                                " cannot honour ttl: a DELETE has none");
    state.where.refuse_nulls(model);
    const RemoveOptions options = joined(state, given);
    refuse_batch_settings(model, "remove", options);
    const WriteParts parts{.model = model,
                           .operation = "remove",
                           .keyspace = options.keyspace,
                           .where = state.where.items(),
                           .conditions = state.conditions.items(),
                           .if_exists = options.if_exists,
                           .timestamp = options.timestamp.has_value()};
    check_clauses(parts);
    check_where(parts, is_conditional(parts));
    BoundValues values;
    values.reserve(state.where.values().size() + 32);
    if (options.timestamp) bind_bigint(values, microseconds(*options.timestamp));
    bind(values, model, state.where);
    bind(values, model, state.conditions);
    return finish(parts, std::move(values), options);
}

}  // namespace coodie::query
