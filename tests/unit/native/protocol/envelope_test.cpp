// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/envelope.hpp"
#include "bytes_text.hpp"
#include "versions.hpp"

#include <gtest/gtest.h>

namespace coodie::native {
namespace {

using test::bytes_of;
using test::v4;
using test::v5;

WireFault fault_of(const Parsed<EnvelopeHeader>& parsed) {
    const auto* const error = std::get_if<WireError>(&parsed);
    return error != nullptr ? error->fault : WireFault::none;
}

TEST(EnvelopeHeader, ReadsItsFields) {
    const Bytes bytes = bytes_of("84 0a ffff 0c 00001234 99");
    const auto parsed = parse_header(bytes, v4);
    ASSERT_EQ(fault_of(parsed), WireFault::none);
    const auto& header = std::get<EnvelopeHeader>(parsed);
    EXPECT_EQ(header.version, 4);
    EXPECT_EQ(header.flags, envelope_flag::tracing | envelope_flag::warning);
    EXPECT_EQ(header.stream, event_stream);
    EXPECT_EQ(header.opcode, Opcode::event);
    EXPECT_EQ(header.body_size, 0x1234U);
}

TEST(EnvelopeHeader, EveryTruncationIsAnError) {
    const Bytes bytes = bytes_of("85 00 0000 08 00000004");
    EXPECT_EQ(fault_of(parse_header(bytes, v5)), WireFault::none);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_EQ(fault_of(parse_header(BytesView(bytes).first(size), v5)), WireFault::truncated) << size;
}

TEST(EnvelopeHeader, RequestsAndOtherVersionsAreRefused) {
    EXPECT_EQ(fault_of(parse_header(bytes_of("04 00 0000 08 00000004"), v4)), WireFault::not_a_response);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 00000004"), v5)), WireFault::wrong_version);
    EXPECT_EQ(fault_of(parse_header(bytes_of("83 00 0000 08 00000004"), v4)), WireFault::wrong_version);
    // An HTTP server.
    EXPECT_EQ(fault_of(parse_header(bytes_of("'HTTP/1.1 400 Bad Request'"), v4)), WireFault::not_a_response);
}

TEST(EnvelopeHeader, LengthsAboveTheLimitAndNegativeOnesAreRefused) {
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 ffffffff"), v4)), WireFault::negative_count);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 80000000"), v4)), WireFault::negative_count);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 7fffffff"), v4)), WireFault::too_large);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 10000001"), v4)), WireFault::too_large);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 10000000"), v4)), WireFault::none);
    EXPECT_EQ(fault_of(parse_header(bytes_of("84 00 0000 08 00000011"), v4, 16)), WireFault::too_large);
}

TEST(EnvelopeHeader, AHandshakeIsAnsweredInAnyVersionFromThree) {
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("83 00 0000 00 00000004"))), WireFault::none);
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("85 00 0000 00 00000004"))), WireFault::none);
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("82 00 0000 00 00000004"))), WireFault::wrong_version);
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("05 00 0000 00 00000004"))),
              WireFault::not_a_response);
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("84 00 0000 00"))), WireFault::truncated);
    EXPECT_EQ(fault_of(parse_handshake_header(bytes_of("84 00 0000 00 00000011"), 16)), WireFault::too_large);
}

TEST(WireErrors, SayWhereAndWhatToCheck) {
    const Error error = to_error(WireError{WireFault::not_a_response, "header of a message"}, "127.0.0.1:80");
    EXPECT_EQ(error.kind(), ErrorKind::connection);
    EXPECT_NE(error.message().find("127.0.0.1:80"), std::string::npos);
    EXPECT_NE(error.message().find("header of a message"), std::string::npos);
    EXPECT_NE(error.message().find("9042"), std::string::npos);
}

}  // namespace
}  // namespace coodie::native
