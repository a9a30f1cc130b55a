// SPDX-License-Identifier: Apache-2.0
// Each response from exact bytes; each truncation of it is an error, bytes behind it are ignored.
#include "native/protocol/responses/response.hpp"
#include "bytes_text.hpp"
#include "stub/body.hpp"

#include <gtest/gtest.h>

#include <string>

namespace coodie::native {
namespace {

using stub::Body;
using test::bytes_of;
using test::view_of;

EnvelopeHeader header_of(Opcode opcode, std::uint8_t version = 4, std::uint8_t flags = 0) {
    return {.version = version, .flags = flags, .opcode = opcode};
}

/// Lengths of cells are checked by whoever walks the rows: whether all cells are there.
bool has_all_cells(const RowsResult& rows) {
    RowReader reader(Result(nullptr, nullptr, rows.rows, rows.row_count));
    Cell cell;
    std::uint64_t cells = 0;
    while (reader.next(cell)) ++cells;
    return cells == std::uint64_t{rows.row_count} * rows.column_count;
}

void expect_truncated(const EnvelopeHeader& header, const Bytes& truncated) {
    const auto parsed = parse_response(header, truncated);
    if (const auto* const error = std::get_if<WireError>(&parsed)) {
        EXPECT_EQ(error->fault, WireFault::truncated) << "truncated to " << truncated.size();
        return;
    }
    const auto* const rows = std::get_if<RowsResult>(&std::get<Response>(parsed).message);
    EXPECT_TRUE(rows != nullptr && !has_all_cells(*rows)) << "truncated to " << truncated.size();
}

/// Parses the body, and the body with one byte more; checks that every truncation is an error.
Response parse(const EnvelopeHeader& header, const Bytes& body) {
    Bytes longer = body;
    longer.push_back(std::byte{0x55});
    EXPECT_TRUE(std::holds_alternative<Response>(parse_response(header, longer)));
    // Each is a copy, so that AddressSanitizer sees a read beyond its end.
    for (std::size_t size = 0; size < body.size(); ++size)
        expect_truncated(header, Bytes(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size)));
    auto parsed = parse_response(header, body);
    EXPECT_TRUE(std::holds_alternative<Response>(parsed));
    return std::get<Response>(std::move(parsed));
}

template <class Message>
Message parse_as(Opcode opcode, const Bytes& body, std::uint8_t version = 4) {
    return std::get<Message>(parse(header_of(opcode, version), body).message);
}

WireFault fault_of(Opcode opcode, const Bytes& body, std::uint8_t version = 4) {
    const auto parsed = parse_response(header_of(opcode, version), body);
    const auto* const error = std::get_if<WireError>(&parsed);
    return error != nullptr ? error->fault : WireFault::none;
}

TEST(Responses, ReadyAndAuthentication) {
    parse_as<ReadyResponse>(Opcode::ready, {});
    EXPECT_EQ(parse_as<AuthenticateResponse>(Opcode::authenticate, bytes_of("0003 'org'")).authenticator,
              "org");
    EXPECT_EQ(parse_as<AuthChallengeResponse>(Opcode::auth_challenge, bytes_of("00000002 'ab'")).token,
              bytes_of("'ab'"));
    EXPECT_EQ(parse_as<AuthChallengeResponse>(Opcode::auth_challenge, bytes_of("ffffffff")).token,
              std::nullopt);
    EXPECT_EQ(parse_as<AuthSuccessResponse>(Opcode::auth_success, bytes_of("ffffffff")).token, std::nullopt);
    EXPECT_EQ(parse_as<AuthSuccessResponse>(Opcode::auth_success, bytes_of("00000000")).token, Bytes());
}

TEST(Responses, Supported) {
    const auto supported = parse_as<SupportedResponse>(
        Opcode::supported,
        bytes_of("0002 0001 'A' 0002 0001 'x' 0002 'yz' 000b 'COMPRESSION' 0001 0003 'lz4'"));
    ASSERT_EQ(supported.options.size(), 2U);
    EXPECT_EQ(*supported.option("A"), (std::vector<std::string>{"x", "yz"}));
    EXPECT_TRUE(supported.offers("COMPRESSION", "lz4"));
    EXPECT_FALSE(supported.offers("COMPRESSION", "snappy"));
    EXPECT_FALSE(supported.offers("B", "x"));
    EXPECT_EQ(supported.option("B"), nullptr);
}

TEST(Responses, Events) {
    const auto status = parse_as<EventResponse>(
        Opcode::event, bytes_of("000d 'STATUS_CHANGE' 0004 'DOWN' 04 7f000001 00002352"));
    const auto& change = std::get<StatusChange>(status.event);
    EXPECT_EQ(change.change, StatusChange::Change::down);
    EXPECT_EQ(change.node, (Endpoint{inet::v4(127, 0, 0, 1), 9042}));

    const auto topology = parse_as<EventResponse>(
        Opcode::event,
        bytes_of("000f 'TOPOLOGY_CHANGE' 0008 'NEW_NODE' 10 20010db8000000000000000000000001 00002352"));
    EXPECT_EQ(std::get<TopologyChange>(topology.event).change, TopologyChange::Change::new_node);
    EXPECT_EQ(std::get<TopologyChange>(topology.event).node.address.to_string(), "2001:db8::1");

    const auto schema = parse_as<EventResponse>(
        Opcode::event, bytes_of("000d 'SCHEMA_CHANGE' 0007 'UPDATED' 0005 'TABLE' 0002 'ks' 0001 't'"));
    EXPECT_EQ(std::get<SchemaChange>(schema.event).target, SchemaChange::Target::table);

    const auto unknown = parse_as<EventResponse>(Opcode::event, bytes_of("0005 'OTHER'"));
    EXPECT_EQ(std::get<UnknownEvent>(unknown.event).type, "OTHER");
}

TEST(Responses, EventsWithImpossibleAddresses) {
    EXPECT_EQ(fault_of(Opcode::event, bytes_of("000d 'STATUS_CHANGE' 0002 'UP' 05 7f00000101 00002352")),
              WireFault::malformed);
    EXPECT_EQ(fault_of(Opcode::event, bytes_of("000d 'STATUS_CHANGE' 0002 'UP' 04 7f000001 00010000")),
              WireFault::malformed);
    EXPECT_EQ(fault_of(Opcode::event, bytes_of("000d 'STATUS_CHANGE' 0002 'UP' 04 7f000001 ffffffff")),
              WireFault::malformed);
}

TEST(Responses, SchemaChanges) {
    const auto of = [](std::string_view text) {
        return parse_as<SchemaChange>(Opcode::result, bytes_of("00000005" + std::string(text)));
    };
    const SchemaChange keyspace = of("0007 'CREATED' 0008 'KEYSPACE' 0002 'ks'");
    EXPECT_EQ(keyspace.change, SchemaChange::Change::created);
    EXPECT_EQ(keyspace.target, SchemaChange::Target::keyspace);
    EXPECT_EQ(keyspace.keyspace, "ks");
    const SchemaChange type = of("0007 'DROPPED' 0004 'TYPE' 0002 'ks' 0001 't'");
    EXPECT_EQ(type.change, SchemaChange::Change::dropped);
    EXPECT_EQ(type.name, "t");
    const SchemaChange function =
        of("0007 'UPDATED' 0008 'FUNCTION' 0002 'ks' 0001 'f' 0002 0003 'int' 0004 'text'");
    EXPECT_EQ(function.target, SchemaChange::Target::function);
    EXPECT_EQ(function.argument_types, (std::vector<std::string>{"int", "text"}));
    EXPECT_EQ(of("0007 'UPDATED' 0009 'AGGREGATE' 0002 'ks' 0001 'f' 0000").target,
              SchemaChange::Target::aggregate);
    EXPECT_EQ(of("0003 'NEW' 0004 'ROLE'").target, SchemaChange::Target::unknown);
}

TEST(Responses, VoidAndSetKeyspace) {
    parse_as<VoidResult>(Opcode::result, bytes_of("00000001"));
    EXPECT_EQ(parse_as<SetKeyspaceResult>(Opcode::result, bytes_of("00000003 0002 'ks'")).keyspace, "ks");
    EXPECT_TRUE(is_plain_void(header_of(Opcode::result), bytes_of("00000001")));
    EXPECT_TRUE(is_plain_void(header_of(Opcode::result), bytes_of("00000001 99")));
    EXPECT_FALSE(is_plain_void(header_of(Opcode::result), bytes_of("000000")));
    EXPECT_FALSE(is_plain_void(header_of(Opcode::result), bytes_of("00000002")));
    EXPECT_FALSE(is_plain_void(header_of(Opcode::error), bytes_of("00000001")));
    EXPECT_FALSE(is_plain_void(header_of(Opcode::result, 4, envelope_flag::warning), bytes_of("00000001")));
}

TEST(Responses, RowsWithMetadata) {
    // Global table; a (int), b (list<text>); two rows.
    const Bytes body = bytes_of(
        "00000002 00000001 00000002 0002 'ks' 0001 't' 0001 'a' 0009 0001 'b' 0020 000d"
        "00000002 00000004 00000007 ffffffff 00000004 00000008 00000000");
    const auto rows = parse_as<RowsResult>(Opcode::result, body);
    ASSERT_TRUE(rows.columns);
    EXPECT_EQ(rows.column_count, 2U);
    EXPECT_EQ(rows.row_count, 2U);
    EXPECT_TRUE(rows.paging_state.empty());
    const ColumnSpecs& columns = *rows.columns;
    EXPECT_EQ(columns[0].keyspace, "ks");
    EXPECT_EQ(columns[1].table, "t");
    EXPECT_EQ(columns[1].name, "b");
    EXPECT_EQ(columns[0].type, DataType(TypeId::int_));
    EXPECT_EQ(columns[1].type, DataType::list(TypeId::text));
}

TEST(Responses, RowsWithATableForEachColumnAndAPagingState) {
    const Bytes body = bytes_of(
        "00000002 00000002 00000001 00000003 'abc' 0001 'k' 0001 't' 0001 'c' 000d 00000001"
        "00000001 'v'");
    const auto rows = parse_as<RowsResult>(Opcode::result, body);
    EXPECT_EQ((*rows.columns)[0].keyspace, "k");
    EXPECT_EQ(Bytes(rows.paging_state.begin(), rows.paging_state.end()), bytes_of("'abc'"));
    EXPECT_EQ(Bytes(rows.rows.begin(), rows.rows.end()), bytes_of("00000001 'v'"));
    EXPECT_TRUE(has_all_cells(rows));
}

TEST(Responses, RowsWithChangedMetadata) {
    const Bytes body =
        bytes_of("00000002 00000009 00000001 0002 'ID' 0001 'k' 0001 't' 0001 'c' 000d 00000000");
    const auto rows = parse_as<RowsResult>(Opcode::result, body, 5);
    const auto parsed = parse_response(header_of(Opcode::result, 5), body);
    const BytesView id = std::get<RowsResult>(std::get<Response>(parsed).message).new_metadata_id;
    EXPECT_EQ(Bytes(id.begin(), id.end()), bytes_of("'ID'"));
    EXPECT_EQ(rows.columns->size(), 1U);
    EXPECT_EQ(rows.row_count, 0U);
}

TEST(Responses, PlainRowsAreReadWithoutMetadata) {
    const Bytes body = bytes_of("00000002 00000006 00000002 00000001 'p' 00000001 00000001 'v' ffffffff");
    const auto rows = parse_plain_rows(header_of(Opcode::result), body, 2);
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->row_count, 1U);
    EXPECT_EQ(rows->paging_state.size(), 1U);
    EXPECT_EQ(rows->rows.size(), 9U);
    EXPECT_TRUE(parse_plain_rows(header_of(Opcode::result, 5), body, 2));

    EXPECT_FALSE(parse_plain_rows(header_of(Opcode::result), body, 3)) << "another number of columns";
    EXPECT_FALSE(parse_plain_rows(header_of(Opcode::error), body, 2));
    for (const std::uint8_t flag :
         {envelope_flag::tracing, envelope_flag::warning, envelope_flag::custom_payload})
        EXPECT_FALSE(parse_plain_rows(header_of(Opcode::result, 4, flag), body, 2));
    for (std::size_t size = 0; size < body.size() - 1; ++size) {
        const Bytes truncated(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size));
        const auto read = parse_plain_rows(header_of(Opcode::result), truncated, 2);
        EXPECT_EQ(read.has_value(), size >= body.size() - 1) << size;
    }
    EXPECT_FALSE(parse_plain_rows(header_of(Opcode::result), bytes_of("00000002 00000001 00000002"), 2));
    EXPECT_FALSE(parse_plain_rows(header_of(Opcode::result), bytes_of("00000001"), 2));
}

TEST(Responses, RowCountsThatLieAreRefused) {
    const auto rows = [](std::string_view rest) {
        return fault_of(Opcode::result, bytes_of("00000002 00000004" + std::string(rest)));
    };
    EXPECT_EQ(rows("00000001 00000001 ffffffff"), WireFault::none);
    EXPECT_EQ(rows("00000001 ffffffff"), WireFault::negative_count);
    EXPECT_EQ(rows("ffffffff 00000000"), WireFault::negative_count);
    EXPECT_EQ(rows("00000001 7fffffff ffffffff"), WireFault::truncated);
    EXPECT_EQ(rows("0000ffff 7fffffff ffffffff"), WireFault::truncated);
    EXPECT_EQ(rows("00010000 00000000"), WireFault::too_large);
    EXPECT_EQ(rows("7fffffff 00000000"), WireFault::too_large);
    EXPECT_EQ(rows("00000000 7fffffff"), WireFault::malformed) << "rows without columns take no bytes";
    // The same on the hot path.
    const auto plain = [](std::string_view rest, std::uint32_t columns) {
        return parse_plain_rows(header_of(Opcode::result), bytes_of("00000002 00000004" + std::string(rest)),
                                columns)
            .has_value();
    };
    EXPECT_TRUE(plain("00000001 00000001 ffffffff", 1));
    EXPECT_FALSE(plain("00000001 ffffffff", 1));
    EXPECT_FALSE(plain("00000001 7fffffff ffffffff", 1));
    EXPECT_FALSE(plain("00000000 7fffffff", 0));
}

TEST(Responses, ColumnCountsThatLieAreRefusedBeforeAllocation) {
    EXPECT_EQ(
        fault_of(Opcode::result, bytes_of("00000002 00000001 0000ffff 0001 'k' 0001 't' 0001 'c' 000d")),
        WireFault::truncated);
    // 65535 columns with a keyspace of 60000 bytes, sent once: 4 GB if they were copied.
    Body body;
    body.int_(2).int_(1).int_(65535).string(std::string(60000, 'k')).string("t");
    for (int i = 0; i < 65535; ++i) body.string("").short_(9);
    body.int_(0);
    EXPECT_EQ(fault_of(Opcode::result, body.view()), WireFault::too_large);
}

TEST(Responses, PreparedInBothVersions) {
    const std::string parameters =
        "00000001 00000002 00000001 0001 0002 'ks' 0001 't' 0001 'a' 0009 0001 'b' 000d";
    const std::string columns = "00000001 00000001 0002 'ks' 0001 't' 0001 'c' 000c";
    const auto in_v4 =
        parse_as<PreparedResult>(Opcode::result, bytes_of("00000004 0002 'ID'" + parameters + columns));
    EXPECT_EQ(in_v4.id, bytes_of("'ID'"));
    EXPECT_TRUE(in_v4.result_metadata_id.empty());
    EXPECT_EQ(in_v4.routing_key, (std::vector<std::uint16_t>{1}));
    ASSERT_EQ(in_v4.parameters.size(), 2U);
    EXPECT_EQ(in_v4.parameters[1].name, "b");
    ASSERT_TRUE(in_v4.columns);
    EXPECT_EQ(in_v4.columns->front().type, DataType(TypeId::uuid));

    const auto in_v5 = parse_as<PreparedResult>(
        Opcode::result, bytes_of("00000004 0002 'ID' 0003 'RID'" + parameters + columns), 5);
    EXPECT_EQ(in_v5.result_metadata_id, bytes_of("'RID'"));
    EXPECT_EQ(in_v5.parameters.size(), 2U);
}

TEST(Responses, PreparedWithoutParametersAndRows) {
    const auto prepared = parse_as<PreparedResult>(
        Opcode::result, bytes_of("00000004 0001 'I' 00000000 00000000 00000000 00000004 00000000"));
    EXPECT_TRUE(prepared.parameters.empty());
    EXPECT_TRUE(prepared.routing_key.empty());
    EXPECT_EQ(prepared.columns, nullptr);
}

TEST(Responses, PreparedThatLiesIsRefused) {
    const auto prepared = [](std::string_view rest) {
        return fault_of(Opcode::result, bytes_of("00000004" + std::string(rest)));
    };
    EXPECT_EQ(prepared("0000 00000000 00000000 00000000 00000004 00000000"), WireFault::malformed) << "no id";
    EXPECT_EQ(
        prepared(
            "0001 'I' 00000001 00000001 00000001 0001 0001 'k' 0001 't' 0001 'c' 0009 00000004 00000000"),
        WireFault::malformed)
        << "a routing key beyond the parameters";
    EXPECT_EQ(prepared("0001 'I' 00000000 00000000 ffffffff"), WireFault::negative_count);
    EXPECT_EQ(prepared("0001 'I' 00000000 00000000 7fffffff 0000"), WireFault::truncated);
    EXPECT_EQ(prepared("0001 'I' 00000000 ffffffff 00000000"), WireFault::negative_count);
}

TEST(Responses, ThePrefixComesInItsOrder) {
    const Bytes body = bytes_of(
        "00112233445566778899aabbccddeeff 0002 0002 'w1' 0002 'w2'"
        "0002 0001 'a' 00000001 'x' 0001 'b' ffffffff 00000001");
    const Response response =
        parse(header_of(Opcode::result, 4,
                        envelope_flag::tracing | envelope_flag::warning | envelope_flag::custom_payload),
              body);
    EXPECT_EQ(response.prefix.tracing_id->to_string(), "00112233-4455-6677-8899-aabbccddeeff");
    EXPECT_EQ(response.prefix.warnings, (std::vector<std::string>{"w1", "w2"}));
    ASSERT_EQ(response.prefix.custom_payload.size(), 2U);
    EXPECT_EQ(response.prefix.custom_payload[0].second, bytes_of("'x'"));
    EXPECT_EQ(response.prefix.custom_payload[1].second, std::nullopt);
    EXPECT_TRUE(std::holds_alternative<VoidResult>(response.message));
}

TEST(Responses, UnknownOpcodesAndKindsAreRefused) {
    for (const Opcode opcode :
         {Opcode::startup, Opcode::options, Opcode::query, Opcode::prepare, Opcode::execute,
          Opcode::register_, Opcode::batch, Opcode::auth_response, Opcode{0x04}, Opcode{0x11}, Opcode{0xFF}})
        EXPECT_EQ(fault_of(opcode, bytes_of("00000001 00000001")), WireFault::unknown_opcode);
    for (const std::string_view kind : {"00000000", "00000006", "ffffffff"})
        EXPECT_EQ(fault_of(Opcode::result, bytes_of(kind)), WireFault::unknown_kind);
    const auto parsed = parse_response(header_of(Opcode::result), bytes_of("00000002 00"));
    EXPECT_EQ(std::get<WireError>(parsed).where, "RESULT Rows");
}

}  // namespace
}  // namespace coodie::native
