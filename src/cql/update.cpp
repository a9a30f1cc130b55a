// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/update.hpp>

#include "cql/value_list.hpp"

namespace coodie::cql {

Update& Update::assign(Assignment::Kind kind, std::string_view column, std::string_view field,
                       std::vector<Value> values) {
    Assignment assignment{.kind = kind, .column = std::string(column), .field = std::string(field)};
    for (const Value& value : values) assignment.parameters.push_back(value.type());
    shape_.assignments.push_back(std::move(assignment));
    append(assigned_, values);
    return *this;
}

Update& Update::set(std::string_view column, Value value) {
    return assign(Assignment::Kind::set, column, {}, {std::move(value)});
}
Update& Update::add(std::string_view column, Value value) {
    return assign(Assignment::Kind::add, column, {}, {std::move(value)});
}
Update& Update::subtract(std::string_view column, Value value) {
    return assign(Assignment::Kind::subtract, column, {}, {std::move(value)});
}
Update& Update::prepend(std::string_view column, Value value) {
    return assign(Assignment::Kind::prepend, column, {}, {std::move(value)});
}
Update& Update::set_element(std::string_view column, Value key, Value value) {
    return assign(Assignment::Kind::element, column, {}, {std::move(key), std::move(value)});
}
Update& Update::set_field(std::string_view column, std::string_view field, Value value) {
    return assign(Assignment::Kind::field, column, field, {std::move(value)});
}

Update& Update::where(Condition condition) {
    append(where_, condition.values);
    shape_.where.push_back(std::move(condition.relation));
    return *this;
}

Update& Update::if_exists() {
    shape_.if_clause.kind = IfClause::Kind::exists;
    return *this;
}

Update& Update::only_if(Condition condition) {
    append(if_, condition.values);
    shape_.if_clause.kind = IfClause::Kind::conditions;
    shape_.if_clause.conditions.push_back(std::move(condition.relation));
    return *this;
}

Update& Update::ttl(std::chrono::seconds ttl) {
    ttl_ = ttl_value(ttl);
    shape_.using_clause.ttl = true;
    return *this;
}

Update& Update::timestamp(WriteTime time) {
    timestamp_ = timestamp_value(time);
    shape_.using_clause.timestamp = true;
    return *this;
}

std::vector<Value> Update::values() const {
    std::vector<Value> all;
    append(all, ttl_);
    append(all, timestamp_);
    append(all, assigned_);
    append(all, where_);
    if (shape_.if_clause.kind == IfClause::Kind::conditions) append(all, if_);
    return all;
}

Update update(std::string_view keyspace, std::string_view table) {
    return Update(TableName(keyspace, table));
}
Update update(std::string_view table) { return Update(TableName(table)); }

}  // namespace coodie::cql
