// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace coodie::native {

/// The hosts to try for one request, best first, each once, found as they are asked for; never allocates.
/// Borrows its snapshot: whoever keeps a plan beyond the first host keeps the snapshot, too. A small value;
/// one thread.
class QueryPlan {
public:
    /// An empty plan.
    QueryPlan() = default;
    /// @param replicas of the token within `snapshot`; empty: no token awareness.
    /// @param turn where to begin among equals; counts up from request to request.
    QueryPlan(const Snapshot& snapshot, Hosts replicas, bool allow_remote, std::uint64_t turn) noexcept
        : snapshot_(&snapshot),
          replicas_(replicas),
          turn_(turn),
          stage_(replicas.empty() ? Stage::local_hosts : Stage::local_replicas),
          allow_remote_(allow_remote) {}

    /// nullptr when there are no more: no host that is up is left.
    [[nodiscard]] Host* next() noexcept;

private:
    enum class Stage : std::uint8_t { local_replicas, local_hosts, remote_replicas, remote_hosts, end };

    [[nodiscard]] bool fits(const Host& host) const noexcept;
    [[nodiscard]] Hosts hosts_of(Stage stage) const noexcept;
    [[nodiscard]] std::uint32_t from(Hosts hosts, std::uint32_t at) const noexcept;
    struct Pick {
        std::uint32_t turn_at;   // the number of hosts when none fits
        std::uint32_t other_at;  // the same one when it is the only one
    };
    [[nodiscard]] Pick pick_of_few(Hosts hosts) const noexcept;
    [[nodiscard]] Pick pick_of_many(Hosts hosts) const noexcept;
    Host* first_of(Hosts hosts) noexcept;
    Host* following(Hosts hosts) noexcept;

    const Snapshot* snapshot_ = nullptr;
    Hosts replicas_;
    std::uint64_t turn_ = 0;
    Host* first_ = nullptr;        // of this stage: given already
    std::uint32_t start_ = 0;      // its position
    std::uint32_t looked_at_ = 0;  // positions after it
    Stage stage_ = Stage::end;
    bool allow_remote_ = false;
};

/// Token-aware within the local datacenter: its replicas first, then its other hosts, each in turn (round
/// robin), the first one the less busy of two (requests in flight). Remote datacenters never, unless allowed:
/// then after all local hosts. Immutable; any thread.
class LoadBalancing {
public:
    explicit LoadBalancing(bool allow_remote = false) noexcept : allow_remote_(allow_remote) {}

    /// @param token of the partition key, when known; with a keyspace it leads to replicas.
    [[nodiscard]] QueryPlan plan(const Snapshot& snapshot, std::string_view keyspace,
                                 std::optional<std::int64_t> token) const noexcept {
        return plan(snapshot, keyspace, token, next_turn());
    }
    /// The same with the turn given: a pure function.
    [[nodiscard]] QueryPlan plan(const Snapshot& snapshot, std::string_view keyspace,
                                 std::optional<std::int64_t> token, std::uint64_t turn) const noexcept {
        const Hosts replicas = token ? snapshot.replicas(keyspace, *token) : Hosts();
        return QueryPlan(snapshot, replicas, allow_remote_, turn);
    }

private:
    /// Counts per thread, so that threads do not fight for one counter.
    static std::uint64_t next_turn() noexcept;

    bool allow_remote_;
};

}  // namespace coodie::native
