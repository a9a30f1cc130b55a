// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/schema.hpp"
#include "embedded/planner/plan.hpp"
#include "embedded/planner/value.hpp"

#include <coodie/driver/parameter_fit.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/error.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

namespace coodie::embedded {

/// A planned statement with its tables opened. Immutable; valid while the schema has this version.
struct Prepared {
    StatementText text;    ///< keeps its identity from being used again
    std::string keyspace;  ///< of unqualified names
    Plan plan;
    ParameterFit fit;
    /// Of the SELECT or modification, or of each statement of a batch; null for virtual tables.
    std::vector<std::shared_ptr<const OpenTable>> tables;
    std::uint64_t schema_version = 0;

    /// The statement's values, in `kept` when they have to become other types (semantics rule 7), else
    /// borrowed from the statement. @return an Error `validation` or what Bound::of says.
    std::variant<Bound, Error> values_of(const Statement& statement, BoundValues& kept) const;
};

/// The most recently used prepared statements, at most `capacity`, found by the identity of their text (or,
/// when another object has the same text, by that). Any thread.
class PlanCache {
public:
    static constexpr std::size_t capacity = 4096;

    /// Null when there is none for this text, keyspace and schema version.
    std::shared_ptr<const Prepared> find(const StatementText& text, std::string_view keyspace,
                                         std::uint64_t version);
    void put(std::shared_ptr<const Prepared> prepared);
    [[nodiscard]] std::size_t size() const;

private:
    static constexpr std::size_t shard_count = 16;
    using Entries = std::list<std::shared_ptr<const Prepared>>;
    struct Shard {
        mutable std::mutex mutex;
        Entries entries;  ///< the most recently used first
        boost::unordered_flat_map<std::uint64_t, Entries::iterator> by_hash;
    };
    Shard& shard(std::uint64_t hash) noexcept { return shards_[(hash >> 32U) % shard_count]; }
    std::array<Shard, shard_count> shards_;
};

}  // namespace coodie::embedded
