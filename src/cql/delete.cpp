// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/delete.hpp>

#include "cql/value_list.hpp"

namespace coodie::cql {

Delete& Delete::column(std::string_view column) {
    shape_.columns.push_back({std::string(column), {}});
    return *this;
}

Delete& Delete::element(std::string_view column, Value key) {
    shape_.columns.push_back({std::string(column), {key.type()}});
    elements_.push_back(std::move(key));
    return *this;
}

Delete& Delete::where(Condition condition) {
    append(where_, condition.values);
    shape_.where.push_back(std::move(condition.relation));
    return *this;
}

Delete& Delete::if_exists() {
    shape_.if_clause.kind = IfClause::Kind::exists;
    return *this;
}

Delete& Delete::only_if(Condition condition) {
    append(if_, condition.values);
    shape_.if_clause.kind = IfClause::Kind::conditions;
    shape_.if_clause.conditions.push_back(std::move(condition.relation));
    return *this;
}

Delete& Delete::timestamp(WriteTime time) {
    timestamp_ = timestamp_value(time);
    shape_.timestamp = true;
    return *this;
}

std::vector<Value> Delete::values() const {
    std::vector<Value> all = elements_;
    append(all, timestamp_);
    append(all, where_);
    if (shape_.if_clause.kind == IfClause::Kind::conditions) append(all, if_);
    return all;
}

Delete delete_from(std::string_view keyspace, std::string_view table) {
    return Delete(TableName(keyspace, table));
}
Delete delete_from(std::string_view table) { return Delete(TableName(table)); }

}  // namespace coodie::cql
