// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/condition.hpp>

#include <utility>

namespace coodie::cql {
namespace {

// The value has the parameter's own type already, so nothing is derived from a column's type.
Condition one_marker(std::string_view column, Operator op, Value value) {
    Condition condition{
        .relation = {.op = op, .columns = {std::string(column)}, .parameters = {value.type()}}};
    condition.values.push_back(std::move(value));
    return condition;
}

}  // namespace

Condition eq(std::string_view column, Value value) {
    return one_marker(column, Operator::equal, std::move(value));
}
Condition ne(std::string_view column, Value value) {
    return one_marker(column, Operator::not_equal, std::move(value));
}
Condition lt(std::string_view column, Value value) {
    return one_marker(column, Operator::less, std::move(value));
}
Condition le(std::string_view column, Value value) {
    return one_marker(column, Operator::less_equal, std::move(value));
}
Condition gt(std::string_view column, Value value) {
    return one_marker(column, Operator::greater, std::move(value));
}
Condition ge(std::string_view column, Value value) {
    return one_marker(column, Operator::greater_equal, std::move(value));
}
Condition in(std::string_view column, Value list) {
    return one_marker(column, Operator::in, std::move(list));
}
Condition contains(std::string_view column, Value element) {
    return one_marker(column, Operator::contains, std::move(element));
}
Condition contains_key(std::string_view column, Value key) {
    return one_marker(column, Operator::contains_key, std::move(key));
}
Condition like(std::string_view column, Value pattern) {
    return one_marker(column, Operator::like, std::move(pattern));
}

Condition is_not_null(std::string_view column) {
    return {.relation = {.op = Operator::is_not_null, .columns = {std::string(column)}}};
}

Condition element(std::string_view column, Value key, Operator op, Value value) {
    Condition condition{.relation = {.left = Relation::Left::element,
                                     .op = op,
                                     .columns = {std::string(column)},
                                     .parameters = {key.type(), value.type()}}};
    condition.values.push_back(std::move(key));
    condition.values.push_back(std::move(value));
    return condition;
}

Condition token_is(std::vector<std::string> columns, Operator op, std::int64_t token) {
    return {.relation = compare_token(std::move(columns), op), .values = {Value(token)}};
}

Condition token_like(std::vector<std::string> columns, Operator op, std::vector<Value> values) {
    std::vector<DataType> types;
    types.reserve(values.size());
    for (const Value& value : values) types.push_back(value.type());
    return {.relation = compare_token_of(std::move(columns), op, std::move(types)),
            .values = std::move(values)};
}

}  // namespace coodie::cql
