// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/token_map.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace coodie::native {

/// What a refresh of the metadata read.
struct Topology {
    ClusterRecord cluster;
    std::vector<HostRecord> hosts;  ///< each id once (`merge_hosts`)
    std::vector<KeyspaceRecord> keyspaces;
    std::string local_datacenter;  ///< see `choose_local_datacenter`
};

/// The datacenter whose hosts are asked: `configured`, or the only one there is. Errors (configuration) when
/// several are seen and none is configured, or when no host is in the configured one; they say which exist.
[[nodiscard]] std::variant<std::string, Error> choose_local_datacenter(std::span<const HostRecord> hosts,
                                                                       std::string_view configured);

/// Hosts, ring and replicas at one time. Immutable (but for the atomics of Host): hold it by
/// shared_ptr<const Snapshot>; any thread. Everything it returns lives as long as it.
class Snapshot {
public:
    /// Hosts of `previous` (may be null) whose id, endpoint, datacenter and rack are the same go on as the
    /// same objects. The version is one more than that of `previous`; 1 for the first.
    [[nodiscard]] static std::shared_ptr<const Snapshot> build(const Topology& topology,
                                                               const Snapshot* previous = nullptr);

    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    [[nodiscard]] const std::string& cluster_name() const noexcept { return cluster_name_; }
    [[nodiscard]] const std::string& local_datacenter() const noexcept { return local_datacenter_; }
    /// Every host, those of the local datacenter first.
    [[nodiscard]] std::span<const HostPtr> hosts() const noexcept { return hosts_; }
    [[nodiscard]] Hosts local_hosts() const noexcept { return Hosts(pointers_).first(local_count_); }
    [[nodiscard]] Hosts remote_hosts() const noexcept { return Hosts(pointers_).subspan(local_count_); }
    /// nullptr when there is none.
    [[nodiscard]] Host* find(const uuid& id) const noexcept;
    [[nodiscard]] Host* find(const Endpoint& endpoint) const noexcept;
    /// As `find`; the host outlives the snapshot.
    [[nodiscard]] HostPtr shared(const uuid& id) const noexcept;

    [[nodiscard]] bool has_keyspace(std::string_view keyspace) const noexcept;
    /// The replicas of a token in ring order, over all datacenters. Empty (no token awareness) for a keyspace
    /// that is unknown or has no replicas by token. A binary search; allocates nothing.
    [[nodiscard]] Hosts replicas(std::string_view keyspace, std::int64_t token) const noexcept;

    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    struct Keyspace {
        std::string name;
        const ReplicaMap* replicas;
    };

    Snapshot() = default;
    void add_hosts(const Topology& topology, const Snapshot* previous);
    void add_ring(const Topology& topology);
    void add_keyspaces(const Topology& topology);
    [[nodiscard]] const Keyspace* find_keyspace(std::string_view name) const noexcept;

    std::uint64_t version_ = 1;
    std::string cluster_name_;
    std::string local_datacenter_;
    std::vector<HostPtr> hosts_;
    std::vector<Host*> pointers_;
    std::size_t local_count_ = 0;
    std::unordered_map<uuid, HostPtr> by_id_;
    std::unordered_map<Endpoint, Host*, EndpointHash> by_endpoint_;
    TokenRing ring_;
    std::vector<std::unique_ptr<const ReplicaMap>> replica_maps_;  // one per distinct strategy
    std::vector<Keyspace> keyspaces_;  // by the length of their names, then by these: a lookup compares few
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Whether all nodes that count agree on the schema. `is_down` hosts and those that tell no version are
/// ignored. For a refresh of system.local and system.peers after DDL.
template <class IsDown>
[[nodiscard]] bool schema_agrees(std::span<const HostRecord> hosts, IsDown is_down) {
    const uuid* seen = nullptr;
    for (const HostRecord& host : hosts) {
        if (!host.schema_version || is_down(host)) continue;
        if (seen != nullptr && *seen != *host.schema_version) return false;
        seen = &*host.schema_version;
    }
    return true;
}

}  // namespace coodie::native
