// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace coodie {

namespace query {
class BatchState;
}

/// What a save does with an empty optional: writes a null (the row equals the document afterwards), or leaves
/// the column as it is (no tombstone, another writer's value survives).
enum class Nulls : std::uint8_t { write, skip };

// Every options struct is trivially destructible, so that it may travel in a `co_await` expression on GCC 12.
// Text is borrowed for the call only. Common members:
//   ttl                 0 s to 630,720,000 s (20 years), else ValidationError; 0: never expires, over the
//   table's
//                       default; not set: the table's default (semantics rule 12)
//   timestamp           of the write, microseconds since 1970; not set: the driver's clock
//   consistency         not set: the model's, else the driver's
//   serial_consistency  of a conditional write
//   timeout             of the request; not set: the driver's
//   keyspace            in place of the model's
//   batch               the write joins this batch instead of being sent; the batch must outlive the call,
//   its
//                       consistency and timeout are the batch's (setting them here is refused)

/// For `save` and `create`.
struct SaveOptions {
    std::optional<std::chrono::seconds> ttl{};
    std::optional<WriteTime> timestamp{};
    std::optional<Consistency> consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    std::string_view keyspace{};
    std::optional<Nulls> nulls{};  ///< not set: as the model says (`skip_nulls()`), else Nulls::write
    query::BatchState* batch{};
};

/// For `insert`. It has no timestamp: Cassandra takes none with IF NOT EXISTS (semantics rule 17).
struct InsertOptions {
    std::optional<std::chrono::seconds> ttl{};
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    std::string_view keyspace{};
    query::BatchState* batch{};
};

/// For `update`. A timestamp with `if_exists` or `only_if` is refused (semantics rule 17).
struct UpdateOptions {
    std::optional<std::chrono::seconds> ttl{};
    std::optional<WriteTime> timestamp{};
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    std::string_view keyspace{};
    bool if_exists{};
    query::BatchState* batch{};
};

/// For `remove`. A timestamp with `if_exists` or `only_if` is refused (semantics rule 17).
struct RemoveOptions {
    std::optional<WriteTime> timestamp{};
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    std::string_view keyspace{};
    bool if_exists{};
    query::BatchState* batch{};
};

/// For `insert_many`.
struct InsertManyOptions {
    std::optional<std::chrono::seconds> ttl{};
    std::optional<WriteTime> timestamp{};
    std::optional<Consistency> consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    std::string_view keyspace{};
    std::optional<Nulls> nulls{};
    std::uint32_t concurrency = 32;  ///< writes under way at once, at least 1
};

/// For `QuerySet::using_`.
struct UsingOptions {
    std::optional<std::chrono::seconds> ttl{};
    std::optional<WriteTime> timestamp{};
};

static_assert(std::is_trivially_destructible_v<SaveOptions> &&
              std::is_trivially_destructible_v<InsertOptions> &&
              std::is_trivially_destructible_v<UpdateOptions> &&
              std::is_trivially_destructible_v<RemoveOptions> &&
              std::is_trivially_destructible_v<InsertManyOptions> &&
              std::is_trivially_destructible_v<UsingOptions>);

}  // namespace coodie
