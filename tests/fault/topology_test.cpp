// SPDX-License-Identifier: Apache-2.0
// Nodes that come and go, and the control connection that hears of it (driver.md: pool, control connection,
// metadata).
#include "client.hpp"

#include <coodie/types/error.hpp>

#include <algorithm>
#include <chrono>

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;

namespace {

std::size_t questions(const stub::Server& server, const std::string& about,
                      std::optional<std::size_t> node = std::nullopt) {
    const std::vector<stub::Request> asked = server.requests(Opcode::query);
    return static_cast<std::size_t>(std::ranges::count_if(asked, [&](const stub::Request& each) {
        return contains(each.query, about) && (!node || each.node == *node);
    }));
}

std::size_t executed(const stub::Server& server, std::size_t node) {
    return server.count_at_node(Opcode::execute, node);
}

/// Reads rows until one of them was read at `node`. Other keys have other replicas.
testing::AssertionResult reaches(coodie::Driver& driver, const stub::Server& server, std::size_t node) {
    const std::size_t before = executed(server, node);
    int id = 0;
    const bool reached = eventually([&] {
        EXPECT_EQ(names(driver.execute(idempotent(read(++id)))), first_user);
        return executed(server, node) > before;
    });
    if (reached) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "no request went to node " << node;
}

void announce(stub::Server& server, const std::string& change, std::size_t node) {
    server.push(stub::topology_change(change, server.address(node), server.port()));
}

/// Three nodes, of which the third is not in the ring yet.
struct Growing {
    Growing() { server.set_member(2, false); }
    void join() {
        server.set_member(2, true);
        announce(server, "NEW_NODE", 2);
    }

    stub::Server server{{.nodes = 3, .tables = {users()}}};
};

TEST(NativeTopology, ANodeThatJoinsIsAsked) {
    Growing cluster;
    const auto driver = open(cluster.server);
    for (int id = 0; id < 50; ++id) ASSERT_EQ(names(driver->execute(read(id))), first_user);
    ASSERT_EQ(cluster.server.accepted_at_node(2), 0U);
    cluster.join();
    EXPECT_TRUE(reaches(*driver, cluster.server, 2));
}

// Cassandra tells of a node that joins before its row is in system.peers, and of its status when it is.
TEST(NativeTopology, ANodeThatIsUpAndWasUnknownIsAsked) {
    Growing cluster;
    const auto driver = open(cluster.server);
    ASSERT_EQ(message(driver->connect()), "");
    cluster.server.set_member(2, true);
    cluster.server.push(stub::status_change("UP", cluster.server.address(2), cluster.server.port()));
    EXPECT_TRUE(reaches(*driver, cluster.server, 2));
}

TEST(NativeTopology, ANodeThatLeavesIsLeftAlone) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server);
    ASSERT_TRUE(reaches(*driver, server, 1));
    const std::size_t connections = server.open_connections();
    server.set_member(1, false);
    announce(server, "REMOVED_NODE", 1);
    EXPECT_TRUE(server.wait_until([&] { return server.open_connections() < connections; }));
    const std::size_t before = executed(server, 1);
    const std::size_t accepted = server.accepted_at_node(1);
    for (int id = 0; id < 100; ++id) EXPECT_EQ(names(driver->execute(read(id))), first_user);
    EXPECT_EQ(executed(server, 1), before);
    EXPECT_EQ(server.accepted_at_node(1), accepted);
}

TEST(NativeTopology, RequestsAtANodeThatLeavesEndOnce) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server);
    ASSERT_TRUE(reaches(*driver, server, 1));
    server.on(Opcode::execute).at_node(1).reply(stub::drop());
    std::vector<std::shared_ptr<Waiting>> requests;
    for (int id = 0; id < 40; ++id) {
        requests.push_back(std::make_shared<Waiting>());
        driver->start(id % 2 == 0 ? idempotent(read(id)) : write(id), requests.back());
    }
    ASSERT_TRUE(server.wait_until([&] { return server.count_at_node(Opcode::execute, 1) > 0; }));
    server.set_member(1, false);
    announce(server, "REMOVED_NODE", 1);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const std::optional<Outcome> outcome = requests[i]->wait();
        ASSERT_TRUE(outcome) << i;
        if (i % 2 == 0) {
            EXPECT_EQ(names(*outcome), first_user) << "a read goes to the node that is left";
        } else if (kind(*outcome)) {
            EXPECT_TRUE(contains(message(*outcome), "left the cluster")) << message(*outcome);
        }
    }
    for (const auto& request : requests) EXPECT_EQ(request->completions(), 1);
}

TEST(NativeTopology, AFloodOfEventsIsTwoRefreshesASecond) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    const std::size_t before = questions(server, "system.local");
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 2000; ++i) {
        announce(server, "MOVED_NODE", 1);
        server.push(stub::schema_change_event("UPDATED", "KEYSPACE", "ks", ""));
    }
    EXPECT_TRUE(server.wait_until([&] { return questions(server, "system.local") > before; }))
        << "they are not lost either";
    EXPECT_EQ(names(driver->execute(read())), first_user);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    EXPECT_LE(questions(server, "system.local") - before, static_cast<std::size_t>(2 * passed.count()) + 1);
}

TEST(NativeTopology, TheControlConnectionGoesToAnotherNode) {
    Growing cluster;
    const auto driver = open(cluster.server, "connect_timeout=500ms");
    ASSERT_EQ(message(driver->connect()), "");
    cluster.server.stop_node(0);
    ASSERT_TRUE(
        cluster.server.wait_until([&] { return cluster.server.count_at_node(Opcode::register_, 1) == 1; }));
    cluster.join();
    EXPECT_TRUE(reaches(*driver, cluster.server, 2));
}

// A node that has just run out of breath must not leave the driver with the ring of before.
TEST(NativeTopology, ARefreshThatFailsIsMadeElsewhere) {
    Growing cluster;
    const auto driver = open(cluster.server);
    ASSERT_EQ(message(driver->connect()), "");
    cluster.server.on(Opcode::query)
        .matching("system.peers")
        .at_node(0)
        .reply(stub::error(code::overloaded, "busy"));
    cluster.join();
    EXPECT_TRUE(reaches(*driver, cluster.server, 2));
    EXPECT_EQ(questions(cluster.server, "system.peers_v2", 1), 1U);
    EXPECT_EQ(questions(cluster.server, "system.peers"), questions(cluster.server, "system.peers_v2"))
        << "a busy node is not one without the table";
}

TEST(NativeTopology, AnOlderNodeIsAskedForTheTableItHas) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    server.on(Opcode::query)
        .matching("system.peers_v2")
        .reply(stub::error(code::invalid, "unconfigured table peers_v2"));
    const auto driver = open(server, "port=" + std::to_string(server.port()));
    EXPECT_TRUE(reaches(*driver, server, 1));
    announce(server, "MOVED_NODE", 1);
    EXPECT_TRUE(server.wait_until([&] { return questions(server, "system.peers") >= 3; }));
    EXPECT_EQ(questions(server, "system.peers_v2"), 1U);
}

// The choice was made when the driver connected; a second datacenter would have needed local_dc then.
TEST(NativeTopology, ASecondDatacenterThatComesLaterChangesNothing) {
    Growing cluster;
    const auto driver = open(cluster.server);
    ASSERT_EQ(message(driver->connect()), "");
    cluster.server.set_datacenter(2, "dc2");
    const std::size_t before = questions(cluster.server, "system_schema.keyspaces");
    cluster.join();
    ASSERT_TRUE(cluster.server.wait_until(
        [&] { return questions(cluster.server, "system_schema.keyspaces") > before; }));
    ASSERT_TRUE(eventually([&] { return driver->node_counters().size() == 3; })) << "it is known";
    for (int id = 0; id < 100; ++id) EXPECT_EQ(names(driver->execute(read(id))), first_user);
    EXPECT_EQ(executed(cluster.server, 2), 0U) << "and not asked";
    EXPECT_EQ(cluster.server.count(Opcode::register_), 1U) << "the control connection stays";
}

// All addresses that the driver knew are gone; the name in the URL leads to the cluster's new ones.
TEST(NativeTopology, ContactPointsAreTheLastResort) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open("cassandra://" + server.contact_point(1) + "," + server.contact_point(0) +
                             "/?connect_timeout=500ms");
    server.set_member(0, false);
    ASSERT_EQ(message(driver->connect()), "");
    ASSERT_EQ(server.count_at_node(Opcode::register_, 1), 1U);
    server.set_member(0, true);
    server.set_member(1, false);
    server.stop_node(1);
    EXPECT_TRUE(eventually([&] {
        const auto nodes = driver->node_counters();
        return nodes.size() == 1 && nodes[0].node == server.contact_point(0);
    }));
    EXPECT_TRUE(reaches(*driver, server, 0));
}

// driver.md: no reconnect storms. A proxy without a server, or a node that is going down.
TEST(NativeTopology, ANodeThatAcceptsAndClosesIsAskedLessAndLess) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    server.on(Opcode::startup).at_node(1).reply(stub::usual().then_close());
    const auto driver = open(server);
    const auto start = std::chrono::steady_clock::now();
    int id = 0;
    while (std::chrono::steady_clock::now() - start < 2s) {
        ASSERT_EQ(names(driver->execute(idempotent(read(++id)))), first_user);
        const auto waiting = std::make_shared<Waiting>();
        (void)driver->start(idempotent(read(id)), waiting);
        ASSERT_EQ(names(waiting->wait().value()), first_user);
    }
    // For each of the two lanes twice at 0 s, then at 0.5 s to 1 s, and at 1.5 s to 3 s.
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    EXPECT_LE(server.accepted_at_node(1), static_cast<std::size_t>(2 * (3 + 2 * passed.count())));
    server.remove_rules();
    EXPECT_TRUE(reaches(*driver, server, 1)) << "and is used when it works again";
}

}  // namespace
