// SPDX-License-Identifier: Apache-2.0
// What is told and counted of attempts: the request hook, and the counters of each node.
#include "client.hpp"
#include "told.hpp"

#include <map>
#include <utility>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;
using coodie::AttemptReport;
using coodie::NodeCounters;

std::map<std::string, NodeCounters> by_node(const coodie::Driver& driver) {
    std::map<std::string, NodeCounters> found;
    for (NodeCounters& each : driver.node_counters()) found.emplace(each.node, each);
    return found;
}

NodeCounters sum(const coodie::Driver& driver) {
    NodeCounters all;
    for (const NodeCounters& each : driver.node_counters()) {
        all.attempts += each.attempts;
        all.errors += each.errors;
        all.timeouts += each.timeouts;
        all.in_flight += each.in_flight;
        for (std::size_t i = 0; i < all.latency.counts.size(); ++i)
            all.latency.counts[i] += each.latency.counts[i];
    }
    return all;
}

class NativeAttempts : public testing::TestWithParam<Front> {
protected:
    // Both nodes know the statements and have connections; only what follows is told.
    std::shared_ptr<coodie::Driver> warm(const std::string& options = "") {
        auto driver = open(server_, options);
        for (int id = 0; id < 16; ++id) {
            EXPECT_EQ(names(run(*driver, idempotent(read(id)))), first_user);
            EXPECT_EQ(message(run(*driver, idempotent(write(id)))), "");
        }
        driver->set_request_hook(Told::hear, &told_);
        return driver;
    }
    static Outcome run(coodie::Driver& driver, const Statement& statement) {
        return fault::run(driver, statement, GetParam());
    }

    stub::Server server_{{.nodes = 2, .tables = {users()}}};
    Told told_;
};

TEST_P(NativeAttempts, AreNotCountedUnlessAskedFor) {
    const auto driver = open(server_);
    EXPECT_TRUE(driver->node_counters().empty()) << "not connected yet";
    for (int id = 0; id < 8; ++id) ASSERT_EQ(names(run(*driver, read(id))), first_user);
    const auto nodes = by_node(*driver);
    ASSERT_EQ(nodes.size(), 2U);
    for (const std::size_t node : {0U, 1U}) {
        const NodeCounters& counters = nodes.at(server_.contact_point(node));
        EXPECT_EQ(counters.datacenter, "dc1");
        EXPECT_TRUE(counters.is_up);
        EXPECT_EQ(counters.attempts, 0U);
        EXPECT_EQ(counters.latency.total(), 0U);
    }
}

TEST_P(NativeAttempts, AreCountedAtTheirNodes) {
    const auto driver = open(server_, "metrics=true");
    for (int id = 0; id < 16; ++id) ASSERT_EQ(names(run(*driver, read(id))), first_user);
    const auto nodes = by_node(*driver);
    ASSERT_EQ(nodes.size(), 2U);
    for (const std::size_t node : {0U, 1U}) {
        const NodeCounters& counters = nodes.at(server_.contact_point(node));
        EXPECT_GT(counters.attempts, 0U);
        EXPECT_EQ(counters.attempts, server_.count_at_node(Opcode::execute, node) +
                                         server_.count_at_node(Opcode::prepare, node));
        EXPECT_EQ(counters.errors, 0U);
        EXPECT_EQ(counters.in_flight, 0U);
        EXPECT_EQ(counters.latency.total(), counters.attempts);
        EXPECT_GT(counters.latency.percentile(100), 0us);
    }
}

TEST_P(NativeAttempts, AreToldWithTheirPrepare) {
    const auto driver = open(server_);
    driver->set_request_hook(Told::hear, &told_);
    ASSERT_EQ(names(run(*driver, read())), first_user);
    const auto attempts = told_.attempts();
    ASSERT_EQ(attempts.size(), 2U);
    for (const Told::Attempt& each : attempts) {
        EXPECT_EQ(each.statement, "SELECT id, name FROM ks.users WHERE id = ?");
        EXPECT_EQ(each.report.statements, 1U);
        EXPECT_EQ(each.report.attempt, 1U);
        EXPECT_FALSE(each.report.speculative);
        EXPECT_GT(each.report.duration, 0ns);
        EXPECT_EQ(each.report.error, std::nullopt);
        EXPECT_EQ(each.report.server_code, 0);
    }
    EXPECT_TRUE(attempts[0].report.prepare);
    EXPECT_FALSE(attempts[1].report.prepare);
    driver->set_request_hook(nullptr, nullptr);
    ASSERT_EQ(names(run(*driver, read())), first_user);
    EXPECT_EQ(told_.attempts().size(), 2U);
}

TEST_P(NativeAttempts, ARetryIsTheSecondAttempt) {
    const auto driver = warm();
    server_.on(Opcode::execute).times(1).reply(stub::error(code::overloaded, "busy"));
    ASSERT_EQ(names(run(*driver, idempotent(read()))), first_user);
    const auto attempts = told_.attempts();
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[0].report.attempt, 1U);
    EXPECT_EQ(attempts[0].report.error, ErrorKind::server);
    EXPECT_EQ(attempts[0].report.server_code, code::overloaded);
    EXPECT_EQ(attempts[1].report.attempt, 2U);
    EXPECT_EQ(attempts[1].report.error, std::nullopt);
    EXPECT_NE(attempts[0].node, attempts[1].node);
    const auto nodes = by_node(*driver);
    EXPECT_EQ(nodes.at(attempts[0].node).errors, 1U);
    EXPECT_EQ(nodes.at(attempts[0].node).latency.total(), 1U) << "it was answered";
    EXPECT_EQ(nodes.at(attempts[1].node).errors, 0U);
}

TEST_P(NativeAttempts, AnErrorOfTheServerIsToldWithItsCode) {
    const auto driver = warm();
    server_.on(Opcode::execute).times(1).reply(stub::error(code::invalid, "no"));
    EXPECT_EQ(kind(run(*driver, read())), ErrorKind::server);
    ASSERT_EQ(told_.attempts().size(), 1U);
    EXPECT_EQ(told_.attempts()[0].report.server_code, code::invalid);
    server_.on(Opcode::prepare).times(1).reply(stub::error(code::syntax_error, "what?"));
    EXPECT_EQ(kind(run(*driver, statement("SELECT ?", StatementKind::select))), ErrorKind::server);
    ASSERT_EQ(told_.attempts().size(), 2U);
    EXPECT_TRUE(told_.attempts()[1].report.prepare);
    EXPECT_EQ(told_.attempts()[1].report.server_code, code::syntax_error);
}

TEST_P(NativeAttempts, ATimeoutEndsAnAttemptOnce) {
    const auto driver = warm();
    server_.on(Opcode::execute).times(1).reply(stub::usual().after(300ms));
    Statement quick = read();
    quick.options().timeout = 50ms;
    EXPECT_EQ(kind(run(*driver, quick)), ErrorKind::timeout);
    ASSERT_EQ(told_.attempts().size(), 1U);
    EXPECT_EQ(told_.attempts()[0].report.error, ErrorKind::timeout);
    const NodeCounters counters = by_node(*driver).at(told_.attempts()[0].node);
    EXPECT_EQ(counters.attempts, 1U);
    EXPECT_EQ(counters.errors, 1U);
    EXPECT_EQ(counters.timeouts, 1U);
    EXPECT_EQ(counters.latency.total(), 0U);
    EXPECT_EQ(counters.in_flight, 0U);
    // Its answer comes while others are read: it is nobody's.
    std::this_thread::sleep_for(400ms);
    for (int id = 0; id < 16; ++id) ASSERT_EQ(names(run(*driver, read(id))), first_user);
    EXPECT_EQ(told_.attempts().size(), 17U);
}

TEST_P(NativeAttempts, ALostConnectionEndsAnAttempt) {
    const auto driver = warm();
    server_.on(Opcode::execute).times(1).reply(stub::reset());
    EXPECT_EQ(kind(run(*driver, write())), ErrorKind::connection);
    ASSERT_EQ(told_.attempts().size(), 1U);
    EXPECT_EQ(told_.attempts()[0].report.error, ErrorKind::connection);
    EXPECT_EQ(sum(*driver).errors, 1U);
    EXPECT_EQ(sum(*driver).latency.total(), 0U);
}

TEST_P(NativeAttempts, SpeculativeOnesAreToldAsSuchAndNoneTwice) {
    const auto driver = warm("speculative_delay=50ms&speculative_count=1");
    const std::size_t before = server_.count(Opcode::execute);
    server_.on(Opcode::execute).at_node(0).reply(stub::usual().after(400ms));
    for (int id = 0; id < 16; ++id) ASSERT_EQ(names(run(*driver, idempotent(read(id)))), first_user);
    server_.remove_rules();
    std::this_thread::sleep_for(500ms);  // the late answers come
    std::size_t speculative = 0, beaten = 0;
    const auto attempts = told_.attempts();
    for (const Told::Attempt& each : attempts) {
        EXPECT_EQ(each.report.attempt, each.report.speculative ? 2U : 1U);
        speculative += each.report.speculative ? 1 : 0;
        beaten += each.report.error == ErrorKind::cancelled ? 1 : 0;
    }
    EXPECT_GT(speculative, 0U);
    EXPECT_EQ(beaten, attempts.size() - 16) << "each request has one answer that counts";
    EXPECT_EQ(attempts.size(), server_.count(Opcode::execute) - before);
    EXPECT_EQ(sum(*driver).attempts, attempts.size());
    EXPECT_EQ(sum(*driver).errors, 0U) << "being slower is no error";
    EXPECT_EQ(sum(*driver).latency.total(), 16U);
}

TEST_P(NativeAttempts, NeitherValuesNorPasswordsAreTold) {
    const auto driver = warm();
    coodie::BoundValues values;
    values.add(coodie::Bytes(6, std::byte{'s'}));
    ASSERT_EQ(
        message(run(*driver,
                    Statement(StatementText("UPDATE ks.users SET name = ?", StatementKind::update), values))),
        "");
    const char* role = "CREATE ROLE ann WITH Password = 'secret'";
    ASSERT_EQ(message(run(*driver, Statement(StatementText(role, StatementKind::other)))), "");
    const auto attempts = told_.attempts();
    ASSERT_EQ(attempts.size(), 3U);
    EXPECT_EQ(attempts[0].statement, "UPDATE ks.users SET name = ?");
    EXPECT_EQ(attempts[1].statement, "UPDATE ks.users SET name = ?");
    EXPECT_EQ(attempts[2].statement, "CREATE ROLE ann WITH ");
}

INSTANTIATE_TEST_SUITE_P(Fronts, NativeAttempts, both_fronts(), front_name);

TEST(NativeBatchAttempts, TellTheFirstStatementAndHowMany) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(write())), "");
    Told told;
    driver->set_request_hook(Told::hear, &told);
    coodie::BatchStatement batch;
    batch.add(write(1));
    batch.add(write(2));
    ASSERT_EQ(message(driver->execute(batch)), "");
    ASSERT_EQ(told.attempts().size(), 1U);
    EXPECT_EQ(told.attempts()[0].statement, "UPDATE ks.users SET name = 'x' WHERE id = ?");
    EXPECT_EQ(told.attempts()[0].report.statements, 2U);
    driver->close();
}

TEST(NativeAttemptsOutside, CancellingAndClosingEndThemOnce) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server, "metrics=true");
    ASSERT_EQ(names(driver->execute(read())), first_user);
    Told told;
    driver->set_request_hook(Told::hear, &told);
    server.on(Opcode::execute).reply(stub::drop());
    const std::size_t before = server.count(Opcode::execute);
    const auto cancelled = std::make_shared<Waiting>();
    const auto closed = std::make_shared<Waiting>();
    const coodie::Ticket ticket = driver->start(read(), cancelled);
    (void)driver->start(read(), closed);
    ASSERT_TRUE(server.wait_until([&] { return server.count(Opcode::execute) == before + 2; }));
    EXPECT_EQ(sum(*driver).in_flight, 2U);
    driver->cancel(ticket);
    driver->cancel(ticket);
    EXPECT_EQ(kind(cancelled->wait().value()), ErrorKind::cancelled);
    EXPECT_EQ(told.attempts().size(), 1U);
    driver->close();
    EXPECT_EQ(kind(closed->wait().value()), ErrorKind::cancelled);
    ASSERT_EQ(told.attempts().size(), 2U);
    for (const auto& each : told.attempts()) EXPECT_EQ(each.report.error, ErrorKind::cancelled);
    EXPECT_EQ(sum(*driver).errors, 0U);
}

// A batch's own time stays.
TEST(NativeTimestamps, AreTheServersWhenTheClientGivesNone) {
    stub::Server server{{.tables = {users()}}};
    const auto plain = open(server);
    ASSERT_EQ(message(plain->execute(write())), "");
    EXPECT_TRUE(server.requests(Opcode::execute).back().timestamp.has_value());
    for (const char* version : {"4", "5"}) {
        const auto driver = open(server, std::string("client_timestamps=false&protocol_version=") + version);
        ASSERT_EQ(message(driver->execute(write())), "");
        EXPECT_EQ(server.requests(Opcode::execute).back().timestamp, std::nullopt);
        coodie::BatchStatement batch;
        batch.add(write());
        ASSERT_EQ(message(driver->execute(batch)), "");
        EXPECT_EQ(server.requests(Opcode::batch).back().timestamp, std::nullopt);
        batch.set_timestamp(17);
        ASSERT_EQ(message(driver->execute(batch)), "");
        EXPECT_EQ(server.requests(Opcode::batch).back().timestamp, 17);
    }
}

}  // namespace
