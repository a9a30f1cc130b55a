// SPDX-License-Identifier: Apache-2.0
// What the driver does when nodes refuse, forget, go away and come back: how often it asks whom.
#include "client.hpp"

#include <chrono>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace native = coodie::native;
namespace code = coodie::server_code;

struct ErrorCase {
    std::int32_t code;
    native::ErrorDetail detail;
    std::size_t plain;       ///< attempts of a write that is not idempotent
    std::size_t idempotent;  ///< and of one that is, on three nodes that all answer with the error
};

// driver.md's list of retries, each code x idempotent or not, as the number of attempts.
TEST(NativePolicy, EachErrorCodeIsRetriedAsOftenAsItMay) {
    const std::vector<ErrorCase> cases{
        {code::server_error, {}, 1, 3},
        {code::overloaded, {}, 1, 3},
        {code::truncate_error, {}, 1, 3},
        {code::is_bootstrapping, {}, 3, 3},
        {code::unavailable, native::UnavailableDetail{coodie::Consistency::quorum, 2, 1}, 2, 2},
        {code::read_timeout, native::ReadTimeoutDetail{coodie::Consistency::one, 1, 1, false}, 2, 2},
        {code::read_timeout, native::ReadTimeoutDetail{coodie::Consistency::one, 0, 1, false}, 1, 1},
        {code::write_timeout,
         native::WriteTimeoutDetail{coodie::Consistency::one, 0, 1, native::WriteType::simple, {}}, 1, 1},
        {code::write_timeout,
         native::WriteTimeoutDetail{coodie::Consistency::one, 0, 1, native::WriteType::batch_log, {}}, 1, 2},
        {code::syntax_error, {}, 1, 1},
        {code::invalid, {}, 1, 1},
        {code::unauthorized, {}, 1, 1},
    };
    for (const ErrorCase& each : cases)
        for (const bool may_repeat : {false, true}) {
            stub::Server server{{.nodes = 3, .tables = {users()}}};
            const auto driver = open(server);
            const Statement sent = may_repeat ? idempotent(write()) : write();
            ASSERT_EQ(message(driver->execute(sent)), "");
            const std::size_t before = server.count(Opcode::execute);
            server.on(Opcode::execute).reply(stub::error(each.code, "on purpose", each.detail));
            const Outcome outcome = driver->execute(sent);
            ASSERT_EQ(kind(outcome), ErrorKind::server) << message(outcome);
            EXPECT_EQ(std::get<Error>(outcome).code(), each.code);
            EXPECT_EQ(server.count(Opcode::execute) - before, may_repeat ? each.idempotent : each.plain)
                << "code " << each.code << (may_repeat ? ", idempotent" : "");
        }
}

TEST(NativePolicy, AClosedConnectionIsRetriedElsewhereOnlyWhenIdempotent) {
    stub::Server server{{.nodes = 3, .tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(write())), "");
    const std::size_t before = server.count(Opcode::execute);
    server.on(Opcode::execute).times(1).reply(stub::reset());
    EXPECT_EQ(kind(driver->execute(write())), ErrorKind::connection);
    EXPECT_EQ(server.count(Opcode::execute) - before, 1U) << "never sent twice";
    server.on(Opcode::execute).times(1).reply(stub::reset());
    EXPECT_EQ(message(driver->execute(idempotent(write()))), "");
}

// Semantics rule 33.
TEST(NativePolicy, AForgottenStatementIsPreparedOnceMore) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(read())), "");
    server.forget_prepared();
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    EXPECT_EQ(server.count(Opcode::prepare), 2U);
    EXPECT_EQ(server.count(Opcode::execute), 3U);
}

TEST(NativePolicy, AServerThatAlwaysForgetsEndsInAnError) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(read())), "");
    server.on(Opcode::execute).reply([](const stub::Request&) {
        return stub::error(code::unprepared, "forgotten", native::UnpreparedDetail{});
    });
    EXPECT_EQ(kind(driver->execute(read())), ErrorKind::server);
    EXPECT_LE(server.count(Opcode::execute), 6U);
}

TEST(NativePolicy, ANodeThatGoesAndComesBackIsAskedAgain) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server, "connect_timeout=500ms");
    ASSERT_EQ(message(driver->execute(read())), "");
    server.stop_node(0);
    for (int id = 0; id < 20; ++id)
        EXPECT_EQ(names(driver->execute(idempotent(read(id)))), std::vector<std::string>{"user 1"});
    server.start_node(0);
    const std::size_t before = server.count_at_node(Opcode::execute, 0);
    int id = 0;
    EXPECT_TRUE(eventually([&] {
        // Other keys have other replicas.
        EXPECT_EQ(names(driver->execute(idempotent(read(++id)))), first_user);
        return server.count_at_node(Opcode::execute, 0) > before;
    }));
}

TEST(NativePolicy, AllNodesDownIsAnErrorAndUpAgainWorks) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server, "connect_timeout=500ms");
    ASSERT_EQ(message(driver->execute(read())), "");
    server.stop_node(0);
    server.stop_node(1);
    const Outcome outcome = driver->execute(idempotent(read()));
    EXPECT_EQ(kind(outcome), ErrorKind::connection) << message(outcome);
    server.start_node(0);
    server.start_node(1);
    EXPECT_TRUE(eventually([&] { return names(driver->execute(idempotent(read()))) == first_user; }));
}

// Semantics rule 27.
TEST(NativePolicy, RowsAreReadWithTheMetadataThatCameWithThem) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server, "protocol_version=5");
    ASSERT_EQ(message(driver->execute(read())), "");
    stub::Table wider = users();
    wider.columns.push_back({"age", coodie::TypeId::int_});
    wider.rows[0].push_back(stub::value_of(std::int32_t{42}));
    server.on(Opcode::execute)
        .times(1)
        .reply(stub::rows_with_new_metadata(wider, coodie::Bytes(16, std::byte{7})));
    const Outcome outcome = driver->execute(read());
    ASSERT_EQ(message(outcome), "");
    EXPECT_EQ(std::get<Result>(outcome).columns().size(), 3U);
}

}  // namespace
