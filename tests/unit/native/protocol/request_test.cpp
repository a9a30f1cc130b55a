// SPDX-License-Identifier: Apache-2.0
// Each request, byte by byte, as the specifications of v4 and v5 have it.
#include "native/protocol/requests/request.hpp"
#include "bytes_text.hpp"
#include "versions.hpp"

#include "native/protocol/envelope.hpp"

#include <coodie/driver/statement.hpp>

#include <gtest/gtest.h>

#include <array>

namespace coodie::native {
namespace {

using test::bytes_of;
using test::hex;
using test::v4;
using test::v5;
using test::view_of;

/// Compared as text, so that a failure shows which byte it is.
void expect_bytes(const Bytes& actual, std::string_view expected) {
    EXPECT_EQ(hex(actual), hex(bytes_of(expected)));
}

TEST(Startup, ListsItsOptions) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> options{
        {{"CQL_VERSION", "3.0.0"}, {"COMPRESSION", "lz4"}}};
    Bytes out;
    ASSERT_TRUE(append_startup(out, v4, 1, {options}));
    expect_bytes(out,
                 "04 00 0001 01 00000028 0002 000b 'CQL_VERSION' 0005 '3.0.0' 000b 'COMPRESSION' 0003 'lz4'");
}

TEST(Options, HasNoBody) {
    Bytes out;
    append_options(out, v5, 0x7FFF);
    expect_bytes(out, "05 00 7fff 05 00000000");
}

TEST(Register, ListsTheEventTypes) {
    Bytes out;
    append_register(out, v4, 2, {});
    expect_bytes(
        out, "04 00 0002 0b 00000031 0003 000f 'TOPOLOGY_CHANGE' 000d 'STATUS_CHANGE' 000d 'SCHEMA_CHANGE'");
    out.clear();
    append_register(out, v5, 2, {.topology_change = false, .schema_change = false});
    expect_bytes(out, "05 00 0002 0b 00000011 0001 000d 'STATUS_CHANGE'");
}

TEST(AuthResponse, CarriesTheToken) {
    Bytes out;
    ASSERT_TRUE(append_auth_response(out, v4, 3, sasl_plain_token("cassandra", "secret")));
    expect_bytes(out, "04 00 0003 0f 00000015 00000011 00 'cassandra' 00 'secret'");
}

TEST(AuthResponse, NoTokenForNamesWithANulInThem) {
    EXPECT_TRUE(sasl_plain_token(std::string_view("a\0b", 3), "secret").empty());
    EXPECT_TRUE(sasl_plain_token("a", std::string_view("\0", 1)).empty());
}

TEST(Query, PlainInBothVersions) {
    const QueryRequest request{.query = "SELECT 1", .parameters = {.consistency = Consistency::one}};
    Bytes out;
    ASSERT_TRUE(append_query(out, v4, 4, request));
    expect_bytes(out, "04 00 0004 07 0000000f 00000008 'SELECT 1' 0001 00");
    out.clear();
    ASSERT_TRUE(append_query(out, v5, 4, request));
    expect_bytes(out, "05 00 0004 07 00000012 00000008 'SELECT 1' 0001 00000000");
}

TEST(Query, EveryParameterInItsOrder) {
    BoundValues values;
    values.add(view_of("x"));
    values.add_null();
    values.add_unset();
    const QueryRequest request{.query = "q",
                               .parameters = {.values = values.bytes(),
                                              .value_count = values.count(),
                                              .consistency = Consistency::quorum,
                                              .serial_consistency = Consistency::local_serial,
                                              .page_size = 5000,
                                              .paging_state = view_of("PS"),
                                              .timestamp = 0x0102030405060708,
                                              .keyspace = "ks",
                                              .skip_metadata = true},
                               .tracing = true};
    const std::string_view rest =
        " 0003 00000001 'x' ffffffff fffffffe 00001388 00000002 'PS' 0009 0102030405060708";
    Bytes out;
    ASSERT_TRUE(append_query(out, v4, 5, request));
    expect_bytes(out, "04 02 0005 07 0000002b 00000001 'q' 0004 3f" + std::string(rest));
    out.clear();
    ASSERT_TRUE(append_query(out, v5, 5, request));
    expect_bytes(out, "05 02 0005 07 00000032 00000001 'q' 0004 000000bf" + std::string(rest) + "0002 'ks'");
}

TEST(Prepare, InBothVersions) {
    const PrepareRequest request{.query = "SELECT 1", .keyspace = "ks"};
    Bytes out;
    ASSERT_TRUE(append_prepare(out, v4, 6, request));
    expect_bytes(out, "04 00 0006 09 0000000c 00000008 'SELECT 1'");
    out.clear();
    ASSERT_TRUE(append_prepare(out, v5, 6, request));
    expect_bytes(out, "05 00 0006 09 00000014 00000008 'SELECT 1' 00000001 0002 'ks'");
    out.clear();
    ASSERT_TRUE(append_prepare(out, v5, 6, {.query = "SELECT 1"}));
    expect_bytes(out, "05 00 0006 09 00000010 00000008 'SELECT 1' 00000000");
}

TEST(Execute, SendsTheMetadataIdInV5Only) {
    BoundValues values;
    values.add(view_of("key"));
    const ExecuteRequest request{.id = view_of("ID"),
                                 .result_metadata_id = view_of("META"),
                                 .parameters = {.values = values.bytes(),
                                                .value_count = values.count(),
                                                .consistency = Consistency::local_one,
                                                .skip_metadata = true}};
    Bytes out;
    ASSERT_TRUE(append_execute(out, v4, 7, request));
    expect_bytes(out, "04 00 0007 0a 00000010 0002 'ID' 000a 03 0001 00000003 'key'");
    out.clear();
    ASSERT_TRUE(append_execute(out, v5, 7, request));
    expect_bytes(out, "05 00 0007 0a 00000019 0002 'ID' 0004 'META' 000a 00000003 0001 00000003 'key'");
}

TEST(Execute, PutsTheCustomPayloadFirst) {
    const std::array<std::pair<std::string_view, BytesView>, 1> payload{{{"name", view_of("value")}}};
    Bytes out;
    ASSERT_TRUE(append_execute(
        out, v4, 8,
        {.id = view_of("ID"), .parameters = {.consistency = Consistency::one}, .custom_payload = payload}));
    expect_bytes(out, "04 04 0008 0a 00000018 0001 0004 'name' 00000005 'value' 0002 'ID' 0001 00");
}

TEST(Execute, AppendsBehindWhatIsThere) {
    Bytes out = bytes_of("aa bb");
    ASSERT_TRUE(
        append_execute(out, v4, 9, {.id = view_of("I"), .parameters = {.consistency = Consistency::any}}));
    append_options(out, v4, 10);
    expect_bytes(out, "aa bb 04 00 0009 0a 00000006 0001 'I' 0000 00 04 00 000a 05 00000000");
    set_stream(out.data() + 2, 0x1234);
    expect_bytes(out, "aa bb 04 00 1234 0a 00000006 0001 'I' 0000 00 04 00 000a 05 00000000");
}

TEST(Batch, PreparedAndPlainStatements) {
    BoundValues values;
    values.add(view_of("v"));
    const std::array<BatchItem, 2> items{
        {{.id = view_of("ID"), .values = values.bytes(), .value_count = 1}, {.query = "DELETE"}}};
    const BatchRequest request{.type = BatchType::unlogged,
                               .items = items,
                               .consistency = Consistency::local_quorum,
                               .serial_consistency = Consistency::serial,
                               .timestamp = 1,
                               .keyspace = "ks"};
    const std::string items_text = "01 0002 01 0002 'ID' 0001 00000001 'v' 00 00000006 'DELETE' 0000 0006";
    Bytes out;
    ASSERT_TRUE(append_batch(out, v4, 11, request));
    expect_bytes(out, "04 00 000b 0d 00000029" + items_text + "30 0008 0000000000000001");
    out.clear();
    ASSERT_TRUE(append_batch(out, v5, 11, request));
    expect_bytes(out, "05 00 000b 0d 00000030" + items_text + "000000b0 0008 0000000000000001 0002 'ks'");
}

TEST(Requests, WhatDoesNotFitIsRefusedAndLeavesNothing) {
    Bytes out;
    const std::string long_name(65536, 'n');
    EXPECT_FALSE(append_execute(out, v5, 1, {.id = view_of(long_name)}));
    EXPECT_FALSE(append_execute(out, v5, 1, {.id = view_of("i"), .result_metadata_id = view_of(long_name)}));
    EXPECT_FALSE(append_query(out, v5, 1, {.query = "q", .parameters = {.keyspace = long_name}}));
    EXPECT_FALSE(append_prepare(out, v5, 1, {.query = "q", .keyspace = long_name}));
    const std::vector<BatchItem> many(65536, BatchItem{.query = "q"});
    EXPECT_FALSE(append_batch(out, v4, 1, {.items = many}));
    const std::array<BatchItem, 1> long_id{{{.id = view_of(long_name)}}};
    EXPECT_FALSE(append_batch(out, v4, 1, {.items = long_id}));
    const std::array<std::pair<std::string_view, std::string_view>, 1> option{{{"o", long_name}}};
    EXPECT_FALSE(append_startup(out, v4, 1, {option}));
    const std::array<std::pair<std::string_view, BytesView>, 1> payload{{{long_name, {}}}};
    EXPECT_FALSE(append_query(out, v4, 1, {.query = "q", .custom_payload = payload}));
    // A view that lies about its size: nothing may be read before the size was looked at.
    const BytesView huge(reinterpret_cast<const std::byte*>(long_name.data()),
                         std::size_t{max_body_size} + 1);
    EXPECT_FALSE(append_query(out, v4, 1, {.query = "q", .parameters = {.values = huge, .value_count = 1}}));
    EXPECT_FALSE(append_auth_response(out, v4, 1, huge));
    EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace coodie::native
