// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/snapshot.hpp"

#include <algorithm>
#include <compare>
#include <set>
#include <utility>

namespace coodie::native {
namespace {

std::string quoted_list(const std::set<std::string_view>& names) {
    std::string list;
    for (const std::string_view name : names) {
        if (!list.empty()) list += ", ";
        list.append("\"").append(name).append("\"");
    }
    return list;
}

// Whether a host of the last snapshot is the same in all that a Host never changes.
bool is_same(const Host& host, const HostRecord& record, bool local) {
    return host.endpoint() == record.endpoint && host.datacenter() == record.datacenter &&
           host.rack() == record.rack && host.is_local() == local;
}

// By length first.
std::strong_ordering compare_names(std::string_view left, std::string_view right) noexcept {
    return left.size() != right.size() ? left.size() <=> right.size() : left <=> right;
}

// Replicas are placed by Murmur3 tokens; a cluster with another partitioner gets no token awareness.
bool has_murmur3_tokens(const ClusterRecord& cluster) {
    return cluster.partitioner.empty() || cluster.partitioner.ends_with("Murmur3Partitioner");
}

}  // namespace

std::variant<std::string, Error> choose_local_datacenter(std::span<const HostRecord> hosts,
                                                         std::string_view configured) {
    std::set<std::string_view> names;
    for (const HostRecord& host : hosts) names.insert(host.datacenter);
    if (configured.empty()) {
        if (names.size() == 1) return std::string(*names.begin());
        if (names.empty()) return std::string();
        return Error(ErrorKind::configuration,
                     "the cluster has several datacenters (" + quoted_list(names) +
                         "): say which one this program is in with the option local_dc, e.g. local_dc=" +
                         std::string(*names.begin()));
    }
    if (names.contains(configured)) return std::string(configured);
    return Error(ErrorKind::configuration, "local_dc is \"" + std::string(configured) +
                                               "\", but the cluster has no host there; its datacenters are " +
                                               quoted_list(names) + " (upper and lower case matter)");
}

std::shared_ptr<const Snapshot> Snapshot::build(const Topology& topology, const Snapshot* previous) {
    const std::shared_ptr<Snapshot> snapshot(new Snapshot);
    snapshot->version_ = previous == nullptr ? 1 : previous->version_ + 1;
    snapshot->cluster_name_ = topology.cluster.name;
    snapshot->local_datacenter_ = topology.local_datacenter;
    snapshot->add_hosts(topology, previous);
    if (has_murmur3_tokens(topology.cluster)) snapshot->add_ring(topology);
    snapshot->add_keyspaces(topology);
    return snapshot;
}

void Snapshot::add_hosts(const Topology& topology, const Snapshot* previous) {
    std::vector<HostPtr> remote;
    hosts_.reserve(topology.hosts.size());
    for (const HostRecord& record : topology.hosts) {
        if (by_id_.contains(record.id)) continue;
        const bool local = record.datacenter == local_datacenter_;
        HostPtr host = previous == nullptr ? nullptr : previous->shared(record.id);
        if (host == nullptr || !is_same(*host, record, local)) host = std::make_shared<Host>(record, local);
        by_id_.emplace(record.id, host);
        by_endpoint_.emplace(record.endpoint, host.get());
        (local ? hosts_ : remote).push_back(std::move(host));
    }
    local_count_ = hosts_.size();
    hosts_.insert(hosts_.end(), remote.begin(), remote.end());
    pointers_.reserve(hosts_.size());
    for (const HostPtr& host : hosts_) pointers_.push_back(host.get());
}

void Snapshot::add_ring(const Topology& topology) {
    std::vector<std::pair<std::int64_t, Host*>> tokens;
    for (const HostRecord& record : topology.hosts)
        for (const std::int64_t token : record.tokens) tokens.emplace_back(token, find(record.id));
    ring_ = TokenRing(tokens);
}

void Snapshot::add_keyspaces(const Topology& topology) {
    std::vector<std::pair<const ReplicationStrategy*, const ReplicaMap*>> strategies;
    for (const KeyspaceRecord& keyspace : topology.keyspaces) {
        const auto known = std::find_if(strategies.begin(), strategies.end(), [&](const auto& entry) {
            return *entry.first == keyspace.replication;
        });
        const ReplicaMap* map = known == strategies.end() ? nullptr : known->second;
        if (map == nullptr) {
            replica_maps_.push_back(std::make_unique<const ReplicaMap>(ring_, keyspace.replication));
            map = replica_maps_.back().get();
            strategies.emplace_back(&keyspace.replication, map);
        }
        keyspaces_.push_back({keyspace.name, map});
    }
    std::ranges::sort(keyspaces_, [](const Keyspace& left, const Keyspace& right) {
        return compare_names(left.name, right.name) < 0;
    });
}

HostPtr Snapshot::shared(const uuid& id) const noexcept {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

Host* Snapshot::find(const uuid& id) const noexcept { return shared(id).get(); }

Host* Snapshot::find(const Endpoint& endpoint) const noexcept {
    const auto found = by_endpoint_.find(endpoint);
    return found == by_endpoint_.end() ? nullptr : found->second;
}

const Snapshot::Keyspace* Snapshot::find_keyspace(std::string_view name) const noexcept {
    const Keyspace* low = keyspaces_.data();
    const Keyspace* high = low + keyspaces_.size();
    while (low != high) {  // every request looks for one: each name is compared once at most
        const Keyspace* const middle = low + (high - low) / 2;
        const std::strong_ordering order = compare_names(name, middle->name);
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return nullptr;
}

bool Snapshot::has_keyspace(std::string_view keyspace) const noexcept {
    return find_keyspace(keyspace) != nullptr;
}

Hosts Snapshot::replicas(std::string_view keyspace, std::int64_t token) const noexcept {
    const Keyspace* found = find_keyspace(keyspace);
    if (found == nullptr || found->replicas->per_position() == 0) return {};
    return found->replicas->at(ring_.position(token));
}

}  // namespace coodie::native
