// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/insert.hpp>

#include "cql/value_list.hpp"

namespace coodie::cql {

Insert& Insert::value(std::string_view column, Value value) {
    shape_.columns.push_back({std::string(column), value.type()});
    columns_.push_back(std::move(value));
    return *this;
}

Insert& Insert::if_not_exists() {
    shape_.if_not_exists = true;
    return *this;
}

Insert& Insert::ttl(std::chrono::seconds ttl) {
    ttl_ = ttl_value(ttl);
    shape_.using_clause.ttl = true;
    return *this;
}

Insert& Insert::timestamp(WriteTime time) {
    timestamp_ = timestamp_value(time);
    shape_.using_clause.timestamp = true;
    return *this;
}

std::vector<Value> Insert::values() const {
    std::vector<Value> all = columns_;
    append(all, ttl_);
    append(all, timestamp_);
    return all;
}

Insert insert_into(std::string_view keyspace, std::string_view table) {
    return Insert(TableName(keyspace, table));
}
Insert insert_into(std::string_view table) { return Insert(TableName(table)); }

}  // namespace coodie::cql
