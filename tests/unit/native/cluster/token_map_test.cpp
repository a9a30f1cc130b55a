// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/token_map.hpp"

#include "unit/native/cluster_maker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>

namespace coodie::native {
namespace {

using testing::keyspace;
using testing::node;
using testing::number;
using testing::numbers;
using testing::snapshot;
using Numbers = std::vector<std::uint32_t>;

Numbers replicas(const SnapshotPtr& cluster, std::int64_t token) {
    return numbers(cluster->replicas("ks", token));
}

KeyspaceRecord simple(const std::string& factor) {
    return keyspace("ks", {{"class", "SimpleStrategy"}, {"replication_factor", factor}});
}

TEST(TokenMap, ANodeOwnsTheRangeThatEndsAtItsToken) {
    const auto cluster =
        snapshot({node(1, "dc1", "r1", {-100}), node(2, "dc1", "r1", {0}), node(3, "dc1", "r1", {100})},
                 {simple("1")});
    EXPECT_EQ(replicas(cluster, INT64_MIN), (Numbers{1}));
    EXPECT_EQ(replicas(cluster, -100), (Numbers{1}));
    EXPECT_EQ(replicas(cluster, -99), (Numbers{2}));
    EXPECT_EQ(replicas(cluster, 0), (Numbers{2}));
    EXPECT_EQ(replicas(cluster, 1), (Numbers{3}));
    EXPECT_EQ(replicas(cluster, 100), (Numbers{3}));
    EXPECT_EQ(replicas(cluster, 101), (Numbers{1})) << "beyond the last token the ring begins again";
    EXPECT_EQ(replicas(cluster, INT64_MAX), (Numbers{1}));
}

TEST(TokenMap, SimpleStrategyTakesTheNextDistinctNodes) {
    // Node 1 owns two neighbouring tokens, which gives no second replica.
    const auto cluster =
        snapshot({node(1, "dc1", "r1", {0, 10, 40}), node(2, "dc1", "r1", {20}), node(3, "dc2", "r1", {30})},
                 {simple("2")});
    EXPECT_EQ(replicas(cluster, 0), (Numbers{1, 2}));
    EXPECT_EQ(replicas(cluster, 5), (Numbers{1, 2}));
    EXPECT_EQ(replicas(cluster, 15), (Numbers{2, 3}));
    EXPECT_EQ(replicas(cluster, 25), (Numbers{3, 1}));
    EXPECT_EQ(replicas(cluster, 35), (Numbers{1, 2}));
}

TEST(TokenMap, AFactorAboveTheNodesEnds) {
    const std::vector<HostRecord> nodes{node(1, "dc1", "r1", {0}), node(2, "dc1", "r2", {10})};
    EXPECT_EQ(replicas(snapshot(nodes, {simple("4000000000")}), 5), (Numbers{2, 1}));
    EXPECT_EQ(replicas(snapshot(nodes, {keyspace("ks", {{"class", "NetworkTopologyStrategy"},
                                                        {"dc1", "4000000000"},
                                                        {"nowhere", "3"}})}),
                       5),
              (Numbers{2, 1}));
}

TEST(TokenMap, NetworkTopologyStrategySpreadsOverRacks) {
    const auto cluster = snapshot({node(1, "dc1", "r1", {0}), node(2, "dc1", "r1", {10}),
                                   node(3, "dc1", "r2", {20}), node(4, "dc1", "r3", {30})},
                                  {keyspace("ks", {{"class", "NetworkTopologyStrategy"}, {"dc1", "3"}})});
    EXPECT_EQ(replicas(cluster, 0), (Numbers{1, 3, 4})) << "2 is in the rack of 1";
    EXPECT_EQ(replicas(cluster, 5), (Numbers{2, 3, 4}));
    EXPECT_EQ(replicas(cluster, 15), (Numbers{3, 4, 1}));
}

TEST(TokenMap, NetworkTopologyStrategyRepeatsARackOnlyWhenThereAreTooFew) {
    const auto cluster = snapshot({node(1, "dc1", "r1", {0}), node(2, "dc1", "r1", {10}),
                                   node(3, "dc1", "r1", {20}), node(4, "dc1", "r2", {30})},
                                  {keyspace("ks", {{"class", "NetworkTopologyStrategy"}, {"dc1", "3"}})});
    EXPECT_EQ(replicas(cluster, 0), (Numbers{1, 2, 4})) << "one repeat, then a new rack";
    EXPECT_EQ(replicas(cluster, 25), (Numbers{4, 1, 2}));
}

TEST(TokenMap, NetworkTopologyStrategyCountsEachDatacenterAlone) {
    // Racks of the same name in two datacenters are two racks.
    const auto cluster =
        snapshot({node(1, "dc1", "r1", {0}), node(2, "dc2", "r1", {10}), node(3, "dc1", "r1", {20}),
                  node(4, "dc2", "r2", {30}), node(5, "dc3", "r1", {40})},
                 {keyspace("ks", {{"class", "NetworkTopologyStrategy"}, {"dc1", "2"}, {"dc2", "1"}})});
    EXPECT_EQ(replicas(cluster, 0), (Numbers{1, 2, 3}));
    EXPECT_EQ(replicas(cluster, 15), (Numbers{3, 4, 1}));
    EXPECT_EQ(replicas(cluster, 35), (Numbers{1, 2, 3})) << "dc3 has no replicas";
}

TEST(TokenMap, LeavesOutTransientReplicas) {
    const std::vector<HostRecord> nodes{node(1, "dc1", "r1", {0}), node(2, "dc1", "r2", {10}),
                                        node(3, "dc1", "r3", {20})};
    EXPECT_EQ(replicas(snapshot(nodes, {simple("3/1")}), 5), (Numbers{2, 3}));
    EXPECT_EQ(replicas(snapshot(nodes, {simple("4/2")}), 5), (Numbers{2, 3}));
    const auto topology = [&](const std::string& factor) {
        return replicas(
            snapshot(nodes, {keyspace("ks", {{"class", "NetworkTopologyStrategy"}, {"dc1", factor}})}), 5);
    };
    EXPECT_EQ(topology("3/1"), (Numbers{2, 3}));
    EXPECT_EQ(topology("5/2"), (Numbers{2, 3, 1})) << "of five, the missing two are the transient ones";
}

TEST(TokenMap, GivesNothingWithoutTokensOrStrategy) {
    const std::vector<HostRecord> nodes{node(1, "dc1", "r1", {0})};
    EXPECT_TRUE(replicas(snapshot({node(1, "dc1", "r1", {})}, {simple("1")}), 0).empty());
    EXPECT_TRUE(replicas(snapshot(nodes, {simple("0")}), 0).empty());
    EXPECT_TRUE(replicas(snapshot(nodes, {}), 0).empty());
    EXPECT_TRUE(replicas(snapshot(nodes, {keyspace("ks", {{"class", "LocalStrategy"}})}), 0).empty());
    EXPECT_TRUE(replicas(snapshot(nodes, {keyspace("ks", {{"class", "com.acme.MyStrategy"}})}), 0).empty());
    Topology random{{"c", "org.apache.cassandra.dht.RandomPartitioner"}, nodes, {simple("1")}, "dc1"};
    EXPECT_TRUE(replicas(Snapshot::build(random), 0).empty());
}

TEST(TokenMap, ATokenThatTwoNodesClaimKeepsTheFirst) {
    const auto cluster = snapshot({node(1, "dc1", "r1", {0}), node(2, "dc1", "r1", {0, 10})}, {simple("1")});
    EXPECT_EQ(replicas(cluster, 0), (Numbers{1}));
    EXPECT_EQ(replicas(cluster, 10), (Numbers{2}));
}

// The definition in other words, as Cassandra up to 3.0 had it: walk the ring; per datacenter take a node of
// a rack not seen yet, put others aside; once every rack has one, take those that were put aside, in their
// order. The sets are equal (the order within a set is not).
std::set<std::uint32_t> by_definition(const std::vector<HostRecord>& nodes,
                                      const std::map<std::string, std::uint32_t>& factors,
                                      std::int64_t token) {
    std::map<std::int64_t, const HostRecord*> ring;
    std::map<std::string, std::set<std::string>> racks;
    for (const HostRecord& record : nodes) {
        for (const std::int64_t t : record.tokens) ring.emplace(t, &record);
        if (!record.tokens.empty()) racks[record.datacenter].insert(record.rack);
    }
    std::vector<const HostRecord*> walk;
    for (auto at = ring.lower_bound(token); at != ring.end(); ++at) walk.push_back(at->second);
    for (auto at = ring.begin(); at != ring.lower_bound(token); ++at) walk.push_back(at->second);

    std::set<std::uint32_t> all;
    for (const auto& [dc, factor] : factors) {
        std::set<const HostRecord*> taken;
        std::set<std::string> seen;
        std::deque<const HostRecord*> aside;
        for (const HostRecord* at : walk) {
            if (at->datacenter != dc || taken.size() == factor) continue;
            if (taken.contains(at) || std::count(aside.begin(), aside.end(), at) != 0) continue;
            if (seen.size() < racks[dc].size() && !seen.insert(at->rack).second) {
                aside.push_back(at);
                continue;
            }
            taken.insert(at);
            while (seen.size() == racks[dc].size() && !aside.empty() && taken.size() < factor)
                taken.insert(aside.front()), aside.pop_front();
        }
        for (const HostRecord* at : taken) all.insert(static_cast<std::uint32_t>(at->id.least()));
    }
    return all;
}

TEST(TokenMap, AgreesWithTheDefinitionOnRandomClusters) {
    std::mt19937 random(20261121);
    const auto upto = [&](std::uint32_t most) { return static_cast<std::uint32_t>(random() % (most + 1)); };
    for (int round = 0; round < 300; ++round) {
        std::vector<HostRecord> nodes;
        const std::uint32_t count = 1 + upto(11);
        const std::uint32_t vnodes = 1 + upto(4);
        for (std::uint32_t i = 1; i <= count; ++i) {
            std::vector<std::int64_t> tokens;
            for (std::uint32_t t = 0; t < vnodes; ++t)
                tokens.push_back(static_cast<std::int64_t>(upto(100'000)) - 50'000);
            nodes.push_back(node(static_cast<std::uint8_t>(i), "dc" + std::to_string(1 + upto(1)),
                                 "r" + std::to_string(upto(3)), tokens));
        }
        const std::map<std::string, std::uint32_t> factors{{"dc1", upto(5)}, {"dc2", upto(5)}};
        const auto cluster = snapshot(nodes, {keyspace("ks", {{"class", "NetworkTopologyStrategy"},
                                                              {"dc1", std::to_string(factors.at("dc1"))},
                                                              {"dc2", std::to_string(factors.at("dc2"))}})});
        for (int i = 0; i < 20; ++i) {
            const std::int64_t token = static_cast<std::int64_t>(upto(110'000)) - 55'000;
            const Numbers got = replicas(cluster, token);
            EXPECT_EQ(std::set<std::uint32_t>(got.begin(), got.end()), by_definition(nodes, factors, token));
            EXPECT_EQ(std::set<std::uint32_t>(got.begin(), got.end()).size(), got.size()) << "no host twice";
        }
    }
}

}  // namespace
}  // namespace coodie::native
