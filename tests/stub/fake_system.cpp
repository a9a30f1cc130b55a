// SPDX-License-Identifier: Apache-2.0
// The system tables of the fake cluster.
#include "stub/fake_cluster.hpp"

#include <set>
#include <utility>

namespace coodie::stub {
namespace {

std::int64_t token_of(std::size_t node, std::size_t nodes) {
    const std::uint64_t step = ~std::uint64_t{0} / nodes;
    return static_cast<std::int64_t>(0x8000'0000'0000'0000U + step * node + 1);
}

}  // namespace

std::string FakeCluster::datacenter_of(std::size_t node) const {
    return node < options_.datacenters.size() ? options_.datacenters[node] : "dc1";
}

Value FakeCluster::tokens_of(std::size_t node) const {
    return value_of(std::set<std::string>{std::to_string(token_of(node, options_.nodes))});
}

Table FakeCluster::local_row(std::size_t node) const {
    Table table{.columns = {{"key", TypeId::text},
                            {"cluster_name", TypeId::text},
                            {"data_center", TypeId::text},
                            {"host_id", TypeId::uuid},
                            {"partitioner", TypeId::text},
                            {"rack", TypeId::text},
                            {"release_version", TypeId::text},
                            {"rpc_address", TypeId::inet},
                            {"rpc_port", TypeId::int_},
                            {"schema_version", TypeId::uuid},
                            {"tokens", DataType::set(TypeId::text)}},
                .keyspace = "system",
                .name = "local"};
    table.rows.push_back({value_of("local"), value_of("Stub Cluster"), value_of(datacenter_of(node)),
                          value_of(host_id_of(node)), value_of("org.apache.cassandra.dht.Murmur3Partitioner"),
                          value_of("rack1"), value_of("5.0.6"), value_of(address_of(node)),
                          value_of(std::int32_t{port_}), value_of(schema_versions_[node]), tokens_of(node)});
    return table;
}

Table FakeCluster::peer_rows(std::size_t node, bool v2) const {
    Table table{.columns = {{"peer", TypeId::inet},
                            {"data_center", TypeId::text},
                            {"host_id", TypeId::uuid},
                            {"rack", TypeId::text},
                            {"release_version", TypeId::text},
                            {"schema_version", TypeId::uuid},
                            {"tokens", DataType::set(TypeId::text)},
                            {v2 ? "native_address" : "rpc_address", TypeId::inet}},
                .keyspace = "system",
                .name = v2 ? "peers_v2" : "peers"};
    if (v2) table.columns.push_back({"native_port", TypeId::int_});
    for (std::size_t peer = 0; peer < options_.nodes; ++peer) {
        if (peer == node || !members_[peer]) continue;
        table.rows.push_back({value_of(address_of(peer)), value_of(datacenter_of(peer)),
                              value_of(host_id_of(peer)), value_of("rack1"), value_of("5.0.6"),
                              value_of(schema_versions_[peer]), tokens_of(peer), value_of(address_of(peer))});
        if (v2) table.rows.back().push_back(value_of(std::int32_t{port_}));
    }
    return table;
}

Table FakeCluster::keyspace_rows() const {
    Table table{.columns = {{"keyspace_name", TypeId::text},
                            {"replication", DataType::map(TypeId::text, TypeId::text)}},
                .keyspace = "system_schema",
                .name = "keyspaces"};
    for (const auto& [name, replication] : options_.keyspaces)
        table.rows.push_back({value_of(name), value_of(std::map<std::string, std::string>(
                                                  replication.begin(), replication.end()))});
    return table;
}

}  // namespace coodie::stub
