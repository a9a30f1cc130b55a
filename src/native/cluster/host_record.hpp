// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/endpoint.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::native {

/// What a system table says of one node.
struct HostRecord {
    uuid id;
    Endpoint endpoint;
    std::string datacenter;
    std::string rack;
    std::string release_version;
    std::optional<uuid> schema_version;
    /// Murmur3 tokens, in the table's order. Empty for a node that owns none or another partitioner's.
    std::vector<std::int64_t> tokens;

    friend bool operator==(const HostRecord&, const HostRecord&) = default;
};

/// What system.local says of the cluster as such.
struct ClusterRecord {
    std::string name;
    std::string partitioner;
};

/// The statements whose results the functions below read. `SELECT *`, since columns differ by version.
inline constexpr std::string_view select_local = "SELECT * FROM system.local WHERE key='local'";
inline constexpr std::string_view select_peers_v2 = "SELECT * FROM system.peers_v2";
inline constexpr std::string_view select_peers = "SELECT * FROM system.peers";

/// The node that answered (system.local). nullopt when there is no row or it has no host_id.
/// @param connected where the control connection reached the node: used for what the row does not tell
/// (before Cassandra 4 the port; the address where the node listens on all).
[[nodiscard]] std::optional<HostRecord> read_local(const Result& local, const Endpoint& connected);

/// Cluster name and partitioner of system.local; empty where the row has none.
[[nodiscard]] ClusterRecord read_cluster(const Result& local);

/// The other nodes: rows of system.peers_v2 (native_address, native_port) or system.peers (rpc_address).
/// Rows without host_id, address, datacenter or rack are skipped: Cassandra leaves such rows behind when
/// nodes come and go. Cells whose bytes lie count as null.
/// @param default_port where a row tells none.
[[nodiscard]] std::vector<HostRecord> read_peers(const Result& peers, std::uint16_t default_port);

/// `local` and `peers` as one list, each host_id once (the first wins).
[[nodiscard]] std::vector<HostRecord> merge_hosts(HostRecord local, std::vector<HostRecord> peers);

}  // namespace coodie::native
