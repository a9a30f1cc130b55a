// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "query/clauses.hpp"

#include <coodie/query/write_options.hpp>

#include <string_view>

namespace coodie::query {

/// UPDATE or DELETE as plain data, without values.
struct WriteParts {
    const ModelInfo& model;
    const char* operation;  ///< for messages
    std::string_view keyspace{};
    std::span<const Predicate> where{};  ///< of a bulk write; unused when `by_document`
    std::span<const Predicate> conditions{};
    std::span<const Change> changes{};  ///< none: DELETE
    bool by_document = false;           ///< WHERE is the document's key
    bool partition_only = false;        ///< of which only the partition key
    bool if_exists = false;
    bool ttl = false;
    bool timestamp = false;
};

[[nodiscard]] StatementText text_of(const WriteParts& parts);
[[nodiscard]] inline bool is_conditional(const WriteParts& parts) noexcept {
    return parts.if_exists || !parts.conditions.empty();
}
/// Throws InvalidQueryError: IF EXISTS beside conditions, a timestamp with IF (semantics rule 17), TTL,
/// timestamp or IF for a counter (semantics rule 20).
void check_clauses(const WriteParts& parts);
/// Throws InvalidQueryError unless WHERE names the whole partition key by `=` or IN and nothing but key
/// columns; with `whole_key` the clustering columns, too. No IN with IF (semantics rule 17).
void check_where(const WriteParts& parts, bool whole_key);

/// The settings of a bulk write: the query's, over which the options' win.
template <class Options>
[[nodiscard]] Options joined(const QueryState& state, Options options) {
    if constexpr (requires { options.ttl; })
        if (!options.ttl && state.has(Modifier::ttl)) options.ttl = std::chrono::seconds(state.ttl);
    if (!options.timestamp && state.has(Modifier::timestamp))
        options.timestamp = WriteTime(std::chrono::microseconds(state.timestamp));
    if (!options.consistency) options.consistency = state.execution.consistency;
    if (!options.serial_consistency) options.serial_consistency = state.execution.serial_consistency;
    if (!options.timeout) options.timeout = state.execution.timeout;
    if (options.keyspace.empty()) options.keyspace = state.keyspace;
    options.if_exists = options.if_exists || state.has(Modifier::if_exists);
    return options;
}
/// Throws InvalidQueryError for what a write cannot honour: limit, order_by, ...
void refuse_read_modifiers(const QueryState& state, const char* operation);

}  // namespace coodie::query
