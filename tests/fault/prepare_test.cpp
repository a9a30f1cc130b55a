// SPDX-License-Identifier: Apache-2.0
// Many requests that need the same statement prepared at the same time: one PREPARE, and nobody hangs.
#include "client.hpp"

#include <chrono>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;

const std::vector<std::string> first_user{"user 1"};

std::vector<std::shared_ptr<Waiting>> start_many(coodie::Driver& driver, int count) {
    std::vector<std::shared_ptr<Waiting>> all;
    for (int i = 0; i < count; ++i) {
        all.push_back(std::make_shared<Waiting>());
        (void)driver.start(read(i), all.back());
    }
    return all;
}

void expect_all_answered(const std::vector<std::shared_ptr<Waiting>>& all) {
    for (const auto& each : all) {
        const std::optional<Outcome> outcome = each->wait();
        ASSERT_TRUE(outcome);
        EXPECT_EQ(names(*outcome), first_user);
        EXPECT_EQ(each->completions(), 1);
    }
}

TEST(NativePrepare, ManyRequestsSendOnePrepare) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    server.on(Opcode::prepare).reply(stub::usual().after(100ms));
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&] {
            if (names(driver->execute(read())) != first_user) ++wrong;
        });
    expect_all_answered(start_many(*driver, 300));
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server.count(Opcode::prepare), 1U);
    EXPECT_EQ(server.count(Opcode::execute), 316U);
}

TEST(NativePrepare, EachStatementOfABatchIsPreparedOnce) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    server.on(Opcode::prepare).reply(stub::usual().after(50ms));
    coodie::BatchStatement batch;
    batch.add(write(1));
    batch.add(statement("DELETE FROM ks.users WHERE id = ?", StatementKind::remove));
    std::vector<std::shared_ptr<Waiting>> all;
    for (int i = 0; i < 50; ++i) {
        all.push_back(std::make_shared<Waiting>());
        (void)driver->start(coodie::BatchStatement(batch), all.back());
    }
    for (const auto& each : all) EXPECT_EQ(message(each->wait().value()), "");
    EXPECT_EQ(server.count(Opcode::prepare), 2U);
    EXPECT_EQ(server.count(Opcode::batch), 50U);
}

TEST(NativePrepare, ARefusalReachesAll) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    server.on(Opcode::prepare).reply(stub::error(code::syntax_error, "on purpose").after(300ms));
    for (const auto& each : start_many(*driver, 100)) {
        const std::optional<Outcome> outcome = each->wait();
        ASSERT_TRUE(outcome);
        EXPECT_EQ(kind(*outcome), ErrorKind::server);
        EXPECT_TRUE(contains(message(*outcome), "on purpose")) << message(*outcome);
    }
    EXPECT_EQ(server.count(Opcode::prepare), 1U);
}

TEST(NativePrepare, CancellingTheOneThatPreparesHangsNobody) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    server.on(Opcode::prepare).times(1).reply(stub::drop());
    const auto first = std::make_shared<Waiting>();
    const coodie::Ticket ticket = driver->start(read(), first);
    ASSERT_TRUE(server.wait_until([&] { return server.count(Opcode::prepare) == 1; }));
    const auto others = start_many(*driver, 100);
    driver->cancel(ticket);
    EXPECT_EQ(kind(first->wait().value()), ErrorKind::cancelled);
    expect_all_answered(others);
    EXPECT_EQ(server.count(Opcode::prepare), 2U);
}

TEST(NativePrepare, ATimeoutOfTheOneThatPreparesHangsNobody) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    server.on(Opcode::prepare).times(1).reply(stub::drop());
    std::thread first([&] {
        Statement quick = read();
        quick.options().timeout = 300ms;
        EXPECT_EQ(kind(driver->execute(quick)), ErrorKind::timeout);
    });
    ASSERT_TRUE(server.wait_until([&] { return server.count(Opcode::prepare) == 1; }));
    std::thread second([&] { EXPECT_EQ(names(driver->execute(read())), first_user); });
    expect_all_answered(start_many(*driver, 100));
    first.join();
    second.join();
    EXPECT_EQ(server.count(Opcode::prepare), 2U);
}

TEST(NativePrepare, ALostConnectionOfTheOneThatPreparesHangsNobody) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    server.on(Opcode::prepare).times(1).reply(stub::reset());
    // Idempotent: once the other node has prepared the statement, it is also executed on this connection, and
    // what was sent on it is lost, too.
    std::vector<std::shared_ptr<Waiting>> all;
    for (int i = 0; i < 100; ++i) {
        all.push_back(std::make_shared<Waiting>());
        (void)driver->start(idempotent(read(i)), all.back());
    }
    expect_all_answered(all);
}

TEST(NativePrepare, WhoWaitsHasItsOwnTimeAndCanBeCancelled) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->connect()), "");
    server.on(Opcode::prepare).reply(stub::drop());
    const auto preparing = std::make_shared<Waiting>();
    (void)driver->start(read(), preparing);
    ASSERT_TRUE(server.wait_until([&] { return server.count(Opcode::prepare) == 1; }));
    Statement quick = read();
    quick.options().timeout = 100ms;
    EXPECT_EQ(kind(driver->execute(quick)), ErrorKind::timeout);
    const auto late = std::make_shared<Waiting>();
    (void)driver->start(coodie::Statement(quick), late);
    EXPECT_EQ(kind(late->wait().value()), ErrorKind::timeout);
    const auto cancelled = std::make_shared<Waiting>();
    driver->cancel(driver->start(read(), cancelled));
    EXPECT_EQ(kind(cancelled->wait().value()), ErrorKind::cancelled);
    std::thread blocked([&] { EXPECT_EQ(kind(driver->execute(read())), ErrorKind::cancelled); });
    std::this_thread::sleep_for(50ms);
    driver->close();
    blocked.join();
    EXPECT_EQ(kind(preparing->wait().value()), ErrorKind::cancelled);
    EXPECT_EQ(server.count(Opcode::prepare), 1U);
}

TEST(NativePrepare, WhatANodeForgotIsPreparedByOne) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    expect_all_answered(start_many(*driver, 1));
    server.forget_prepared();
    server.on(Opcode::prepare).reply(stub::usual().after(300ms));
    expect_all_answered(start_many(*driver, 200));
    // Whoever hears of it after the first was back prepares again.
    EXPECT_LT(server.count(Opcode::prepare), 10U);
}

}  // namespace
