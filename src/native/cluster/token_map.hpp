// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/host.hpp"
#include "native/cluster/replication.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace coodie::native {

/// Hosts that something else owns (a Snapshot).
using Hosts = std::span<Host* const>;

/// The tokens of all hosts, sorted: position i owns (token[i-1], token[i]].
class TokenRing {
public:
    TokenRing() = default;
    /// In any order. A token that comes twice keeps the host that came first.
    explicit TokenRing(const std::vector<std::pair<std::int64_t, Host*>>& tokens);

    [[nodiscard]] std::size_t size() const noexcept { return tokens_.size(); }
    [[nodiscard]] bool empty() const noexcept { return tokens_.empty(); }
    [[nodiscard]] std::int64_t token(std::size_t position) const noexcept { return tokens_[position]; }
    [[nodiscard]] Host* owner(std::size_t position) const noexcept { return owners_[position]; }
    /// The position that owns a token: the first one >= it, else the first of all. 0 for an empty ring.
    [[nodiscard]] std::size_t position(std::int64_t token) const noexcept;

private:
    std::vector<std::int64_t> tokens_;
    std::vector<Host*> owners_;
};

/// The replicas of each position of a ring under one strategy: one flat array, since every position has
/// equally many.
class ReplicaMap {
public:
    ReplicaMap() = default;
    /// Places replicas as Cassandra's SimpleStrategy and NetworkTopologyStrategy do (racks first; transient
    /// replicas, which come last, are left out). Each walk goes round the ring once at most, so a factor
    /// above the number of nodes ends, too.
    ReplicaMap(const TokenRing& ring, const ReplicationStrategy& strategy);

    /// In ring order, the primary replica first. Empty when the strategy tells none.
    [[nodiscard]] Hosts at(std::size_t position) const noexcept {
        return Hosts(replicas_).subspan(position * per_position_, per_position_);
    }
    [[nodiscard]] std::size_t per_position() const noexcept { return per_position_; }

private:
    std::vector<Host*> replicas_;
    std::size_t per_position_ = 0;
};

}  // namespace coodie::native
