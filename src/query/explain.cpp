// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/explain.hpp>

#include <coodie/query/statements.hpp>

#include <string>
#include <utility>

namespace coodie::query {
namespace {

bool fixes(const Predicate& predicate) noexcept {
    return predicate.left == cql::Relation::Left::column &&
           (predicate.op == cql::Operator::equal || predicate.op == cql::Operator::in);
}

bool is_fixed(std::span<const Predicate> where, std::uint16_t column) noexcept {
    for (const Predicate& predicate : where)
        if (predicate.column == column && fixes(predicate)) return true;
    return false;
}

/// Whether a read can go straight to the rows by this condition, as far as the model tells.
bool is_served(const ModelInfo& model, std::span<const Predicate> where, const Predicate& predicate) {
    if (predicate.left == cql::Relation::Left::token) return true;
    const ColumnInfo& column = model.columns[predicate.column];
    if (column.indexed) return true;
    for (const std::uint16_t index : model.partition_key)
        if (!is_fixed(where, index)) return false;
    if (column.kind == ColumnKind::partition_key) return true;
    if (column.kind != ColumnKind::clustering) return false;
    for (std::uint16_t i = 0; i < column.position; ++i)
        if (!is_fixed(where, model.clustering[i])) return false;
    return true;
}

std::string filtered_columns(const OperationContext& context) {
    std::string names;
    for (const Predicate& predicate : context.where) {
        if (is_served(*context.model, context.where, predicate)) continue;
        const std::string name(context.model->columns[predicate.column].name);
        if (names.find(name) != std::string::npos) continue;
        if (!names.empty()) names += ", ";
        names += name;
    }
    return names;
}

std::string conditions(const OperationContext& context) {
    std::string text;
    for (const Predicate& predicate : context.where) {
        if (!text.empty()) text += ", ";
        text += predicate.left == cql::Relation::Left::token ? std::string_view("token")
                                                             : context.model->columns[predicate.column].name;
        text += ' ';
        text += cql::to_string(predicate.op);
    }
    return text.empty() ? "without conditions" : "with conditions on " + text;
}

/// What to say of a conditional write that ended with this error (semantics rule 19); "" when it was refused.
std::string_view doubt(const Error& error) noexcept {
    constexpr std::int32_t cas_write_unknown = 0x1700;  // of protocol v5 only
    switch (error.kind()) {
        case ErrorKind::timeout: break;
        case ErrorKind::connection:
            return " (if it has reached a node, whether this conditional write was applied is unknown; read "
                   "the row to find out)";
        case ErrorKind::server:
            if (error.code() == server_code::write_timeout || error.code() == server_code::write_failure ||
                error.code() == cas_write_unknown)
                break;
            return {};
        default: return {};
    }
    return " (whether this conditional write was applied is unknown; read the row to find out)";
}

Error with_message(const Error& error, std::string message) {
    if (error.kind() == ErrorKind::server) return {error.code(), std::move(message)};
    return {error.kind(), std::move(message)};
}

}  // namespace

Error explained_batch(const Error& error) {
    std::string text = "batch: " + error.message();
    if (error.kind() == ErrorKind::server && error.message().find("too large") != std::string::npos)
        text +=
            " (a batch is for few writes, best of one partition: split it, or write many documents with "
            "insert_many)";
    return with_message(error, std::move(text));
}

Error explained(const Error& error, const OperationContext& context) {
    std::string text = context.operation;
    if (context.model != nullptr) text += " of " + table_label(*context.model, context.keyspace);
    text += ": " + error.message();
    if (context.conditional) text += doubt(error);
    if (error.kind() == ErrorKind::server && error.code() == server_code::invalid &&
        context.model != nullptr && error.message().find("ALLOW FILTERING") != std::string::npos) {
        const std::string names = filtered_columns(context);
        if (!names.empty())
            text += " (column " + names +
                    ": neither a key that this query can use nor indexed; add an index, or "
                    ".allow_filtering() if reading every row is meant)";
    }
    return with_message(error, std::move(text));
}

void throw_not_found(const OperationContext& context) {
    throw DocumentNotFound(std::string(context.operation) + ": no row of " +
                           table_label(*context.model, context.keyspace) + " matches, " +
                           conditions(context));
}

void throw_several(const OperationContext& context) {
    throw MultipleDocumentsFound(std::string(context.operation) + ": several rows of " +
                                 table_label(*context.model, context.keyspace) + " match, " +
                                 conditions(context) + "; name the whole primary key, or take first()");
}

}  // namespace coodie::query
