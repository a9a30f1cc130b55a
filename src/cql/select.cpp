// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/select.hpp>

#include "cql/value_list.hpp"

namespace coodie::cql {

Select& Select::column(std::string_view column) { return selector(select_column(column)); }

Select& Select::columns(const std::vector<std::string>& columns) {
    for (const std::string& each : columns) column(each);
    return *this;
}

Select& Select::selector(Selector selector) {
    shape_.selectors.push_back(std::move(selector));
    return *this;
}

Select& Select::distinct() {
    shape_.distinct = true;
    return *this;
}

Select& Select::where(Condition condition) {
    append(where_, condition.values);
    shape_.where.push_back(std::move(condition.relation));
    return *this;
}

Select& Select::group_by(std::string_view column) {
    shape_.group_by.emplace_back(column);
    return *this;
}

Select& Select::order_by(std::string_view column, bool descending) {
    shape_.order_by.push_back({std::string(column), descending});
    return *this;
}

Select& Select::per_partition_limit(std::int64_t rows) {
    per_partition_limit_ = limit_value(rows);
    shape_.per_partition_limit = true;
    return *this;
}

Select& Select::limit(std::int64_t rows) {
    limit_ = limit_value(rows);
    shape_.limit = true;
    return *this;
}

Select& Select::allow_filtering() {
    shape_.allow_filtering = true;
    return *this;
}

std::vector<Value> Select::values() const {
    std::vector<Value> all = where_;
    append(all, per_partition_limit_);
    append(all, limit_);
    return all;
}

Select select_from(std::string_view keyspace, std::string_view table) {
    return Select(TableName(keyspace, table));
}
Select select_from(std::string_view table) { return Select(TableName(table)); }

}  // namespace coodie::cql
