// SPDX-License-Identifier: Apache-2.0
// Speculative execution: another node is asked while one has not answered, for idempotent statements only.
#include "client.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;

constexpr const char* after_50ms = "speculative_delay=50ms&speculative_count=1";

class NativeSpeculation : public testing::TestWithParam<Front> {
protected:
    // Both nodes know the statement, and there are connections to both.
    std::shared_ptr<coodie::Driver> warm(const std::string& options) {
        auto driver = open(server_, options);
        for (int id = 0; id < 16; ++id)
            EXPECT_EQ(names(run(*driver, idempotent(read(id)), GetParam())), first_user);
        EXPECT_GT(server_.count_at_node(Opcode::execute, 0), 0U);
        EXPECT_GT(server_.count_at_node(Opcode::execute, 1), 0U);
        return driver;
    }
    stub::Server server_{{.nodes = 2, .tables = {users()}}};
};

TEST_P(NativeSpeculation, AnotherNodeAnswersForASilentOne) {
    const auto driver = warm(after_50ms);
    server_.on(Opcode::execute).at_node(0).reply(stub::drop());
    const std::size_t before = server_.count_at_node(Opcode::execute, 0);
    for (int id = 0; id < 16; ++id)
        EXPECT_EQ(names(run(*driver, idempotent(read(id)), GetParam())), first_user);
    EXPECT_GT(server_.count_at_node(Opcode::execute, 0), before);
}

TEST_P(NativeSpeculation, LateAnswersBelongToNobody) {
    const auto driver = warm(after_50ms);
    const std::size_t connections = server_.accepted();
    server_.on(Opcode::execute).at_node(0).reply(stub::usual().after(500ms));
    for (int id = 0; id < 16; ++id)
        EXPECT_EQ(names(run(*driver, idempotent(read(id)), GetParam())), first_user);
    server_.remove_rules();
    for (int round = 0; round < 20; ++round) {
        std::this_thread::sleep_for(40ms);
        EXPECT_EQ(names(run(*driver, idempotent(read(round)), GetParam())), first_user);
    }
    EXPECT_EQ(server_.accepted(), connections) << "no connection was closed for them";
    EXPECT_EQ(server_.malformed(), 0U);
}

// Semantics rule 15.
TEST_P(NativeSpeculation, WhatIsNotIdempotentIsSentOnce) {
    const auto driver = warm(after_50ms);
    const Statement conditional = idempotent(
        statement("UPDATE ks.users SET name = 'x' WHERE id = ? IF EXISTS", StatementKind::conditional));
    // Both nodes know the statements, so that none is sent again for that.
    for (int id = 0; id < 16; ++id) {
        EXPECT_EQ(message(run(*driver, write(), GetParam())), "");
        (void)run(*driver, conditional, GetParam());
    }
    server_.on(Opcode::execute).reply(stub::usual().after(300ms));
    const std::size_t before = server_.count(Opcode::execute);
    EXPECT_EQ(message(run(*driver, write(), GetParam())), "");
    EXPECT_EQ(server_.count(Opcode::execute) - before, 1U);
    (void)run(*driver, conditional, GetParam());
    EXPECT_EQ(server_.count(Opcode::execute) - before, 2U);
}

TEST_P(NativeSpeculation, AnErrorThatIsTheSameEverywhereEndsIt) {
    const auto driver = warm(after_50ms);
    server_.on(Opcode::execute).at_node(0).reply(stub::drop());
    server_.on(Opcode::execute).at_node(1).reply(stub::error(code::invalid, "no such column"));
    const std::size_t before = server_.count_at_node(Opcode::execute, 0);
    for (int id = 0; id < 16; ++id)
        EXPECT_EQ(kind(run(*driver, idempotent(read(id)), GetParam())), ErrorKind::server);
    EXPECT_GT(server_.count_at_node(Opcode::execute, 0), before);
}

TEST_P(NativeSpeculation, ANodeThatGivesUpLeavesItToTheOther) {
    const auto driver = warm(after_50ms);
    server_.on(Opcode::execute).at_node(0).reply(stub::usual().after(200ms));
    server_.on(Opcode::execute).at_node(1).reply(stub::error(code::overloaded, "busy"));
    for (int id = 0; id < 8; ++id)
        EXPECT_EQ(names(run(*driver, idempotent(read(id)), GetParam())), first_user);
}

TEST_P(NativeSpeculation, BothSilentIsATimeoutOnce) {
    const auto driver = warm(after_50ms);
    server_.on(Opcode::execute).reply(stub::drop());
    Statement slow = idempotent(read());
    slow.options().timeout = 300ms;
    const std::size_t before = server_.count(Opcode::execute);
    EXPECT_EQ(kind(run(*driver, slow, GetParam())), ErrorKind::timeout);
    EXPECT_EQ(server_.count(Opcode::execute) - before, 2U);
}

TEST_P(NativeSpeculation, WithoutTheOptionsNobodyElseIsAsked) {
    const auto driver = warm("");
    server_.on(Opcode::execute).reply(stub::usual().after(300ms));
    const std::size_t before = server_.count(Opcode::execute);
    EXPECT_EQ(names(run(*driver, idempotent(read()), GetParam())), first_user);
    EXPECT_EQ(server_.count(Opcode::execute) - before, 1U);
}

TEST_P(NativeSpeculation, ClosingEndsEveryAttempt) {
    const auto driver = warm(after_50ms);
    server_.on(Opcode::execute).reply(stub::drop());
    const std::size_t before = server_.count(Opcode::execute);
    Outcome outcome{Result()};
    std::thread caller([&] { outcome = run(*driver, idempotent(read()), GetParam()); });
    EXPECT_TRUE(server_.wait_until([&] { return server_.count(Opcode::execute) == before + 2; }));
    driver->close();
    caller.join();
    EXPECT_EQ(kind(outcome), ErrorKind::cancelled) << message(outcome);
    EXPECT_TRUE(server_.wait_until([&] { return server_.open_connections() == 0; }));
}

INSTANTIATE_TEST_SUITE_P(Fronts, NativeSpeculation, both_fronts(), front_name);

// The executor is its owner's to run; who blocks does not depend on it.
TEST(NativeSpeculationOnAnExecutor, BlockingCallersDoNotNeedIt) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    boost::asio::io_context never_run;
    const auto driver = open(server, after_50ms, never_run.get_executor());
    ASSERT_TRUE(driver);
    server.on(Opcode::execute).at_node(0).reply(stub::drop());
    for (int id = 0; id < 8; ++id) EXPECT_EQ(names(driver->execute(idempotent(read(id)))), first_user);
    EXPECT_GT(server.count_at_node(Opcode::execute, 0), 0U);
}

}  // namespace
