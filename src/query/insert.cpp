// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/statements.hpp>

#include "query/clauses.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace coodie::query {
namespace {

struct InsertParts {
    const ModelInfo& model;
    std::string_view keyspace;
    bool if_not_exists = false;
    bool ttl = false;
    bool timestamp = false;
};

StatementText render(const InsertParts& parts) {
    cql::InsertShape shape{.table = table_name(parts.model, parts.keyspace)};
    for (const ColumnInfo& column : parts.model.columns)
        shape.columns.push_back({std::string(column.name), column.type()});
    shape.if_not_exists = parts.if_not_exists;
    shape.using_clause = {.ttl = parts.ttl, .timestamp = parts.timestamp};
    shape.partition_key = partition_key_names(parts.model);
    return shape.render();
}

StatementText text_by_key(const InsertParts& parts) {
    ShapeKey key;
    key.add(ShapeTag::insert).add(&parts.model).add(parts.if_not_exists);
    key.add(parts.ttl).add(parts.timestamp).add(parts.keyspace);
    return shape_text(key, [&] { return render(parts); });
}

/// The last plain INSERT of a model on this thread: most writes take no shape's key.
struct PlainInsert {
    const ModelInfo* model = nullptr;
    StatementText text;

    [[nodiscard]] static PlainInsert& of(const ModelInfo& model) {
        thread_local std::array<PlainInsert, 16> places;
        const auto address = reinterpret_cast<std::uintptr_t>(&model);
        return places[(address >> 4U ^ address >> 10U) % places.size()];
    }
};

StatementText text_of(const InsertParts& parts) {
    if (parts.if_not_exists || parts.ttl || parts.timestamp || !parts.keyspace.empty())
        return text_by_key(parts);
    PlainInsert& plain = PlainInsert::of(parts.model);
    if (plain.model != &parts.model) plain = {&parts.model, text_by_key(parts)};
    return plain.text;
}

/// Empty, with room for what most documents take, so that the buffer seldom grows.
BoundValues values_for(const ModelInfo& model) {
    BoundValues values;
    values.reserve(model.columns.size() * 48 + 32);
    return values;
}

void refuse_counters(const ModelInfo& model, const char* operation) {
    if (model.counter_table)
        throw InvalidQueryError(std::string(operation) + " of " + table_label(model) +
                                ": a counter table takes no INSERT; use update(\"column\"_c += n)");
}

void bind_columns(BoundValues& values, const InsertParts& parts, const void* document, bool skip_nulls) {
    const std::span<const ColumnInfo> columns = parts.model.columns;
    std::size_t at = 0;
    try {
        for (; at < columns.size(); ++at) {
            const ColumnInfo& column = columns[at];
            if (is_key(column) && column.is_null(document)) break;
            if (skip_nulls && column.is_null(document)) {
                values.add_unset();
                continue;
            }
            column.encode(document, values.buffer());
            values.count_one();
        }
    } catch (const ValidationError& error) {
        throw ValidationError(column_label(parts.model, columns[at]) + ": " + error.what());
    }
    if (at < columns.size())
        throw ValidationError(column_label(parts.model, columns[at]) +
                              " is part of the primary key and is null; set it");
}

}  // namespace

Statement save_statement(const ModelInfo& model, const void* document, const SaveOptions& options) {
    refuse_counters(model, "save");
    refuse_batch_settings(model, "save", options);
    const InsertParts parts{.model = model,
                            .keyspace = options.keyspace,
                            .ttl = options.ttl.has_value(),
                            .timestamp = options.timestamp.has_value()};
    const bool skip = options.nulls ? *options.nulls == Nulls::skip : model.skip_nulls;
    BoundValues values = values_for(model);
    bind_columns(values, parts, document, skip);
    if (options.ttl) bind_int(values, checked_ttl(*options.ttl));
    if (options.timestamp) bind_bigint(values, microseconds(*options.timestamp));
    return {text_of(parts), std::move(values),
            execution_options(model, options.consistency, options.timeout, true)};
}

Statement insert_statement(const ModelInfo& model, const void* document, const InsertOptions& options) {
    refuse_counters(model, "insert");
    refuse_batch_settings(model, "insert", options);
    const InsertParts parts{
        .model = model, .keyspace = options.keyspace, .if_not_exists = true, .ttl = options.ttl.has_value()};
    BoundValues values = values_for(model);
    bind_columns(values, parts, document, true);
    if (options.ttl) bind_int(values, checked_ttl(*options.ttl));
    // Not idempotent: a second try would find the row that the first one made (semantics rule 15).
    ExecutionOptions execution = execution_options(model, options.consistency, options.timeout, false);
    set_serial(execution, options.serial_consistency);
    return {text_of(parts), std::move(values), execution};
}

}  // namespace coodie::query
