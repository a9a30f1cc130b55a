// SPDX-License-Identifier: Apache-2.0
// Each error code with its fields (v4 and v5 specifications, section 9), each truncation of it, and its
// words.
#include "bytes_text.hpp"
#include "native/protocol/responses/response.hpp"

#include <gtest/gtest.h>

#include <string>

namespace coodie::native {
namespace {

using test::bytes_of;

ErrorResponse parse_error(const std::string& text, std::uint8_t version = 4) {
    const EnvelopeHeader header{.version = version, .opcode = Opcode::error};
    const Bytes body = bytes_of(text);
    for (std::size_t size = 0; size < body.size(); ++size) {
        const Bytes truncated(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_TRUE(std::holds_alternative<WireError>(parse_response(header, truncated))) << size;
    }
    Bytes longer = body;
    longer.push_back(std::byte{1});
    EXPECT_TRUE(std::holds_alternative<Response>(parse_response(header, longer)));
    const auto parsed = parse_response(header, body);
    return std::get<ErrorResponse>(std::get<Response>(parsed).message);
}

template <class Detail>
Detail detail_of(const std::string& text, std::uint8_t version = 4) {
    return std::get<Detail>(parse_error(text, version).detail);
}

std::string words(const std::string& text, std::uint8_t version = 4) {
    return to_error(parse_error(text, version), "n1:9042").message();
}

TEST(ErrorResponses, CodesWithoutFields) {
    for (const std::int32_t code :
         {server_code::server_error, server_code::protocol_error, server_code::bad_credentials,
          server_code::overloaded, server_code::is_bootstrapping, server_code::truncate_error,
          server_code::cdc_write_failure, server_code::syntax_error, server_code::unauthorized,
          server_code::invalid, server_code::config_error, 0x4321}) {
        std::string text = "0000";
        text += "0123456789abcdef"[code >> 12 & 15];
        text += "0123456789abcdef"[code >> 8 & 15];
        text += "0123456789abcdef"[code >> 4 & 15];
        text += "0123456789abcdef"[code & 15];
        const ErrorResponse response = parse_error(text + " 0003 'why'");
        EXPECT_EQ(response.code, code);
        EXPECT_EQ(response.message, "why");
        EXPECT_TRUE(std::holds_alternative<std::monostate>(response.detail));
        const Error error = to_error(response, "n1:9042");
        EXPECT_EQ(error.kind(), ErrorKind::server);
        EXPECT_EQ(error.code(), code);
    }
    EXPECT_EQ(words("00002000 0003 'why'"), "n1:9042: syntax error: why");
    EXPECT_EQ(words("00004321 0003 'why'"), "n1:9042: error 0x4321: why");
    EXPECT_EQ(to_error(parse_error("00000000 0003 'why'"), "").message(), "server error: why");
    EXPECT_EQ(words("ffffffff 0000"), "n1:9042: error 0xFFFFFFFF");
}

TEST(ErrorResponses, Unavailable) {
    const std::string text = "00001000 0001 'm' 0004 00000002 00000001";
    const auto detail = detail_of<UnavailableDetail>(text);
    EXPECT_EQ(detail.consistency, Consistency::quorum);
    EXPECT_EQ(detail.required, 2);
    EXPECT_EQ(detail.alive, 1);
    EXPECT_EQ(words(text), "n1:9042: unavailable: 1 of 2 replicas needed at QUORUM are alive: m");
}

TEST(ErrorResponses, WriteTimeout) {
    const std::string text = "00001100 0001 'm' 0004 00000001 00000002 0006 'SIMPLE'";
    const auto detail = detail_of<WriteTimeoutDetail>(text);
    EXPECT_EQ(detail.received, 1);
    EXPECT_EQ(detail.block_for, 2);
    EXPECT_EQ(detail.write_type, WriteType::simple);
    EXPECT_EQ(detail.contentions, std::nullopt);
    EXPECT_EQ(words(text),
              "n1:9042: write timeout: 1 of 2 replicas answered at QUORUM, write type SIMPLE: m");
    EXPECT_EQ(detail_of<WriteTimeoutDetail>(text, 5).contentions, std::nullopt);
}

TEST(ErrorResponses, WriteTimeoutsOfConditionalWritesCountContentionsInV5) {
    EXPECT_EQ(detail_of<WriteTimeoutDetail>("00001100 0000 0008 00000001 00000002 0003 'CAS'").contentions,
              std::nullopt);
    const std::string text = "00001100 0000 0008 00000001 00000002 0003 'CAS' 0007";
    EXPECT_EQ(detail_of<WriteTimeoutDetail>(text, 5).contentions, 7);
    EXPECT_EQ(words(text, 5),
              "n1:9042: write timeout: 1 of 2 replicas answered at SERIAL, write type CAS, 7 contentions");
}

TEST(ErrorResponses, EveryWriteType) {
    using enum WriteType;
    const auto of = [](const std::string& name) {
        std::string text = "00001100 0000 0001 00000001 00000002 00";
        text += "0123456789abcdef"[name.size() / 16];
        text += "0123456789abcdef"[name.size() % 16];
        return detail_of<WriteTimeoutDetail>(text + " '" + name + "'").write_type;
    };
    EXPECT_EQ(of("BATCH"), batch);
    EXPECT_EQ(of("UNLOGGED_BATCH"), unlogged_batch);
    EXPECT_EQ(of("COUNTER"), counter);
    EXPECT_EQ(of("BATCH_LOG"), batch_log);
    EXPECT_EQ(of("VIEW"), view);
    EXPECT_EQ(of("CDC"), cdc);
    EXPECT_EQ(of("SOMETHING_NEW"), unknown);
    EXPECT_EQ(to_string(batch_log), "BATCH_LOG");
    EXPECT_EQ(to_string(unknown), "UNKNOWN");
}

TEST(ErrorResponses, ReadTimeout) {
    const std::string text = "00001200 0001 'm' 0001 00000001 00000001";
    EXPECT_FALSE(detail_of<ReadTimeoutDetail>(text + "00").data_present);
    EXPECT_TRUE(detail_of<ReadTimeoutDetail>(text + "01").data_present);
    EXPECT_EQ(words(text + "00"), "n1:9042: read timeout: 1 of 1 replicas answered at ONE, no data: m");
}

TEST(ErrorResponses, FailuresHaveANumberInV4AndReasonsInV5) {
    const auto in_v4 = detail_of<ReadFailureDetail>("00001300 0000 0004 00000001 00000002 00000003 01");
    EXPECT_EQ(in_v4.failures, 3);
    EXPECT_TRUE(in_v4.reasons.empty());
    EXPECT_TRUE(in_v4.data_present);
    const std::string text =
        "00001300 0001 'm' 0004 00000000 00000002 00000002 04 0a000001 0001 04 0a000002 0000 00";
    const auto in_v5 = detail_of<ReadFailureDetail>(text, 5);
    EXPECT_EQ(in_v5.failures, 2);
    ASSERT_EQ(in_v5.reasons.size(), 2U);
    EXPECT_EQ(in_v5.reasons[0].replica, inet::v4(10, 0, 0, 1));
    EXPECT_EQ(in_v5.reasons[0].code, 1);
    EXPECT_EQ(
        words(text, 5),
        "n1:9042: read failure: 0 of 2 replicas answered at QUORUM, 2 failed (10.0.0.1: reason 1, 10.0.0.2: "
        "reason 0), no data: m");

    const auto write =
        detail_of<WriteFailureDetail>("00001500 0000 0004 00000001 00000002 00000001 0005 'BATCH'");
    EXPECT_EQ(write.write_type, WriteType::batch);
    const auto write_v5 = detail_of<WriteFailureDetail>(
        "00001500 0000 0004 00000001 00000002 00000001 10 20010db8000000000000000000000001 0002 0003 'CAS'",
        5);
    EXPECT_EQ(write_v5.reasons.at(0).code, 2);
    EXPECT_EQ(write_v5.write_type, WriteType::cas);
}

TEST(ErrorResponses, TheOthersWithFields) {
    const std::string function = "00001400 0001 'm' 0002 'ks' 0001 'f' 0002 0003 'int' 0004 'text'";
    EXPECT_EQ(detail_of<FunctionFailureDetail>(function).argument_types.size(), 2U);
    EXPECT_EQ(words(function), "n1:9042: function failure: ks.f(int, text): m");
    const std::string cas = "00001700 0001 'm' 0008 00000001 00000002";
    EXPECT_EQ(detail_of<CasWriteUnknownDetail>(cas, 5).received, 1);
    EXPECT_EQ(words(cas, 5),
              "n1:9042: conditional write with unknown outcome: 1 of 2 replicas answered at SERIAL: m");
    EXPECT_EQ(words("00002400 0001 'm' 0002 'ks' 0001 't'"), "n1:9042: already exists: table ks.t: m");
    EXPECT_EQ(words("00002400 0001 'm' 0002 'ks' 0000"), "n1:9042: already exists: keyspace ks: m");
    EXPECT_EQ(detail_of<UnpreparedDetail>("00002500 0001 'm' 0002 'ID'").id, bytes_of("'ID'"));
}

TEST(ErrorResponses, LyingCountsAreRefused) {
    const EnvelopeHeader header{.version = 5, .opcode = Opcode::error};
    for (const std::string_view count : {"ffffffff", "7fffffff", "00000002"}) {
        const Bytes body =
            bytes_of("00001300 0000 0004 00000001 00000002" + std::string(count) + "04 0a000001 0001");
        EXPECT_TRUE(std::holds_alternative<WireError>(parse_response(header, body))) << count;
    }
}

}  // namespace
}  // namespace coodie::native
