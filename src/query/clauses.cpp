// SPDX-License-Identifier: Apache-2.0
#include "query/clauses.hpp"

#include <coodie/codec/wire.hpp>

namespace coodie::query {
namespace {

std::string name_of(const ModelInfo& model, std::uint16_t column) {
    return std::string(model.columns[column].name);
}

cql::Relation relation(const ModelInfo& model, const Predicate& predicate) {
    using Left = cql::Relation::Left;
    if (predicate.left == Left::token) {
        if (predicate.right == cql::Relation::Right::marker)
            return cql::compare_token(partition_key_names(model), predicate.op);
        std::vector<DataType> types;
        for (const std::uint16_t index : model.partition_key) types.push_back(model.columns[index].type());
        return cql::compare_token_of(partition_key_names(model), predicate.op, std::move(types));
    }
    const ColumnInfo& column = model.columns[predicate.column];
    if (predicate.left == Left::element)
        return cql::compare_element(column.name, predicate.op, column.type());
    return cql::compare(column.name, predicate.op, column.type());
}

void append_values(BoundValues& values, const Bytes& encoded, std::uint32_t count) {
    Bytes& buffer = values.buffer();
    buffer.insert(buffer.end(), encoded.begin(), encoded.end());
    for (std::uint32_t i = 0; i < count; ++i) values.count_one();
}

}  // namespace

void add_to_key(ShapeKey& key, std::span<const Predicate> predicates) {
    key.add(static_cast<std::uint16_t>(predicates.size()));
    for (const Predicate& predicate : predicates)
        key.add(predicate.op, predicate.left, predicate.right, predicate.column);
}

void add_to_key(ShapeKey& key, std::span<const Change> changes) {
    key.add(static_cast<std::uint16_t>(changes.size()));
    for (const Change& change : changes) key.add(change.kind, change.column);
}

std::vector<cql::Relation> relations(const ModelInfo& model, std::span<const Predicate> predicates) {
    std::vector<cql::Relation> all;
    all.reserve(predicates.size());
    for (const Predicate& predicate : predicates) all.push_back(relation(model, predicate));
    return all;
}

std::vector<cql::Relation> key_relations(const ModelInfo& model, bool partition_only) {
    std::vector<cql::Relation> all;
    const auto add = [&](std::span<const std::uint16_t> columns) {
        for (const std::uint16_t index : columns) {
            const ColumnInfo& column = model.columns[index];
            all.push_back(cql::compare(column.name, cql::Operator::equal, column.type()));
        }
    };
    add(model.partition_key);
    if (!partition_only) add(model.clustering);
    return all;
}

std::vector<cql::Assignment> assignments(const ModelInfo& model, std::span<const Change> changes) {
    std::vector<cql::Assignment> all;
    all.reserve(changes.size());
    for (const Change& change : changes) {
        const ColumnInfo& column = model.columns[change.column];
        all.push_back(cql::assign(column.name, change.kind, column.type()));
    }
    return all;
}

std::vector<std::string> partition_key_names(const ModelInfo& model) {
    std::vector<std::string> names;
    for (const std::uint16_t index : model.partition_key) names.push_back(name_of(model, index));
    return names;
}

cql::TableName table_name(const ModelInfo& model, std::string_view keyspace) {
    return {keyspace.empty() ? model.keyspace : keyspace, model.table};
}

std::uint16_t value_count(const ModelInfo& model, const Predicate& predicate) noexcept {
    if (predicate.op == cql::Operator::is_not_null) return 0;
    if (predicate.left == cql::Relation::Left::element) return 2;
    if (predicate.right == cql::Relation::Right::token_of_values)
        return static_cast<std::uint16_t>(model.partition_key.size());
    return 1;
}

std::uint16_t value_count(const Change& change) noexcept {
    return change.kind == cql::Assignment::Kind::element ? 2 : 1;
}

void bind(BoundValues& values, const ModelInfo& model, const PredicateList& predicates) {
    std::uint32_t count = 0;
    for (const Predicate& predicate : predicates.items()) count += value_count(model, predicate);
    append_values(values, predicates.values(), count);
}

void bind(BoundValues& values, const ChangeList& changes) {
    std::uint32_t count = 0;
    for (const Change& change : changes.items()) count += value_count(change);
    append_values(values, changes.values(), count);
}

void bind_int(BoundValues& values, std::int32_t value) {
    wire::append(values.buffer(), std::int32_t{sizeof value});
    wire::append(values.buffer(), value);
    values.count_one();
}

void bind_bigint(BoundValues& values, std::int64_t value) {
    wire::append(values.buffer(), std::int32_t{sizeof value});
    wire::append(values.buffer(), value);
    values.count_one();
}

void bind_column(BoundValues& values, const ModelInfo& model, const ColumnInfo& column,
                 const void* document) {
    try {
        column.encode(document, values.buffer());
    } catch (const ValidationError& error) {
        throw ValidationError(column_label(model, column) + ": " + error.what());
    }
    values.count_one();
}

void bind_key(BoundValues& values, const ModelInfo& model, const void* document, bool partition_only) {
    const auto add = [&](std::span<const std::uint16_t> columns) {
        for (const std::uint16_t index : columns) {
            const ColumnInfo& column = model.columns[index];
            if (column.is_null(document))
                throw ValidationError(column_label(model, column) +
                                      " is part of the primary key and is null; set it");
            bind_column(values, model, column, document);
        }
    };
    add(model.partition_key);
    if (!partition_only) add(model.clustering);
}

ExecutionOptions execution_options(const ModelInfo& model, std::optional<Consistency> consistency,
                                   std::optional<std::chrono::milliseconds> timeout, bool idempotent) {
    ExecutionOptions execution;
    execution.consistency = consistency ? consistency : model.consistency;
    execution.timeout = timeout;
    execution.idempotent = idempotent;
    return execution;
}

void set_serial(ExecutionOptions& execution, std::optional<Consistency> serial) {
    if (!serial) return;
    if (*serial != Consistency::serial && *serial != Consistency::local_serial)
        throw InvalidQueryError(
            "serial_consistency is Consistency::serial or Consistency::local_serial; the "
            "consistency of the write's second phase is `consistency`");
    execution.serial_consistency = serial;
}

std::string table_label(const ModelInfo& model, std::string_view keyspace) {
    const std::string_view in = keyspace.empty() ? model.keyspace : keyspace;
    if (in.empty()) return std::string(model.table);
    return std::string(in) + '.' + std::string(model.table);
}

}  // namespace coodie::query
