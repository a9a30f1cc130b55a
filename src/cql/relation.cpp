// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/relation.hpp>

#include "cql/element_types.hpp"

#include <utility>

namespace coodie::cql {

std::string_view to_string(Operator op) noexcept {
    switch (op) {
        case Operator::equal: return "=";
        case Operator::not_equal: return "!=";
        case Operator::less: return "<";
        case Operator::less_equal: return "<=";
        case Operator::greater: return ">";
        case Operator::greater_equal: return ">=";
        case Operator::in: return "IN";
        case Operator::contains: return "CONTAINS";
        case Operator::contains_key: return "CONTAINS KEY";
        case Operator::like: return "LIKE";
        case Operator::is_not_null: return "IS NOT NULL";
    }
    return "=";
}

namespace {

// One bound list for IN, whatever is on the left (semantics rule 14).
std::vector<DataType> marker_types(Operator op, DataType left) {
    if (op == Operator::is_not_null) return {};
    if (op == Operator::in) return {DataType::list(left.frozen())};
    return {std::move(left)};
}

}  // namespace

Relation compare(std::string_view column, Operator op, const DataType& column_type) {
    Relation relation{.op = op, .columns = {std::string(column)}};
    switch (op) {
        case Operator::contains: relation.parameters = {element_type(column_type)}; break;
        case Operator::contains_key: relation.parameters = {key_type(column_type)}; break;
        default: relation.parameters = marker_types(op, column_type); break;
    }
    return relation;
}

Relation compare_element(std::string_view column, Operator op, const DataType& column_type) {
    Relation relation{.left = Relation::Left::element, .op = op, .columns = {std::string(column)}};
    relation.parameters = {key_type(column_type)};
    for (DataType& type : marker_types(op, element_type(column_type)))
        relation.parameters.push_back(std::move(type));
    return relation;
}

Relation compare_token(std::vector<std::string> columns, Operator op) {
    return {.left = Relation::Left::token,
            .op = op,
            .columns = std::move(columns),
            .parameters = {TypeId::bigint}};
}

Relation compare_token_of(std::vector<std::string> columns, Operator op, std::vector<DataType> types) {
    return {.left = Relation::Left::token,
            .right = Relation::Right::token_of_values,
            .op = op,
            .columns = std::move(columns),
            .parameters = std::move(types)};
}

Relation compare_tuple(std::vector<std::string> columns, Operator op, std::vector<DataType> types) {
    return {.left = Relation::Left::tuple,
            .op = op,
            .columns = std::move(columns),
            .parameters = marker_types(op, DataType::tuple(std::move(types)))};
}

}  // namespace coodie::cql
