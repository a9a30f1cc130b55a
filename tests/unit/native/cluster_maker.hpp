// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/snapshot.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace coodie::native::testing {

/// A node in few words: number n has the id n, the address 10.0.0.n, the port 9042.
inline HostRecord node(std::uint8_t number, std::string datacenter, std::string rack,
                       std::vector<std::int64_t> tokens) {
    HostRecord record;
    record.id = uuid(0, number);
    record.endpoint = {inet::v4(10, 0, 0, number), 9042};
    record.datacenter = std::move(datacenter);
    record.rack = std::move(rack);
    record.tokens = std::move(tokens);
    return record;
}

inline KeyspaceRecord keyspace(std::string name,
                               std::initializer_list<std::pair<std::string, std::string>> options) {
    const std::vector<std::pair<std::string, std::string>> list(options);
    return {std::move(name), ReplicationStrategy::parse(list)};
}

inline std::uint32_t number(const Host& host) { return static_cast<std::uint32_t>(host.id().least()); }

inline std::vector<std::uint32_t> numbers(Hosts hosts) {
    std::vector<std::uint32_t> list;
    for (const Host* host : hosts) list.push_back(number(*host));
    return list;
}

inline SnapshotPtr snapshot(std::vector<HostRecord> hosts, std::vector<KeyspaceRecord> keyspaces,
                            std::string local = "dc1", const Snapshot* previous = nullptr) {
    const Topology topology{{"test", "org.apache.cassandra.dht.Murmur3Partitioner"},
                            std::move(hosts),
                            std::move(keyspaces),
                            std::move(local)};
    return Snapshot::build(topology, previous);
}

}  // namespace coodie::native::testing
