// SPDX-License-Identifier: Apache-2.0
#include "stub/server.hpp"

#include "client.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace coodie::stub {
namespace {

using namespace std::chrono_literals;
using namespace coodie::native;
using test::Client;

Client::Received connect(Client& client) {
    EXPECT_TRUE(client.connected());
    return client.startup();
}

/// What ended the connection: "end", "reset", ...
std::string end_of(Client& client) {
    try {
        while (true) client.receive();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

std::int32_t error_code_of(const Client::Received& received) {
    return std::get<ErrorResponse>(received.response.message).code;
}

Table users() {
    return {.columns = {{"id", TypeId::int_}, {"name", TypeId::text}},
            .rows = {{value_of(std::int32_t{1}), value_of("ada")},
                     {value_of(std::int32_t{2}), value_of("bob")},
                     {value_of(std::int32_t{3}), std::nullopt}},
            .keyspace = "ks",
            .name = "users"};
}

struct Mode {
    ProtocolVersion version;
    Compression compression;
};
class Modes : public testing::TestWithParam<Mode> {};
INSTANTIATE_TEST_SUITE_P(All, Modes,
                         testing::Values(Mode{ProtocolVersion::v4, Compression::none},
                                         Mode{ProtocolVersion::v4, Compression::lz4},
                                         Mode{ProtocolVersion::v5, Compression::none},
                                         Mode{ProtocolVersion::v5, Compression::lz4}));

TEST_P(Modes, AFakeNodeAnswersWhatADriverAsks) {
    Server server({.nodes = 3});
    Client client(server.address(1), server.port(), GetParam().version, GetParam().compression);
    Bytes out;
    append_options(out, GetParam().version, 7);
    client.send(out);
    const auto options = client.receive();
    EXPECT_EQ(options.header.stream, 7);
    EXPECT_TRUE(std::get<SupportedResponse>(options.response.message).offers("COMPRESSION", "lz4"));
    EXPECT_TRUE(std::holds_alternative<ReadyResponse>(connect(client).response.message));

    const auto local = client.query("SELECT * FROM system.local WHERE key='local'");
    const auto& local_rows = std::get<RowsResult>(local.response.message);
    EXPECT_EQ(local_rows.row_count, 1U);
    EXPECT_EQ(local_rows.columns->at(3).name, "host_id");
    const auto peers = client.query("SELECT * FROM system.peers_v2");
    EXPECT_EQ(std::get<RowsResult>(peers.response.message).row_count, 2U);
    const auto keyspaces = client.query("SELECT keyspace_name, replication FROM system_schema.keyspaces");
    EXPECT_EQ(std::get<RowsResult>(keyspaces.response.message).row_count, 1U);
    EXPECT_EQ(std::get<SetKeyspaceResult>(client.query("USE \"My\"").response.message).keyspace, "My");
    EXPECT_EQ(server.count(Opcode::query), 4U);
    EXPECT_EQ(server.count_at_node(Opcode::query, 1), 4U);
    EXPECT_EQ(server.count_at_node(Opcode::query, 0), 0U);
    EXPECT_EQ(server.malformed(), 0U);
}

TEST_P(Modes, PreparedStatementsHaveTheTablesMetadata) {
    Server server({.tables = {users()}});
    Client client(server.address(), server.port(), GetParam().version, GetParam().compression);
    connect(client);
    const PreparedResult insert = client.prepare("INSERT INTO ks.users (name, id) VALUES (?, ?) USING TTL ?");
    ASSERT_EQ(insert.parameters.size(), 3U);
    EXPECT_EQ(insert.parameters[0].type, DataType(TypeId::text));
    EXPECT_EQ(insert.routing_key, (std::vector<std::uint16_t>{1}));
    EXPECT_EQ(insert.columns, nullptr);
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.execute(insert).response.message));

    const PreparedResult select = client.prepare("SELECT name FROM ks.users WHERE id = ?");
    ASSERT_TRUE(select.columns);
    EXPECT_EQ(select.columns->at(0).name, "name");
    const auto received = client.execute(select, {.skip_metadata = true});
    const auto& rows = std::get<RowsResult>(received.response.message);
    EXPECT_EQ(rows.columns, nullptr);
    EXPECT_EQ(rows.row_count, 3U);
    EXPECT_TRUE(parse_plain_rows(received.header, received.body, 1));
}

TEST_P(Modes, LargeAnswersArriveWhole) {
    Table table{
        .columns = {{"text", TypeId::text}}, .rows = {{value_of(std::string(400'000, 'x'))}}, .name = "big"};
    Server server({.tables = {table}});
    Client client(server.address(), server.port(), GetParam().version, GetParam().compression);
    connect(client);
    const auto received = client.query("SELECT * FROM ks.big");
    EXPECT_EQ(std::get<RowsResult>(received.response.message).rows.size(), 400'004U);
    const std::string insert = "INSERT INTO big (text) VALUES ('" + std::string(400'000, 'y') + "')";
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.query(insert).response.message));
    EXPECT_EQ(server.requests().back().query, insert);
}

TEST(StubServer, PagesFollowThePagingState) {
    Server server({.tables = {users()}});
    Client client(server.address(), server.port());
    connect(client);
    const PreparedResult select = client.prepare("SELECT * FROM users");
    const auto first = client.execute(select, {.page_size = 2});
    const auto& first_rows = std::get<RowsResult>(first.response.message);
    EXPECT_EQ(first_rows.row_count, 2U);
    ASSERT_FALSE(first_rows.paging_state.empty());
    const auto second = client.execute(select, {.page_size = 2, .paging_state = first_rows.paging_state});
    EXPECT_EQ(std::get<RowsResult>(second.response.message).row_count, 1U);
    EXPECT_TRUE(std::get<RowsResult>(second.response.message).paging_state.empty());
}

TEST(StubServer, UnknownIdsAreUnprepared) {
    Server server({.tables = {users()}});
    Client client(server.address(), server.port());
    connect(client);
    const PreparedResult select = client.prepare("SELECT * FROM users");
    server.forget_prepared();
    const auto received = client.execute(select);
    EXPECT_EQ(error_code_of(received), server_code::unprepared);
    const auto& failed = std::get<ErrorResponse>(received.response.message);
    EXPECT_EQ(std::get<UnpreparedDetail>(failed.detail).id, select.id);
    EXPECT_EQ(client.prepare("SELECT * FROM users").id, select.id);
    EXPECT_TRUE(std::holds_alternative<RowsResult>(client.execute(select).response.message));
}

TEST(StubServer, TheLastRuleThatMatchesApplies) {
    Server server({.nodes = 2});
    Client client(server.address(0), server.port());
    connect(client);
    Client other(server.address(1), server.port());
    connect(other);
    server.on(Opcode::query).reply(error(server_code::invalid, "all"));
    server.on(Opcode::query).matching("users").times(1).reply(error(server_code::overloaded, "once"));
    server.on(Opcode::query).at_node(1).reply(error(server_code::truncate_error, "node 1"));
    server.on(Opcode::prepare).on_connection(1).reply(error(server_code::syntax_error, "connection 1"));
    EXPECT_EQ(error_code_of(client.query("SELECT 1")), server_code::invalid);
    EXPECT_EQ(error_code_of(client.query("SELECT * FROM users")), server_code::overloaded);
    EXPECT_EQ(error_code_of(client.query("SELECT * FROM users")), server_code::invalid);
    EXPECT_EQ(error_code_of(other.query("SELECT * FROM users")), server_code::truncate_error);
    EXPECT_NO_THROW(client.prepare("SELECT 1"));
    EXPECT_ANY_THROW(other.prepare("SELECT 1"));
    server.remove_rules();
    EXPECT_TRUE(std::holds_alternative<RowsResult>(client.query("SELECT 1").response.message));
    EXPECT_EQ(server.count_on_connection(Opcode::query, 0), 4U);
    EXPECT_EQ(server.requests(Opcode::query).at(1).query, "SELECT * FROM users");
}

TEST(StubServer, ARuleMayCompute) {
    Server server;
    Client client(server.address(), server.port());
    connect(client);
    std::atomic<int> calls{0};
    server.on(Opcode::query).reply([&](const Request& request) {
        ++calls;
        return server.count(Opcode::query) < 2 ? error(server_code::invalid, request.query) : usual();
    });
    EXPECT_EQ(std::get<ErrorResponse>(client.query("one").response.message).message, "one");
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.query("two").response.message));
    EXPECT_EQ(calls, 2);
}

TEST(StubServer, ErrorsCarryTheirFieldsInEachVersion) {
    Server server;
    server.on(Opcode::query)
        .reply(error(server_code::write_timeout, "slow",
                     WriteTimeoutDetail{.consistency = Consistency::quorum,
                                        .received = 1,
                                        .block_for = 2,
                                        .write_type = WriteType::cas,
                                        .contentions = 3}));
    for (const ProtocolVersion version : {ProtocolVersion::v4, ProtocolVersion::v5}) {
        Client client(server.address(), server.port(), version);
        connect(client);
        const auto received = client.query("INSERT");
        const auto& detail =
            std::get<WriteTimeoutDetail>(std::get<ErrorResponse>(received.response.message).detail);
        EXPECT_EQ(detail.block_for, 2);
        EXPECT_EQ(detail.contentions.has_value(), version == ProtocolVersion::v5);
    }
}

TEST(StubServer, ADelayedAnswerLetsOthersPass) {
    Server server;
    Client client(server.address(), server.port());
    connect(client);
    server.on(Opcode::query).matching("slow").reply(usual().after(50ms));
    client.send_query("slow", 1);
    client.send_query("fast", 2);
    EXPECT_EQ(client.receive().header.stream, 2);
    EXPECT_EQ(client.receive().header.stream, 1);
}

TEST(StubServer, ADroppedRequestIsNeverAnswered) {
    Server server;
    Client client(server.address(), server.port());
    connect(client);
    server.on(Opcode::query).matching("lost").reply(drop());
    client.send_query("lost", 1);
    client.send_query("found", 2);
    EXPECT_EQ(client.receive().header.stream, 2);
    EXPECT_FALSE(client.has_bytes_within(20));
    EXPECT_EQ(server.count(Opcode::query), 2U);
}

TEST(StubServer, ClosesAndResets) {
    Server server;
    server.on(Opcode::query).matching("close").reply(close());
    server.on(Opcode::query).matching("reset").reply(reset());
    server.on(Opcode::query).matching("last").reply(usual().then_close());
    Client closed(server.address(), server.port());
    connect(closed);
    closed.send_query("close");
    EXPECT_EQ(end_of(closed), "end");
    Client cut_off(server.address(), server.port());
    connect(cut_off);
    cut_off.send_query("reset");
    EXPECT_EQ(end_of(cut_off), "reset");
    Client last(server.address(), server.port());
    connect(last);
    EXPECT_TRUE(std::holds_alternative<VoidResult>(last.query("last").response.message));
    EXPECT_EQ(end_of(last), "end");
}

TEST_P(Modes, SplitAnswersAreTheSameBytes) {
    Server server;
    Client client(server.address(), server.port(), GetParam().version, GetParam().compression);
    connect(client);
    server.on(Opcode::query).matching("split").reply(usual().split_at(3).split_at(11));
    server.on(Opcode::query).matching("bytes").reply(usual().byte_by_byte());
    const std::size_t before = client.reads();
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.query("split").response.message));
    EXPECT_GE(client.reads() - before, 2U);
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.query("bytes").response.message));
}

TEST(StubServer, DamagedAnswers) {
    Server server;
    const auto fresh = [&server](ProtocolVersion version) {
        auto client = std::make_unique<Client>(server.address(), server.port(), version);
        connect(*client);
        return client;
    };
    // The first bit of the payload, behind a header of six bytes; then one of the header.
    server.on(Opcode::query).matching("payload").reply(usual().flip_bit(48));
    server.on(Opcode::query).matching("header").reply(usual().flip_bit(17));
    server.on(Opcode::query).matching("cut").reply(usual().cut_at(5).then_close());
    server.on(Opcode::query).matching("version").reply(usual().in_version(3));
    server.on(Opcode::query).matching("stream").reply(usual().on_stream(77));
    server.on(Opcode::query).matching("twice").reply(usual().repeated(2));
    server.on(Opcode::query).matching("raw").reply(raw(Bytes(9, std::byte{0x41})));
    for (const auto& [text, end] : {std::pair("payload", "bad segment payload"),
                                    {"header", "bad segment header"},
                                    {"cut", "end"},
                                    {"raw", "bad segment header"}}) {
        auto client = fresh(ProtocolVersion::v5);
        client->send_query(text);
        EXPECT_EQ(end_of(*client), end) << text;
    }
    auto client = fresh(ProtocolVersion::v4);
    EXPECT_EQ(client->query("version").header.version, 3);
    EXPECT_EQ(client->query("stream", 5).header.stream, 77);
    EXPECT_EQ(client->query("twice", 6).header.stream, 6);
    EXPECT_EQ(client->receive().header.stream, 6);
}

TEST(StubServer, WarningsTracingAndPayloadReachTheClient) {
    Server server;
    Client client(server.address(), server.port(), ProtocolVersion::v5);
    connect(client);
    server.on(Opcode::query)
        .reply(usual().with_warning("careful").with_tracing_id(uuid(1, 2)).with_payload("k", Bytes(2)));
    const auto received = client.query("x");
    EXPECT_EQ(received.response.prefix.warnings, (std::vector<std::string>{"careful"}));
    EXPECT_EQ(received.response.prefix.tracing_id, uuid(1, 2));
    EXPECT_EQ(received.response.prefix.custom_payload.at(0).second, Bytes(2));
}

TEST(StubServer, AsksForAPassword) {
    Server server({.user = "cassandra", .password = "secret"});
    const auto answer = [&server](std::string_view password) {
        Client client(server.address(), server.port(), ProtocolVersion::v5);
        EXPECT_TRUE(std::holds_alternative<AuthenticateResponse>(connect(client).response.message));
        Bytes out;
        EXPECT_TRUE(
            append_auth_response(out, ProtocolVersion::v5, 1, sasl_plain_token("cassandra", password)));
        client.send(out);
        return client.receive();
    };
    EXPECT_TRUE(std::holds_alternative<AuthSuccessResponse>(answer("secret").response.message));
    EXPECT_EQ(error_code_of(answer("wrong")), server_code::bad_credentials);
}

TEST(StubServer, EventsGoToThoseWhoRegistered) {
    Server server;
    Client listener(server.address(), server.port());
    connect(listener);
    Client other(server.address(), server.port());
    connect(other);
    Bytes out;
    append_register(out, ProtocolVersion::v4, 1, {.topology_change = false, .schema_change = false});
    listener.send(out);
    listener.receive();
    server.push(topology_change("NEW_NODE", server.address(), 9042));
    server.push(status_change("DOWN", server.address(), 9042));
    const auto event = listener.receive();
    EXPECT_EQ(event.header.stream, event_stream);
    EXPECT_EQ(std::get<StatusChange>(std::get<EventResponse>(event.response.message).event).change,
              StatusChange::Change::down);
    EXPECT_FALSE(listener.has_bytes_within(10));
    EXPECT_FALSE(other.has_bytes_within(10));
}

TEST(StubServer, RefusesVersionsThatItDoesNotSpeak) {
    Server server({.versions = {ProtocolVersion::v4}});
    Client client(server.address(), server.port(), ProtocolVersion::v5);
    const auto received = client.startup();
    EXPECT_EQ(received.header.version, 4);
    EXPECT_EQ(error_code_of(received), server_code::protocol_error);
    EXPECT_NE(std::get<ErrorResponse>(received.response.message).message.find("unsupported protocol version"),
              std::string::npos);
    EXPECT_EQ(end_of(client), "end");
}

TEST(StubServer, NodesStopAndStart) {
    Server server({.nodes = 2});
    Client client(server.address(1), server.port());
    connect(client);
    server.stop_node(1);
    EXPECT_EQ(end_of(client), "reset");
    EXPECT_FALSE(Client(server.address(1), server.port()).connected());
    EXPECT_TRUE(Client(server.address(0), server.port()).connected());
    server.start_node(1);
    Client again(server.address(1), server.port());
    connect(again);
    EXPECT_TRUE(server.wait_until([&] { return server.accepted() == 3; }));
    EXPECT_EQ(server.accepted_at_node(1), 2U);
    EXPECT_TRUE(server.wait_until([&] { return server.open_connections() == 1; }));
    server.close_connections(1);
    EXPECT_EQ(end_of(again), "end");
}

TEST(StubServer, WaitUntilTellsWhenItsTimeIsOver) {
    Server server;
    EXPECT_FALSE(server.wait_until([&] { return server.accepted() == 1; }, 10ms));
    std::thread later([&] { Client client(server.address(), server.port()); });
    EXPECT_TRUE(server.wait_until([&] { return server.accepted() == 1; }));
    later.join();
}

TEST(StubServer, NoticesBytesThatAreNotTheProtocol) {
    Server server;
    Client client(server.address(), server.port());
    connect(client);
    // A QUERY whose text is said to be longer than the body.
    client.send_raw(Body().byte(4).byte(0).short_(1).byte(7).int_(5).int_(100).byte(65).view());
    EXPECT_EQ(error_code_of(client.receive()), server_code::protocol_error);
    EXPECT_EQ(server.malformed(), 1U);
}

TEST_P(Modes, FastAnswersAreTheSame) {
    Server server({.tables = {users()}, .record = false, .fast = true});
    Client client(server.address(), server.port(), GetParam().version, GetParam().compression);
    connect(client);
    const PreparedResult select = client.prepare("SELECT * FROM ks.users WHERE id = ?");
    const PreparedResult all = client.prepare("SELECT * FROM ks.users");
    const PreparedResult insert = client.prepare("INSERT INTO ks.users (id, name) VALUES (?, ?)");
    const auto with_metadata = client.execute(select);
    EXPECT_EQ(std::get<RowsResult>(with_metadata.response.message).columns->size(), 2U);
    const auto without = client.execute(select, {.skip_metadata = true}, 9);
    EXPECT_EQ(without.header.stream, 9);
    EXPECT_EQ(std::get<RowsResult>(without.response.message).row_count, 1U);
    EXPECT_TRUE(parse_plain_rows(without.header, without.body, 2));
    EXPECT_TRUE(std::holds_alternative<VoidResult>(client.execute(insert).response.message));
    EXPECT_EQ(std::get<RowsResult>(client.execute(all).response.message).row_count, 3U);
    EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace coodie::stub
