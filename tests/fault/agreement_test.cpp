// SPDX-License-Identifier: Apache-2.0
// Semantics rule 31: a schema change is over when all nodes know it.
#include "client.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;

class NativeAgreement : public testing::TestWithParam<Front> {
protected:
    NativeAgreement() {
        server_.on(Opcode::query)
            .matching("CREATE TABLE")
            .reply(stub::schema_change("CREATED", "TABLE", "ks", "t2"));
    }
    static Statement create_table() {
        return Statement(StatementText("CREATE TABLE ks.t2 (id int PRIMARY KEY)", StatementKind::schema));
    }
    [[nodiscard]] std::ptrdiff_t changes() const {
        const std::vector<stub::Request> asked = server_.requests(Opcode::query);
        return std::ranges::count_if(
            asked, [](const stub::Request& each) { return contains(each.query, "CREATE TABLE"); });
    }
    stub::Server server_{{.nodes = 2, .tables = {users()}}};
};

TEST_P(NativeAgreement, ASchemaChangeWaitsUntilTheNodesAgree) {
    const auto driver = open(server_);
    ASSERT_EQ(message(driver->connect()), "");
    server_.set_schema_version(1, coodie::uuid::random());
    const auto asked = [&] { return server_.count(Opcode::query); };
    const std::size_t before = asked();
    std::atomic<bool> agreed{false};
    std::thread nodes([&] {
        // CREATE TABLE itself, and what the nodes' versions are, some times.
        EXPECT_TRUE(server_.wait_until([&] { return asked() >= before + 7; }));
        agreed = true;
        const coodie::uuid same = coodie::uuid::random();
        server_.set_schema_version(0, same);
        server_.set_schema_version(1, same);
    });
    EXPECT_EQ(message(run(*driver, create_table(), GetParam())), "");
    EXPECT_TRUE(agreed);
    nodes.join();
}

// However long the request may take: the change is made, and repeating it would not help.
TEST_P(NativeAgreement, ADisagreementThatStaysIsAnError) {
    const auto driver = open(server_, "request_timeout=2s");
    ASSERT_EQ(message(driver->connect()), "");
    server_.set_schema_version(1, coodie::uuid::random());
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = run(*driver, create_table(), GetParam());
    EXPECT_EQ(kind(outcome), ErrorKind::timeout);
    EXPECT_TRUE(contains(message(outcome), "it was made")) << message(outcome);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_EQ(changes(), 1);
    EXPECT_EQ(names(run(*driver, read(), GetParam())), first_user);
}

TEST_P(NativeAgreement, ANodeThatIsDownNeedNotAgree) {
    const auto driver = open(server_, "connect_timeout=500ms");
    ASSERT_EQ(message(driver->connect()), "");
    server_.set_schema_version(1, coodie::uuid::random());
    server_.stop_node(1);
    int id = 0;
    ASSERT_TRUE(eventually([&] {  // until a request has found out
        EXPECT_EQ(names(run(*driver, idempotent(read(++id)), GetParam())), first_user);
        const auto nodes = driver->node_counters();
        return std::ranges::count_if(nodes, [](const auto& node) { return !node.is_up; }) == 1;
    }));
    EXPECT_EQ(message(run(*driver, create_table(), GetParam())), "");
    EXPECT_EQ(changes(), 1);
}

INSTANTIATE_TEST_SUITE_P(Fronts, NativeAgreement, both_fronts(), front_name);

}  // namespace
