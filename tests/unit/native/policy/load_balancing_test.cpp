// SPDX-License-Identifier: Apache-2.0
#include "native/policy/load_balancing.hpp"

#include "unit/allocation_count.hpp"
#include "unit/native/cluster_maker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

namespace coodie::native {
namespace {

using testing::keyspace;
using testing::node;
using testing::number;
using testing::snapshot;
using Numbers = std::vector<std::uint32_t>;

// dc1: 1..5, dc2: 6..8; token 0 has the replicas 1, 2, 3 and 6, 7.
SnapshotPtr two_datacenters() {
    std::vector<HostRecord> hosts;
    for (std::uint8_t i = 1; i <= 8; ++i)
        hosts.push_back(node(i, i <= 5 ? "dc1" : "dc2", "r" + std::to_string(i), {i * 10}));
    return snapshot(std::move(hosts),
                    {keyspace("ks", {{"class", "NetworkTopologyStrategy"}, {"dc1", "3"}, {"dc2", "2"}})});
}

Host& host(const SnapshotPtr& cluster, std::uint64_t number) { return *cluster->find(uuid(0, number)); }

Numbers all(QueryPlan plan) {
    Numbers given;
    while (const Host* next = plan.next()) given.push_back(number(*next));
    EXPECT_EQ(plan.next(), nullptr) << "an end stays the end";
    return given;
}

std::set<std::uint32_t> as_set(const Numbers& numbers, std::size_t first, std::size_t last) {
    return {numbers.begin() + static_cast<long>(first), numbers.begin() + static_cast<long>(last)};
}
using Set = std::set<std::uint32_t>;

TEST(QueryPlan, BeginsWithLocalReplicasAndStaysLocal) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing;
    for (std::uint64_t turn = 0; turn < 50; ++turn) {
        const Numbers given = all(balancing.plan(*cluster, "ks", 0, turn));
        ASSERT_EQ(given.size(), 5U);
        EXPECT_EQ(as_set(given, 0, 3), (Set{1, 2, 3}));
        EXPECT_EQ(as_set(given, 3, 5), (Set{4, 5}));
    }
}

TEST(QueryPlan, GoesOnRemotelyOnlyWhenAllowed) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing(true);
    for (std::uint64_t turn = 0; turn < 50; ++turn) {
        const Numbers given = all(balancing.plan(*cluster, "ks", 0, turn));
        ASSERT_EQ(given.size(), 8U);
        EXPECT_EQ(as_set(given, 0, 3), (Set{1, 2, 3}));
        EXPECT_EQ(as_set(given, 3, 5), (Set{4, 5}));
        EXPECT_EQ(as_set(given, 5, 7), (Set{6, 7}));
        EXPECT_EQ(given[7], 8U);
    }
}

TEST(QueryPlan, GivesAllLocalHostsWithoutTokenOrKeyspace) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing;
    for (std::uint64_t turn = 0; turn < 10; ++turn) {
        EXPECT_EQ(as_set(all(balancing.plan(*cluster, "ks", std::nullopt, turn)), 0, 5),
                  (Set{1, 2, 3, 4, 5}));
        EXPECT_EQ(as_set(all(balancing.plan(*cluster, "nowhere", 0, turn)), 0, 5), (Set{1, 2, 3, 4, 5}));
        EXPECT_EQ(as_set(all(balancing.plan(*cluster, "", 0, turn)), 0, 5), (Set{1, 2, 3, 4, 5}));
    }
}

std::map<std::uint32_t, int> firsts(const SnapshotPtr& cluster, std::optional<std::int64_t> token,
                                    int rounds) {
    const LoadBalancing balancing;
    std::map<std::uint32_t, int> counts;
    for (int turn = 0; turn < rounds; ++turn)
        ++counts[number(*balancing.plan(*cluster, "ks", token, static_cast<std::uint64_t>(turn)).next())];
    return counts;
}

TEST(QueryPlan, TakesTurnsExactly) {
    const auto cluster = two_datacenters();
    EXPECT_EQ(firsts(cluster, 0, 300), (std::map<std::uint32_t, int>{{1, 100}, {2, 100}, {3, 100}}));
    EXPECT_EQ(firsts(cluster, std::nullopt, 500),
              (std::map<std::uint32_t, int>{{1, 100}, {2, 100}, {3, 100}, {4, 100}, {5, 100}}));
    host(cluster, 2).set_up(false);
    EXPECT_EQ(firsts(cluster, 0, 300), (std::map<std::uint32_t, int>{{1, 150}, {3, 150}}))
        << "no neighbour gets the turns of a host that is down";
}

TEST(QueryPlan, ThreadsCountTheirOwnTurns) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            std::map<std::uint32_t, int> counts;
            for (int turn = 0; turn < 300; ++turn)
                ++counts[number(*balancing.plan(*cluster, "ks", 0).next())];
            EXPECT_EQ(counts, (std::map<std::uint32_t, int>{{1, 100}, {2, 100}, {3, 100}}));
        });
    for (std::thread& thread : threads) thread.join();
}

TEST(QueryPlan, PrefersTheLessBusyOfTwo) {
    const auto cluster = two_datacenters();
    for (int i = 0; i < 10; ++i) host(cluster, 1).begin_request();
    auto counts = firsts(cluster, 0, 300);
    EXPECT_EQ(counts.count(1), 0U) << "of any two it is the busier one";
    EXPECT_EQ(counts[2] + counts[3], 300);
    for (int i = 0; i < 10; ++i) host(cluster, 1).end_request();
    EXPECT_EQ(firsts(cluster, 0, 300)[1], 100);
}

TEST(QueryPlan, LeavesOutHostsThatAreDown) {
    const auto cluster = two_datacenters();
    for (const std::uint64_t down : {1U, 2U, 4U}) host(cluster, down).set_up(false);
    const LoadBalancing balancing;
    EXPECT_EQ(all(balancing.plan(*cluster, "ks", 0, 7)), (Numbers{3, 5}));
    for (const std::uint64_t down : {3U, 5U}) host(cluster, down).set_up(false);
    EXPECT_TRUE(all(balancing.plan(*cluster, "ks", 0, 7)).empty());
    EXPECT_EQ(as_set(all(LoadBalancing(true).plan(*cluster, "ks", 0, 7)), 0, 3), (Set{6, 7, 8}));
}

TEST(QueryPlan, GivesAHostAtMostOnceWhateverGoesUpAndDownMeanwhile) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing(true);
    for (std::uint64_t turn = 0; turn < 200; ++turn) {
        for (std::uint64_t i = 1; i <= 8; ++i) host(cluster, i).set_up((turn >> i & 1U) == 0);
        QueryPlan plan = balancing.plan(*cluster, "ks", 0, turn);
        Set seen;
        std::uint64_t step = turn;
        while (const Host* next = plan.next()) {
            EXPECT_TRUE(seen.insert(number(*next)).second);
            Host& other = host(cluster, 1 + ++step * 5 % 8);
            other.set_up(!other.is_up());
        }
    }
}

TEST(QueryPlan, WorksWithManyHosts) {
    std::vector<HostRecord> hosts;
    for (std::uint8_t i = 1; i <= 100; ++i) hosts.push_back(node(i, "dc1", "r1", {i}));
    const auto cluster = snapshot(std::move(hosts), {});
    for (std::uint64_t i = 20; i <= 90; ++i) host(cluster, i).set_up(false);
    const LoadBalancing balancing;
    for (std::uint64_t turn = 0; turn < 100; ++turn) {
        const Numbers given = all(balancing.plan(*cluster, "", std::nullopt, turn));
        EXPECT_EQ(Set(given.begin(), given.end()).size(), 29U);
        EXPECT_EQ(given.size(), 29U);
    }
    for (std::uint64_t i = 1; i <= 100; ++i) host(cluster, i).set_up(false);
    EXPECT_TRUE(all(balancing.plan(*cluster, "", std::nullopt, 3)).empty());
}

TEST(QueryPlan, OfAnEmptyClusterOrNoneIsEmpty) {
    EXPECT_TRUE(all(LoadBalancing(true).plan(*snapshot({}, {}), "ks", 0, 1)).empty());
    EXPECT_TRUE(all(QueryPlan()).empty());
}

TEST(QueryPlan, AllocatesNothing) {
    const auto cluster = two_datacenters();
    const LoadBalancing balancing(true);
    const std::size_t before = coodie::test::allocations;
    QueryPlan plan = balancing.plan(*cluster, "ks", 0);
    while (plan.next() != nullptr) {
    }
    EXPECT_EQ(coodie::test::allocations, before);
}

}  // namespace
}  // namespace coodie::native
