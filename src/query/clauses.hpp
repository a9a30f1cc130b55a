// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "query/shape_cache.hpp"

#include <coodie/cql/shape.hpp>
#include <coodie/query/predicate.hpp>
#include <coodie/query/query_state.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/types/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What several statements share: clauses from plain data, keys of a document, options.
namespace coodie::query {

/// The first byte of a shape's key.
enum class ShapeTag : std::uint8_t { select, insert, update, remove };

void add_to_key(ShapeKey& key, std::span<const Predicate> predicates);
void add_to_key(ShapeKey& key, std::span<const Change> changes);

[[nodiscard]] std::vector<cql::Relation> relations(const ModelInfo& model,
                                                   std::span<const Predicate> predicates);
/// `key column = ?` for the partition key, and for the clustering columns unless `partition_only`.
[[nodiscard]] std::vector<cql::Relation> key_relations(const ModelInfo& model, bool partition_only);
[[nodiscard]] std::vector<cql::Assignment> assignments(const ModelInfo& model,
                                                       std::span<const Change> changes);
[[nodiscard]] std::vector<std::string> partition_key_names(const ModelInfo& model);
[[nodiscard]] cql::TableName table_name(const ModelInfo& model, std::string_view keyspace);

/// The number of `?` of a predicate or a change.
[[nodiscard]] std::uint16_t value_count(const ModelInfo& model, const Predicate& predicate) noexcept;
[[nodiscard]] std::uint16_t value_count(const Change& change) noexcept;

// Appending to bound values. The lists carry their values encoded already.
void bind(BoundValues& values, const ModelInfo& model, const PredicateList& predicates);
void bind(BoundValues& values, const ChangeList& changes);
void bind_int(BoundValues& values, std::int32_t value);
void bind_bigint(BoundValues& values, std::int64_t value);
/// One column of a document; throws ValidationError naming table and column.
void bind_column(BoundValues& values, const ModelInfo& model, const ColumnInfo& column, const void* document);
/// The primary key of a document; throws ValidationError for a null in it (semantics rule 2).
void bind_key(BoundValues& values, const ModelInfo& model, const void* document, bool partition_only);

[[nodiscard]] inline std::int64_t microseconds(WriteTime time) noexcept {
    return time.time_since_epoch().count();
}

/// Whether a column belongs to the primary key.
[[nodiscard]] inline bool is_key(const ColumnInfo& column) noexcept {
    return column.kind == ColumnKind::partition_key || column.kind == ColumnKind::clustering;
}

/// Consistency: the options', else the model's.
[[nodiscard]] ExecutionOptions execution_options(const ModelInfo& model,
                                                 std::optional<Consistency> consistency,
                                                 std::optional<std::chrono::milliseconds> timeout,
                                                 bool idempotent);
/// Throws InvalidQueryError unless it is `serial` or `local_serial`.
void set_serial(ExecutionOptions& execution, std::optional<Consistency> serial);

/// Throws InvalidQueryError when a write that joins a batch has settings that only the batch can have.
template <class Options>
void refuse_batch_settings(const ModelInfo& model, const char* operation, const Options& options) {
    if (options.batch == nullptr) return;
    bool serial = false;
    if constexpr (requires { options.serial_consistency; }) serial = options.serial_consistency.has_value();
    if (options.consistency || options.timeout || serial)
        throw InvalidQueryError(
            std::string(operation) + " of " + table_label(model) +
            ": consistency and timeout of a write in a batch are the batch's; set them there");
}

[[nodiscard]] inline std::string column_label(const ModelInfo& model, const ColumnInfo& column) {
    return table_label(model) + '.' + std::string(column.name);
}

}  // namespace coodie::query
