// SPDX-License-Identifier: Apache-2.0
// Three real nodes, one of them killed, restarted and paused under load.
#include "cluster.hpp"
#include "environment.hpp"
#include "keyspace.hpp"
#include "verdict.hpp"

#include "judge/judge_driver.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace {

using namespace integration;
using namespace std::chrono_literals;

constexpr auto request_timeout = 6s;
/// On a machine that three nodes keep busy.
constexpr auto longest_request = 3 * request_timeout;

std::string url_of(const Cluster& ring) {
    return "cassandra://" + ring.hosts() +
           "/?consistency=quorum&request_timeout=6s&connect_timeout=2s&heartbeat=1s";
}

/// Requests that a node has had from this driver's connections that are open now, as the node itself tells.
std::int64_t requests_at(const std::string& endpoint) {
    const std::unique_ptr<coodie::judge::JudgeDriver> judge =
        coodie::judge::JudgeDriver::from_endpoint(endpoint);
    const coodie::Outcome outcome = judge->execute(coodie::Statement(
        coodie::StatementText("SELECT driver_name, request_count FROM system_views.clients")));
    const auto* result = std::get_if<coodie::Result>(&outcome);
    if (result == nullptr) return 0;
    coodie::RowReader reader(*result);
    std::int64_t requests = 0;
    for (std::uint32_t row = 0; row < result->row_count(); ++row) {
        coodie::Cell name;
        coodie::Cell count;
        std::optional<std::string> driver;
        std::int64_t number = 0;
        if (!reader.next(name) || !reader.next(count)) break;
        coodie::decode_value(name, driver);
        coodie::decode_value(count, number);
        if (driver && driver->find("coodie") != std::string::npos) requests += number;
    }
    return requests;
}

/// Waits until the node gets requests of the load.
bool is_used(const std::string& endpoint) {
    constexpr std::int64_t enough = 100;  // more than heartbeats and the control connection's questions
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    const std::int64_t before = requests_at(endpoint);
    while (std::chrono::steady_clock::now() < deadline) {
        if (requests_at(endpoint) >= before + enough) return true;
        std::this_thread::sleep_for(200ms);
    }
    return false;
}

void run_faults(const Cluster& ring, const Load& load) {
    EXPECT_TRUE(load.wait_for(500)) << "with all nodes";
    for (int node = 1; node <= 3; ++node) EXPECT_TRUE(is_used(ring.endpoint(node))) << "node " << node;

    ring.kill(2);
    EXPECT_TRUE(load.wait_for(500)) << "without node 2";
    ring.restart(2);
    EXPECT_TRUE(is_used(ring.endpoint(2))) << "node 2 after its restart";

    ring.pause(3);
    EXPECT_TRUE(load.wait_for(500)) << "with node 3 stopped";
    ring.resume(3);
    EXPECT_TRUE(is_used(ring.endpoint(3))) << "node 3 after its pause";
}

/// One ring for all cases: its start takes the most time.
class Ring : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (!environment("COODIE_CASSANDRA").empty()) ring_ = std::make_unique<Cluster>(3);
    }
    static void TearDownTestSuite() { ring_.reset(); }
    void SetUp() override {
        if (!ring_)
            GTEST_SKIP() << "runs --without-cassandra, or on COODIE_TEST_HOSTS, whose nodes are not ours to "
                            "kill";
    }
    static const Cluster& ring() { return *ring_; }

private:
    static inline std::unique_ptr<Cluster> ring_;
};

// Semantics rule 31, whichever node makes the change.
TEST_F(Ring, EveryNodeKnowsAChangeOfTheSchemaOnceItIsMade) {
    // A node that is not reached in time counts as down, and need not agree: here that would be a busy
    // machine.
    const std::string url = "cassandra://" + ring().hosts() + "/?connect_timeout=1m&request_timeout=1m";
    const coodie::Connection connection = coodie::sync::init_coodie(url, {.name = "ring-schema"});
    std::vector<std::unique_ptr<coodie::judge::JudgeDriver>> nodes;
    for (const std::string& endpoint : ring().endpoints())
        nodes.push_back(coodie::judge::JudgeDriver::from_endpoint(endpoint));
    coodie::sync::create_keyspace("ring_schema", {.replication_factor = 3}, "ring-schema");
    for (int i = 0; i < 3; ++i) {
        const std::string table = "ring_schema.t" + std::to_string(i);
        coodie::sync::execute_raw({.driver = "ring-schema"},
                                  "CREATE TABLE " + table + " (id int PRIMARY KEY)");
        for (const auto& node : nodes) {
            const coodie::Outcome outcome =
                node->execute(coodie::Statement(coodie::StatementText("SELECT id FROM " + table)));
            const auto* error = std::get_if<coodie::Error>(&outcome);
            EXPECT_EQ(error, nullptr) << node->name() << ": " << error->message();
        }
    }
    coodie::sync::drop_keyspace("ring_schema", false, "ring-schema");
    connection.close();
}

TEST_F(Ring, NodesAreKilledRestartedAndPausedUnderLoad) {
    const std::string url = url_of(ring());
    const Keyspace keyspace("ring", url, 3);
    {
        // What is made once per process is there before anything is compared.
        Load first(url, keyspace.name(), "first");
        EXPECT_TRUE(first.wait_for(100));
    }
    const Holdings before = Holdings::now();
    {
        Load load(url, keyspace.name(), "user");
        run_faults(ring(), load);
        load.stop();
        expect_all_kept(load, keyspace.connection(), keyspace.name(), longest_request);
    }
    const Holdings after = Holdings::now();
    EXPECT_EQ(after.descriptors, before.descriptors);
    constexpr std::ptrdiff_t slack = 512 * 1024;  // caches of allocator and statements
    EXPECT_LE(after.heap_bytes, before.heap_bytes + slack);
}

}  // namespace
