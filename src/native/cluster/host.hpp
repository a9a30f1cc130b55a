// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/host_record.hpp"
#include "native/cluster/node_metrics.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace coodie::native {

/// The place of ScyllaDB's shards: shard = ((token + 2^63) << ignored_bits) * shards >> 64 in 128 bits.
/// Nothing sets or reads it yet; a connection will learn it from SUPPORTED (SCYLLA_NR_SHARDS,
/// SCYLLA_SHARDING_IGNORE_MSB, SCYLLA_SHARD_AWARE_PORT).
struct Sharding {
    std::uint16_t shards = 0;  ///< 0: not a ScyllaDB node
    std::uint8_t ignored_bits = 0;
    std::uint16_t shard_aware_port = 0;  ///< 0: none
};

/// A node of the cluster: what identifies it never changes; whether it is up and how busy it is does, and
/// outlives one snapshot (the next one shares the same Host unless the node moved). Any thread.
class Host {
public:
    /// @param local whether its datacenter is the session's.
    Host(const HostRecord& record, bool local)
        : id_(record.id),
          endpoint_(record.endpoint),
          datacenter_(record.datacenter),
          rack_(record.rack),
          local_(local) {}

    [[nodiscard]] const uuid& id() const noexcept { return id_; }
    [[nodiscard]] const Endpoint& endpoint() const noexcept { return endpoint_; }
    [[nodiscard]] const std::string& datacenter() const noexcept { return datacenter_; }
    [[nodiscard]] const std::string& rack() const noexcept { return rack_; }
    [[nodiscard]] bool is_local() const noexcept { return local_; }
    [[nodiscard]] const Sharding& sharding() const noexcept { return sharding_; }

    /// Query plans leave out what is not up. Up to begin with; the session decides.
    [[nodiscard]] bool is_up() const noexcept { return up_.load(std::memory_order_relaxed); }
    void set_up(bool up) noexcept { up_.store(up, std::memory_order_relaxed); }

    /// Requests sent and not answered, over all connections: what query plans compare.
    [[nodiscard]] std::uint32_t in_flight() const noexcept {
        return in_flight_.load(std::memory_order_relaxed);
    }
    void begin_request() noexcept { in_flight_.fetch_add(1, std::memory_order_relaxed); }
    void end_request() noexcept { in_flight_.fetch_sub(1, std::memory_order_relaxed); }

    [[nodiscard]] NodeMetrics& metrics() noexcept { return metrics_; }
    [[nodiscard]] NodeCounters counters() const;

private:
    uuid id_;
    Endpoint endpoint_;
    std::string datacenter_;
    std::string rack_;
    Sharding sharding_;
    std::atomic<bool> up_{true};
    bool local_;
    // On a cache line of its own: every request writes it, while the rest is only read.
    alignas(64) std::atomic<std::uint32_t> in_flight_{0};
    alignas(64) NodeMetrics metrics_;
};

using HostPtr = std::shared_ptr<Host>;

}  // namespace coodie::native
