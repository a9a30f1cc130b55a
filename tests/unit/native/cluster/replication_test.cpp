// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/replication.hpp"

#include <coodie/mock/mock_rows.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace coodie::native {
namespace {

using Kind = ReplicationStrategy::Kind;
using Pairs = std::vector<std::pair<std::string, std::string>>;

ReplicationStrategy parse(const Pairs& options) { return ReplicationStrategy::parse(options); }

TEST(ReplicationFactor, ReadsNumbersAndTransientOnes) {
    EXPECT_EQ(ReplicationFactor::parse("3"), (ReplicationFactor{3, 0}));
    EXPECT_EQ(ReplicationFactor::parse("0"), (ReplicationFactor{0, 0}));
    EXPECT_EQ(ReplicationFactor::parse("3/1"), (ReplicationFactor{3, 1}));
    for (const char* text : {"", "-1", "x", "3x", "3/", "/1", "3/3", "3/4", "3/1/1", "4294967296", " 3"})
        EXPECT_FALSE(ReplicationFactor::parse(text)) << text;
}

TEST(ReplicationStrategy, ReadsSimpleStrategy) {
    const auto strategy =
        parse({{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", "3"}});
    EXPECT_EQ(strategy.kind, Kind::simple);
    EXPECT_EQ(strategy.factor.all, 3U);
    EXPECT_EQ(parse({{"replication_factor", "2"}, {"class", "SimpleStrategy"}}).factor.all, 2U);
}

TEST(ReplicationStrategy, ReadsNetworkTopologyStrategy) {
    const auto strategy = parse(
        {{"eu", "3/1"}, {"class", "org.apache.cassandra.locator.NetworkTopologyStrategy"}, {"asia", "2"}});
    EXPECT_EQ(strategy.kind, Kind::network_topology);
    EXPECT_EQ(strategy.in("eu"), (ReplicationFactor{3, 1}));
    EXPECT_EQ(strategy.in("asia"), (ReplicationFactor{2, 0}));
    EXPECT_EQ(strategy.in("us").all, 0U);
    EXPECT_EQ(strategy.in("EU").all, 0U);
}

TEST(ReplicationStrategy, TakesReplicationFactorForDatacentersThatAreNotListed) {
    const auto strategy =
        parse({{"class", "NetworkTopologyStrategy"}, {"replication_factor", "3"}, {"eu", "1"}});
    EXPECT_EQ(strategy.in("eu").all, 1U);
    EXPECT_EQ(strategy.in("us").all, 3U);
}

TEST(ReplicationStrategy, TellsNoReplicasForWhatItDoesNotKnow) {
    EXPECT_EQ(parse({{"class", "org.apache.cassandra.locator.LocalStrategy"}}).kind, Kind::local);
    for (const Pairs& options : {Pairs{}, Pairs{{"replication_factor", "3"}}, Pairs{{"class", ""}},
                                 Pairs{{"class", "org.apache.cassandra.locator.EverywhereStrategy"}},
                                 Pairs{{"class", "SimpleStrategy"}},
                                 Pairs{{"class", "SimpleStrategy"}, {"replication_factor", "many"}},
                                 Pairs{{"class", "NetworkTopologyStrategy"}, {"dc1", "-3"}}}) {
        EXPECT_EQ(parse(options).kind, Kind::unknown);
        EXPECT_FALSE(parse(options).has_replicas());
    }
}

TEST(ReplicationStrategy, ComparesWhateverTheOrder) {
    EXPECT_EQ(parse({{"class", "NetworkTopologyStrategy"}, {"a", "1"}, {"b", "2"}}),
              parse({{"b", "2"}, {"class", "x.NetworkTopologyStrategy"}, {"a", "1"}}));
}

TEST(ReadKeyspaces, ReadsRowsAndSkipsBrokenOnes) {
    MockRows rows({{"keyspace_name", TypeId::text}, {"replication", "frozen<map<text, text>>"}});
    using Map = std::map<std::string, std::string>;
    rows.row({"shop", Map{{"class", "SimpleStrategy"}, {"replication_factor", "2"}}});
    rows.row({nullptr, Map{{"class", "SimpleStrategy"}}});
    rows.row({"broken", nullptr});
    rows.row({"system", Map{{"class", "LocalStrategy"}}});
    const auto keyspaces = read_keyspaces(rows.result());
    ASSERT_EQ(keyspaces.size(), 2U);
    EXPECT_EQ(keyspaces[0].name, "shop");
    EXPECT_EQ(keyspaces[0].replication.factor.all, 2U);
    EXPECT_EQ(keyspaces[1].replication.kind, Kind::local);
}

TEST(ReadKeyspaces, SurvivesEveryTruncationOfTheMap) {
    MockRows rows({{"keyspace_name", TypeId::text}, {"replication", "frozen<map<text, text>>"}});
    rows.row({"shop", std::map<std::string, std::string>{{"class", "SimpleStrategy"}}});
    const Result whole = rows.result();
    RowReader reader(whole);
    Cell name;
    Cell map;
    ASSERT_TRUE(reader.next(name) && reader.next(map));
    for (std::size_t size = 0; size < map.content().size(); ++size) {
        auto bytes = std::make_shared<Bytes>(8 + 4 + size, std::byte{0});
        std::copy_n(whole.row_bytes().begin(), 8, bytes->begin());
        (*bytes)[11] = static_cast<std::byte>(size);
        std::copy_n(map.content().begin(), size, bytes->begin() + 12);
        EXPECT_TRUE(read_keyspaces(Result(whole.shared_columns(), bytes, *bytes, 1)).empty()) << size;
    }
}

}  // namespace
}  // namespace coodie::native
