// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/host_record.hpp"

#include "native/cluster/system_rows.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace coodie::native {
namespace {

// 0.0.0.0 and :: say "wherever I listen": no address to connect to.
std::optional<inet> specified(std::optional<inet> address) {
    if (!address) return std::nullopt;
    const BytesView bytes = address->bytes();
    const bool any = std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{0}; });
    return any ? address : std::nullopt;
}

std::vector<std::int64_t> read_tokens(const SystemRows& rows) {
    std::vector<std::int64_t> tokens;
    for (const std::string_view text : rows.texts("tokens")) {
        std::int64_t token = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), token);
        if (error == std::errc() && end == text.data() + text.size()) tokens.push_back(token);
    }
    return tokens;
}

// Everything that local and peers have in common.
std::optional<HostRecord> read_common(const SystemRows& rows) {
    const std::optional<uuid> id = rows.id("host_id");
    if (!id || id->is_nil()) return std::nullopt;
    HostRecord host;
    host.id = *id;
    host.datacenter = rows.text("data_center").value_or("");
    host.rack = rows.text("rack").value_or("");
    host.release_version = rows.text("release_version").value_or("");
    host.schema_version = rows.id("schema_version");
    host.tokens = read_tokens(rows);
    return host;
}

}  // namespace

std::optional<HostRecord> read_local(const Result& local, const Endpoint& connected) {
    SystemRows rows(local);
    if (!rows.next()) return std::nullopt;
    std::optional<HostRecord> host = read_common(rows);
    if (!host) return std::nullopt;
    host->endpoint.address = specified(rows.address("rpc_address")).value_or(connected.address);
    host->endpoint.port = rows.port("rpc_port").value_or(connected.port);
    return host;
}

ClusterRecord read_cluster(const Result& local) {
    SystemRows rows(local);
    if (!rows.next()) return {};
    return {rows.text("cluster_name").value_or(""), rows.text("partitioner").value_or("")};
}

std::vector<HostRecord> read_peers(const Result& peers, std::uint16_t default_port) {
    std::vector<HostRecord> hosts;
    for (SystemRows rows(peers); rows.next();) {
        std::optional<HostRecord> host = read_common(rows);
        if (!host || host->datacenter.empty() || host->rack.empty()) continue;
        std::optional<inet> address = rows.address("native_address");
        if (!address) address = rows.address("rpc_address");
        if (!address) continue;
        // A node that listens on all addresses is reached where its peers reach it.
        if (!specified(address)) address = specified(rows.address("peer"));
        if (!address) continue;
        host->endpoint = {*address, rows.port("native_port").value_or(default_port)};
        hosts.push_back(std::move(*host));
    }
    return hosts;
}

std::vector<HostRecord> merge_hosts(HostRecord local, std::vector<HostRecord> peers) {
    std::vector<HostRecord> hosts;
    hosts.reserve(peers.size() + 1);
    std::unordered_set<uuid> seen{local.id};
    hosts.push_back(std::move(local));
    for (HostRecord& peer : peers)
        if (seen.insert(peer.id).second) hosts.push_back(std::move(peer));
    return hosts;
}

}  // namespace coodie::native
