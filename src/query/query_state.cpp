// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/query_state.hpp>

#include "query/clauses.hpp"

#include <coodie/query/statements.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace coodie::query {
namespace {

/// Of the server: Cassandra refuses more than 20 years (semantics rule 12).
constexpr std::int64_t most_ttl = 630'720'000;

std::int32_t positive(const ModelInfo& model, const char* what, std::int64_t rows) {
    if (rows < 1 || rows > std::numeric_limits<std::int32_t>::max())
        throw InvalidQueryError(std::string(what) + " of a query of " + table_label(model) +
                                " must be 1 to 2147483647, got " + std::to_string(rows));
    return static_cast<std::int32_t>(rows);
}

}  // namespace

std::int32_t checked_ttl(std::chrono::seconds ttl) {
    if (ttl.count() < 0 || ttl.count() > most_ttl)
        throw ValidationError("a TTL is 0 (never expires) to 630720000 seconds (20 years), got " +
                              std::to_string(ttl.count()));
    return static_cast<std::int32_t>(ttl.count());
}

void QueryState::set_limit(std::int64_t rows) {
    limit = positive(*model, "limit", rows);
    say(Modifier::limit);
}

void QueryState::set_per_partition_limit(std::int64_t rows) {
    per_partition_limit = positive(*model, "per_partition_limit", rows);
    say(Modifier::per_partition_limit);
}

void QueryState::set_fetch_size(std::int64_t rows) {
    execution.page_size = positive(*model, "fetch_size", rows);
    say(Modifier::fetch_size);
}

void QueryState::set_ttl(std::chrono::seconds ttl_to_use) {
    ttl = checked_ttl(ttl_to_use);
    say(Modifier::ttl);
}

void QueryState::set_timestamp(WriteTime time) {
    timestamp = time.time_since_epoch().count();
    say(Modifier::timestamp);
}

void QueryState::add_order(std::vector<Ordering> ordering) {
    for (const Ordering& by : ordering) {
        const ColumnInfo& column = model->columns[by.column];
        if (column.kind != ColumnKind::clustering)
            throw InvalidQueryError("order_by of a query of " + table_label(*model) + ": " +
                                    std::string(column.name) +
                                    " is no clustering column; CQL orders rows of a partition by those only");
        order.push_back(by);
    }
    say(Modifier::order_by);
}

void QueryState::set_only(const std::vector<std::uint16_t>& wanted) {
    columns.clear();
    for (std::size_t i = 0; i < model->columns.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        if (is_key(model->columns[i]) || std::find(wanted.begin(), wanted.end(), index) != wanted.end())
            columns.push_back(index);
    }
    say(Modifier::only);
}

void QueryState::set_defer(const std::vector<std::uint16_t>& unwanted) {
    for (const std::uint16_t index : unwanted)
        if (is_key(model->columns[index]))
            throw InvalidQueryError("defer of a query of " + table_label(*model) + ": " +
                                    std::string(model->columns[index].name) +
                                    " is part of the primary key, which is always read");
    columns.clear();
    for (std::size_t i = 0; i < model->columns.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        if (std::find(unwanted.begin(), unwanted.end(), index) == unwanted.end()) columns.push_back(index);
    }
    say(Modifier::defer);
}

}  // namespace coodie::query
