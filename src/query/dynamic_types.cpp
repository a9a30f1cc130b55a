// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/dynamic.hpp>

#include <coodie/query/bind.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>
#include <string>

namespace coodie::query {
namespace {

[[noreturn]] void refuse(const ColumnInfo& column, const std::string& why) {
    throw InvalidQueryError("column " + std::string(column.name) + " (" + std::string(column.cql_type) +
                            "): " + why);
}

bool is_range(Operator op) noexcept {
    return op == Operator::less || op == Operator::less_equal || op == Operator::greater ||
           op == Operator::greater_equal;
}

}  // namespace

DataType operand_type(const ColumnInfo& column, Operator op) {
    const DataType type = column.type();
    if (op == Operator::contains && !type.is_collection())
        refuse(column, "contains() is for lists, sets and maps");
    if (op == Operator::contains_key && type.id() != TypeId::map)
        refuse(column, "contains_key() is for maps");
    if (is_range(op) &&
        (type.is_multi_cell() || type.id() == TypeId::boolean || type.id() == TypeId::duration))
        refuse(column, "CQL does not order values of this type, so <, <=, > and >= have no meaning");
    if (op == Operator::contains) return type.children().back();
    if (op == Operator::contains_key) return type.children().front();
    return op == Operator::in ? DataType::list(type.frozen()) : type;
}

ElementTypes element_types(const ColumnInfo& column, bool assigned) {
    const DataType type = column.type();
    if (type.id() != TypeId::map && type.id() != TypeId::list) refuse(column, "[key] is for maps and lists");
    if (assigned && !type.is_multi_cell()) refuse(column, "it is frozen: assign it as a whole");
    const DataType key = type.id() == TypeId::map ? type.children()[0] : DataType(TypeId::int_);
    return {.key = key, .value = type.children().back()};
}

DataType change_type(const ColumnInfo& column, ChangeKind kind, bool with_null) {
    const DataType type = column.type();
    if (kind == ChangeKind::set) {
        if (column.counter) refuse(column, "a counter is changed by += and -= only");
        if (with_null && !column.nullable) refuse(column, "it is not optional, so it cannot be set to null");
        return type;
    }
    if (with_null) refuse(column, "null cannot be added, taken away or put in front");
    if (kind == ChangeKind::prepend && type.id() != TypeId::list) refuse(column, "prepend() is for lists");
    if (column.counter) return TypeId::bigint;
    if (!type.is_collection()) refuse(column, "+= and -= are for lists, sets, maps and counters");
    if (!type.is_multi_cell())
        refuse(column, "it is frozen: assign it as a whole, += cannot change part of it");
    if (kind == ChangeKind::subtract && type.id() == TypeId::map) return DataType::set(type.children()[0]);
    return type;
}

Encoded append_token_document(const ModelInfo& model, const TokenOfDocument& document, Bytes& out) {
    if (&document.model() != &model)
        throw InvalidQueryError("token_of() got a document of " + table_label(document.model()) +
                                " in a query of " + table_label(model));
    wire::append(out, document.values());
    return {};
}

void check_token_columns(const ModelInfo& model, std::span<const std::uint16_t> given) {
    if (std::ranges::equal(given, model.partition_key)) return;
    std::string key;
    for (const std::uint16_t index : model.partition_key) {
        if (!key.empty()) key += ", ";
        key += model.columns[index].name;
    }
    throw InvalidQueryError("token() in a query of " + table_label(model) +
                            " takes the columns of its partition key in order: " + key);
}

}  // namespace coodie::query
