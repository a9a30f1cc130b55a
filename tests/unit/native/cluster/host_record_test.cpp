// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/host_record.hpp"

#include "native/cluster/endpoint.hpp"

#include <coodie/mock/mock_rows.hpp>
#include <coodie/types/types.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace coodie::native {
namespace {

using Tokens = std::set<std::string>;
const uuid id1(1, 1);
const uuid id2(2, 2);
const uuid schema(7, 7);
const Endpoint connected{inet::v4(127, 0, 0, 1), 19042};

MockRows local_rows() {
    return MockRows({{"key", TypeId::text},
                     {"cluster_name", TypeId::text},
                     {"partitioner", TypeId::text},
                     {"host_id", TypeId::uuid},
                     {"rpc_address", TypeId::inet},
                     {"rpc_port", TypeId::int_},
                     {"data_center", TypeId::text},
                     {"rack", TypeId::text},
                     {"release_version", TypeId::text},
                     {"schema_version", TypeId::uuid},
                     {"tokens", "set<text>"}});
}

MockRows peers_v2() {
    return MockRows({{"peer", TypeId::inet},
                     {"native_address", TypeId::inet},
                     {"native_port", TypeId::int_},
                     {"host_id", TypeId::uuid},
                     {"data_center", TypeId::text},
                     {"rack", TypeId::text},
                     {"tokens", "set<text>"}});
}

MockRows peers() {
    return MockRows({{"peer", TypeId::inet},
                     {"rpc_address", TypeId::inet},
                     {"host_id", TypeId::uuid},
                     {"data_center", TypeId::text},
                     {"rack", TypeId::text},
                     {"tokens", "set<text>"}});
}

TEST(ReadLocal, ReadsTheRow) {
    MockRows rows = local_rows();
    rows.row({"local", "test cluster", "org.apache.cassandra.dht.Murmur3Partitioner", id1,
              inet::v4(10, 0, 0, 1), 9043, "dc1", "r1", "5.0.6", schema,
              Tokens{"-9223372036854775808", "42", "9223372036854775807"}});
    const Result result = rows.result();
    const auto host = read_local(result, connected);
    ASSERT_TRUE(host);
    EXPECT_EQ(host->id, id1);
    EXPECT_EQ(to_string(host->endpoint), "10.0.0.1:9043");
    EXPECT_EQ(host->datacenter, "dc1");
    EXPECT_EQ(host->rack, "r1");
    EXPECT_EQ(host->release_version, "5.0.6");
    EXPECT_EQ(host->schema_version, schema);
    EXPECT_EQ(host->tokens, (std::vector<std::int64_t>{INT64_MIN, 42, INT64_MAX}));
    EXPECT_EQ(read_cluster(result).name, "test cluster");
    EXPECT_EQ(read_cluster(result).partitioner, "org.apache.cassandra.dht.Murmur3Partitioner");
}

TEST(ReadLocal, TakesWhatTheRowDoesNotTellFromTheConnection) {
    MockRows rows = local_rows();
    rows.row({"local", "c", "p", id1, nullptr, nullptr, "dc1", "r1", "3.11", nullptr, nullptr});
    const auto host = read_local(rows.result(), connected);
    ASSERT_TRUE(host);
    EXPECT_EQ(host->endpoint, connected);
    EXPECT_FALSE(host->schema_version);
    EXPECT_TRUE(host->tokens.empty());
}

TEST(ReadLocal, TakesTheConnectionsAddressForANodeThatListensOnAll) {
    for (const inet& any : {inet::v4(0, 0, 0, 0), *inet::parse("::")}) {
        MockRows rows = local_rows();
        rows.row({"local", "c", "p", id1, any, 9042, "dc1", "r1", "5", nullptr, nullptr});
        const auto host = read_local(rows.result(), connected);
        ASSERT_TRUE(host);
        EXPECT_EQ(to_string(host->endpoint), "127.0.0.1:9042");
    }
}

TEST(ReadLocal, GivesNothingWithoutRowOrId) {
    EXPECT_FALSE(read_local(local_rows().result(), connected));
    EXPECT_FALSE(read_local(Result(), connected));
    MockRows rows = local_rows();
    rows.row({"local", "c", "p", nullptr, nullptr, nullptr, "dc1", "r1", "5", nullptr, nullptr});
    EXPECT_FALSE(read_local(rows.result(), connected));
}

TEST(ReadLocal, LeavesOutTokensOfOtherPartitioners) {
    MockRows rows = local_rows();
    rows.row({"local", "c", "RandomPartitioner", id1, nullptr, nullptr, "dc1", "r1", "5", nullptr,
              Tokens{"170141183460469231731687303715884105727", "", "4a", "0"}});
    EXPECT_EQ(read_local(rows.result(), connected)->tokens, (std::vector<std::int64_t>{0}));
}

TEST(ReadPeers, ReadsPeersV2WithItsPorts) {
    MockRows rows = peers_v2();
    rows.row({inet::v4(10, 1, 0, 2), inet::v4(10, 0, 0, 2), 9044, id1, "dc1", "r2", Tokens{"1", "2"}});
    rows.row({inet::v4(10, 1, 0, 3), *inet::parse("2001:db8::3"), 9042, id2, "dc2", "r1", nullptr});
    const std::vector<HostRecord> hosts = read_peers(rows.result(), 1);
    ASSERT_EQ(hosts.size(), 2U);
    EXPECT_EQ(to_string(hosts[0].endpoint), "10.0.0.2:9044");
    EXPECT_EQ(hosts[0].tokens, (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(to_string(hosts[1].endpoint), "[2001:db8::3]:9042");
    EXPECT_EQ(hosts[1].datacenter, "dc2");
}

TEST(ReadPeers, ReadsPeersWithTheDefaultPort) {
    MockRows rows = peers();
    rows.row({inet::v4(10, 1, 0, 2), inet::v4(10, 0, 0, 2), id1, "dc1", "r2", Tokens{"1"}});
    rows.row({inet::v4(10, 1, 0, 3), inet::v4(0, 0, 0, 0), id2, "dc1", "r2", Tokens{"2"}});
    const std::vector<HostRecord> hosts = read_peers(rows.result(), 19042);
    ASSERT_EQ(hosts.size(), 2U);
    EXPECT_EQ(to_string(hosts[0].endpoint), "10.0.0.2:19042");
    EXPECT_EQ(to_string(hosts[1].endpoint), "10.1.0.3:19042") << "listens on all: reached as its peers do";
}

TEST(ReadPeers, SkipsIncompleteRows) {
    MockRows rows = peers();
    const inet peer = inet::v4(10, 1, 0, 2);
    rows.row({peer, peer, nullptr, "dc1", "r1", Tokens{"1"}});
    rows.row({peer, peer, uuid(), "dc1", "r1", Tokens{"1"}});
    rows.row({peer, nullptr, id1, "dc1", "r1", Tokens{"1"}});
    rows.row({nullptr, inet::v4(0, 0, 0, 0), id1, "dc1", "r1", Tokens{"1"}});
    rows.row({peer, peer, id1, nullptr, "r1", Tokens{"1"}});
    rows.row({peer, peer, id1, "dc1", nullptr, Tokens{"1"}});
    rows.row({peer, peer, id2, "dc1", "r1", nullptr});
    const std::vector<HostRecord> hosts = read_peers(rows.result(), 9042);
    ASSERT_EQ(hosts.size(), 1U);
    EXPECT_EQ(hosts[0].id, id2);
}

TEST(ReadPeers, EndsWhereTheBytesEnd) {
    MockRows rows = peers();
    for (int i = 0; i < 2; ++i)
        rows.row({inet::v4(10, 1, 0, 2), inet::v4(10, 0, 0, 2), id1, "dc1", "r1", Tokens{"1"}});
    const Result whole = rows.result();
    for (std::size_t size = 0; size < whole.row_bytes().size(); ++size) {
        // A copy of just that size, so that a sanitizer sees every read beyond it.
        const auto bytes = std::make_shared<const Bytes>(whole.row_bytes().begin(),
                                                         whole.row_bytes().begin() + static_cast<long>(size));
        const Result cut(whole.shared_columns(), bytes, *bytes, 0xFFFFFFFF);
        EXPECT_LE(read_peers(cut, 9042).size(), 1U);
    }
}

// A set that claims more elements than there are bytes, and a text that claims more than the set has.
TEST(ReadPeers, DoesNotBelieveLengths) {
    for (const auto& [at, lie] : {std::pair{3, 0xFFU}, {0, 0x7FU}, {0, 0xFFU}, {7, 0x50U}, {4, 0x80U}}) {
        MockRows rows({{"native_address", TypeId::inet},
                       {"host_id", TypeId::uuid},
                       {"data_center", TypeId::text},
                       {"rack", TypeId::text},
                       {"tokens", "set<text>"}});
        rows.row({inet::v4(10, 0, 0, 2), id1, "dc1", "r1", Tokens{"1", "2"}});
        const Result whole = rows.result();
        auto bytes = std::make_shared<Bytes>(whole.row_bytes().begin(), whole.row_bytes().end());
        const std::size_t set = bytes->size() - (4 + 5 + 5);
        (*bytes)[set + static_cast<std::size_t>(at)] = static_cast<std::byte>(lie);
        const auto hosts = read_peers(Result(whole.shared_columns(), bytes, *bytes, 1), 9042);
        ASSERT_EQ(hosts.size(), 1U);
        EXPECT_TRUE(hosts[0].tokens.empty());
    }
}

TEST(ReadPeers, TakesCellsOfWrongLengthForNull) {
    MockRows rows({{"native_address", TypeId::blob},
                   {"native_port", TypeId::blob},
                   {"host_id", TypeId::uuid},
                   {"data_center", TypeId::text},
                   {"rack", TypeId::text}});
    rows.row({blob{std::byte{1}}, blob(), id1, "dc1", "r1"});
    rows.row({blob(inet::v4(10, 0, 0, 1).bytes()), blob::of("\0\1\0\0"), id1, "dc1", "r1"});
    const auto hosts = read_peers(rows.result(), 9999);
    ASSERT_EQ(hosts.size(), 1U);
    EXPECT_EQ(hosts[0].endpoint.port, 9999);
}

TEST(MergeHosts, KeepsEachIdOnce) {
    HostRecord local;
    local.id = id1;
    local.rack = "local's";
    HostRecord copy = local;
    copy.rack = "peer's";
    HostRecord other;
    other.id = id2;
    const auto hosts = merge_hosts(local, {copy, other, other});
    ASSERT_EQ(hosts.size(), 2U);
    EXPECT_EQ(hosts[0].rack, "local's");
    EXPECT_EQ(hosts[1].id, id2);
}

}  // namespace
}  // namespace coodie::native
