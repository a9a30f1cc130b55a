// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/driver/options.hpp>
#include <coodie/query/predicate.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::query {

/// What was said to a query; each ending honours some and refuses the others.
enum class Modifier : std::uint32_t {
    limit = 1U << 0U,
    per_partition_limit = 1U << 1U,
    order_by = 1U << 2U,
    allow_filtering = 1U << 3U,
    only = 1U << 4U,
    defer = 1U << 5U,
    fetch_size = 1U << 6U,
    page = 1U << 7U,
    ttl = 1U << 8U,
    timestamp = 1U << 9U,
    if_exists = 1U << 10U,
    only_if = 1U << 11U,
    serial_consistency = 1U << 12U,
};

struct Ordering {
    std::uint16_t column = 0;
    bool descending = false;
};

/// A query as plain data: what a QuerySet holds. Made, copied and changed by one thread at a time.
struct QueryState {
    explicit QueryState(const ModelInfo& of) : model(&of) {}

    const ModelInfo* model;
    PredicateList where;
    PredicateList conditions;  ///< of only_if
    std::vector<Ordering> order;
    std::vector<std::uint16_t> columns;  ///< of only and defer: those to read, keys included; empty: all
    std::string keyspace;                ///< "": the model's
    std::shared_ptr<Driver> driver;      ///< none: the model's connection
    std::string page_token;
    std::int32_t limit = 0;
    std::int32_t per_partition_limit = 0;
    std::int64_t timestamp = 0;
    std::int32_t ttl = 0;
    ExecutionOptions execution;
    std::uint32_t said = 0;  ///< bits of Modifier

    [[nodiscard]] bool has(Modifier modifier) const noexcept {
        return (said & static_cast<std::uint32_t>(modifier)) != 0;
    }
    void say(Modifier modifier) noexcept { said |= static_cast<std::uint32_t>(modifier); }

    // Each checks its argument and throws InvalidQueryError (ValidationError for a TTL), naming the modifier.
    void set_limit(std::int64_t rows);
    void set_per_partition_limit(std::int64_t rows);
    void set_fetch_size(std::int64_t rows);
    void set_ttl(std::chrono::seconds ttl_to_use);
    void set_timestamp(WriteTime time);
    /// `ordering` columns must be clustering columns, as CQL wants it.
    void add_order(std::vector<Ordering> ordering);
    void set_only(const std::vector<std::uint16_t>& wanted);
    void set_defer(const std::vector<std::uint16_t>& unwanted);
};

/// The TTL in seconds; throws ValidationError outside 0..630720000 (semantics rule 12).
[[nodiscard]] std::int32_t checked_ttl(std::chrono::seconds ttl);

}  // namespace coodie::query
