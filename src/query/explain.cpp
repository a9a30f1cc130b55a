// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/explain.hpp>

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>
#include <coodie/query/statements.hpp>

#include "query/clauses.hpp"

#include <algorithm>
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

/// Text for a message: at most 60 bytes, whole characters.
std::string shortened(std::string text) {
    constexpr std::size_t limit = 60;
    if (text.size() <= limit) return text;
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "...";
}

/// Takes values off the context's one by one; "..." for one that is not all there.
class ShownValues {
public:
    explicit ShownValues(BytesView values) : rest_(values) {}

    std::string next(const DataType& type) {
        if (rest_.size() < 4) return "...";
        const auto length = wire::load<std::int32_t>(rest_.data());
        rest_ = rest_.subspan(4);
        if (length < 0) return "null";
        const std::size_t size = std::min(static_cast<std::size_t>(length), rest_.size());
        const Cell cell(rest_.first(size));
        rest_ = rest_.subspan(size);
        return size < static_cast<std::size_t>(length) ? "..." : shortened(format_value(type, cell));
    }
    std::string all(std::span<const DataType> types) {
        std::string text;
        for (const DataType& type : types) text += (text.empty() ? "" : ", ") + next(type);
        return text;
    }

private:
    BytesView rest_;
};

std::string token_of(const std::string& inside) { return "token(" + inside + ")"; }

std::string condition(const cql::Relation& relation, ShownValues& values) {
    using Left = cql::Relation::Left;
    std::span<const DataType> types = relation.parameters;
    std::string text = relation.columns.front();
    if (relation.left == Left::token) {
        for (std::size_t i = 1; i < relation.columns.size(); ++i) text += ", " + relation.columns[i];
        text = token_of(text);
    } else if (relation.left == Left::element) {
        text += "[" + values.next(types.front()) + "]";
        types = types.subspan(1);
    }
    text.append(" ").append(cql::to_string(relation.op));
    if (types.empty()) return text;
    const std::string operands = values.all(types);
    return text + " " +
           (relation.right == cql::Relation::Right::token_of_values ? token_of(operands) : operands);
}

std::string conditions(const OperationContext& context) {
    std::string text;
    ShownValues values(context.values);
    for (const cql::Relation& relation : relations(*context.model, context.where))
        text += (text.empty() ? " " : ", ") + condition(relation, values);
    return text;
}

std::string rows_of(const OperationContext& context) {
    return table_label(*context.model, context.keyspace) + " (" + std::string(context.model->type_name) + ")";
}

/// What to say of a conditional write that ended with this error (semantics rule 19); "" when it was refused.
std::string_view doubt(const Error& error) noexcept {
    switch (error.kind()) {
        case ErrorKind::timeout: break;
        case ErrorKind::connection:
            return " (if it has reached a node, whether this conditional write was applied is unknown; read "
                   "the row to find out)";
        case ErrorKind::server:
            if (error.code() == server_code::write_timeout || error.code() == server_code::write_failure ||
                error.code() == server_code::cas_write_unknown)
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
    throw DocumentNotFound(std::string(context.operation) + ": no row of " + rows_of(context) + " matches" +
                           conditions(context));
}

void throw_several(const OperationContext& context) {
    throw MultipleDocumentsFound(std::string(context.operation) + ": several rows of " + rows_of(context) +
                                 " match" + conditions(context) +
                                 "; name the whole primary key, or take first()");
}

}  // namespace coodie::query
