// SPDX-License-Identifier: Apache-2.0
// What reaches the caller beside rows: tracing ids, warnings and payloads of answers, the driver's counters
// and its log.
#include "client.hpp"

#include <mutex>
#include <utility>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;
using coodie::LogLevel;

constexpr std::uint8_t tracing_flag = 0x02;

class NativeNotes : public testing::TestWithParam<const char*> {};

TEST_P(NativeNotes, TracingIdWarningsAndPayloadReachTheCaller) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server, GetParam());
    const Outcome plain = driver->execute(read());
    ASSERT_EQ(names(plain), std::vector<std::string>{"user 1"});
    EXPECT_FALSE(std::get<Result>(plain).tracing_id());
    EXPECT_TRUE(std::get<Result>(plain).warnings().empty());
    EXPECT_EQ(server.requests(Opcode::execute).back().flags & tracing_flag, 0);

    const coodie::uuid id = coodie::uuid::random();
    const coodie::Bytes payload{std::byte{1}, std::byte{2}};
    server.on(Opcode::execute)
        .reply(stub::usual().with_tracing_id(id).with_warning("slow").with_warning("large").with_payload(
            "k", payload));
    for (Statement asked : {read(), write()}) {
        asked.options().tracing = true;
        const Outcome outcome = driver->execute(asked);
        ASSERT_EQ(message(outcome), "");
        const Result& result = std::get<Result>(outcome);
        EXPECT_EQ(result.tracing_id(), id);
        EXPECT_EQ(result.warnings(), (std::vector<std::string>{"slow", "large"}));
        ASSERT_EQ(result.notes().custom_payload.size(), 1U);
        EXPECT_EQ(result.notes().custom_payload[0].first, "k");
        EXPECT_EQ(result.notes().custom_payload[0].second, payload);
        EXPECT_EQ(server.requests(Opcode::execute).back().flags & tracing_flag, tracing_flag);
    }
    const auto waiting = std::make_shared<Waiting>();
    (void)driver->start(read(), waiting);
    const Outcome outcome = waiting->wait().value();
    EXPECT_EQ(names(outcome), std::vector<std::string>{"user 1"});
    EXPECT_EQ(std::get<Result>(outcome).tracing_id(), id);
}

TEST_P(NativeNotes, BatchesAndPlainQueriesAreTracedToo) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server, GetParam());
    coodie::BatchStatement batch;
    batch.add(write(1));
    batch.options().tracing = true;
    EXPECT_EQ(message(driver->execute(batch)), "");
    EXPECT_EQ(server.requests(Opcode::batch).back().flags & tracing_flag, tracing_flag);
    Statement query(StatementText("TRUNCATE ks.users", StatementKind::truncate));
    query.options().tracing = true;
    EXPECT_EQ(message(driver->execute(query)), "");
    EXPECT_EQ(server.requests(Opcode::query).back().flags & tracing_flag, tracing_flag);
}

INSTANTIATE_TEST_SUITE_P(Versions, NativeNotes, testing::Values("protocol_version=4", "protocol_version=5"),
                         [](const auto& version) { return std::string("V") + version.param[17]; });

TEST(NativeCounters, CountWhatHappened) {
    stub::Server server{{.nodes = 2, .tables = {users()}}};
    const auto driver = open(server, "in_flight=1");
    EXPECT_EQ(driver->counters().requests, 0U);
    for (int id = 0; id < 8; ++id) ASSERT_EQ(message(driver->execute(idempotent(read(id)))), "");
    coodie::DriverCounters counters = driver->counters();
    EXPECT_EQ(counters.requests, 8U);
    EXPECT_EQ(counters.errors, 0U);
    EXPECT_EQ(counters.retries, 0U);
    EXPECT_EQ(counters.prepares, server.count(Opcode::prepare));
    EXPECT_EQ(counters.connections_opened, server.accepted());

    server.on(Opcode::execute).times(1).reply(stub::error(code::overloaded, "busy"));
    EXPECT_EQ(message(driver->execute(idempotent(read()))), "");
    EXPECT_EQ(driver->counters().retries, 1U);
    server.on(Opcode::execute).times(1).reply(stub::error(code::invalid, "no"));
    EXPECT_EQ(kind(driver->execute(read())), ErrorKind::server);
    server.on(Opcode::execute).times(1).reply(stub::drop());
    Statement quick = read();
    quick.options().timeout = 50ms;
    const auto late = std::make_shared<Waiting>();
    (void)driver->start(coodie::Statement(quick), late);
    EXPECT_EQ(kind(late->wait().value()), ErrorKind::timeout);
    counters = driver->counters();
    EXPECT_EQ(counters.requests, 11U);
    EXPECT_EQ(counters.errors, 2U);
    EXPECT_EQ(counters.timeouts, 1U);

    EXPECT_EQ(counters.connections_lost, 0U);
    server.on(Opcode::execute).times(1).reply(stub::reset());
    EXPECT_EQ(kind(driver->execute(write())), ErrorKind::connection);
    EXPECT_GE(driver->counters().connections_lost, 1U);
    EXPECT_GT(driver->counters().connections_opened, 0U);
}

// A plain function: what it hears is kept here.
std::mutex heard_mutex;
std::vector<std::pair<LogLevel, std::string>> heard;
void hear(LogLevel level, std::string_view text) {
    const std::lock_guard lock(heard_mutex);
    heard.emplace_back(level, text);
}
bool was_heard(LogLevel level, const std::string& part) {
    const std::lock_guard lock(heard_mutex);
    for (const auto& [each, text] : heard)
        if (each == level && contains(text, part)) return true;
    return false;
}

TEST(NativeLog, TellsOfConnectionsAndNeverOfCredentials) {
    stub::Server server{{.user = "ann", .password = "right", .tables = {users()}}};
    heard.clear();
    const auto refused = open("cassandra://ann:secret@" + server.contact_point());
    refused->set_log(hear);
    EXPECT_EQ(kind(refused->connect()), ErrorKind::server);
    EXPECT_TRUE(was_heard(LogLevel::error, server.contact_point()));

    const auto driver = open("cassandra://ann:right@" + server.contact_point());
    driver->set_log(hear);
    ASSERT_EQ(message(driver->execute(read())), "");
    EXPECT_TRUE(was_heard(LogLevel::info, "connected to " + server.contact_point()));
    EXPECT_FALSE(was_heard(LogLevel::warning, ""));
    server.reset_connections();
    (void)driver->execute(read());
    EXPECT_TRUE(was_heard(LogLevel::warning, server.contact_point()));
    driver->set_log(nullptr);
    driver->close();
    for (const auto& [level, text] : heard) {
        EXPECT_FALSE(contains(text, "secret")) << text;
        EXPECT_FALSE(contains(text, "right")) << text;
    }
}

}  // namespace
