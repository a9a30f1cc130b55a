// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/frame_reader.hpp"
#include "native/protocol/big_endian.hpp"
#include "unit/native/fsm/frame_feed.hpp"
#include "unit/native/fsm/wire_maker.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace coodie::native::test {
namespace {

using Status = FrameReader::Status;

/// The fault that a reader ends with; nothing when it does not fail. `good` messages come before it.
std::optional<WireFault> fault_of(BytesView wire, std::optional<Dialect> dialect, std::size_t good = 0,
                                  std::uint32_t max_body = max_body_size) {
    FrameReader reader(max_body);
    if (dialect) reader.start(dialect->version, dialect->compression);
    Status status = Status::more;
    std::size_t messages = 0;
    feed(reader, wire, SIZE_MAX, [&] {
        Envelope envelope;
        while ((status = reader.next(envelope)) == Status::envelope) ++messages;
        EXPECT_EQ(envelope.owner, nullptr);
        return status == Status::more;
    });
    EXPECT_EQ(messages, good);
    if (status != Status::failed) return std::nullopt;
    // It stays so, whatever comes.
    Envelope envelope;
    EXPECT_FALSE(reader.space().empty());
    reader.received(reader.space().size());
    EXPECT_EQ(reader.next(envelope), Status::failed);
    EXPECT_FALSE(reader.space().empty());
    EXPECT_FALSE(reader.error().where.empty());
    return reader.error().fault;
}

Bytes with_size(Bytes envelope, std::uint32_t size) {
    store_big(envelope.data() + 5, size);
    return envelope;
}

TEST(FrameReaderFault, HeadersThatAreNoneInEveryDialect) {
    for (const Dialect dialect : dialects) {
        const auto version = static_cast<std::uint8_t>(dialect.version);
        const auto fault = [&](const Bytes& bad) {
            const Bytes good = response(version, Opcode::result, words(10, 1));
            Bytes wire;
            for (const Bytes& envelope : {good, bad})
                append(wire, version == 5 ? segment(envelope, true, dialect.compression) : envelope);
            return fault_of(wire, dialect, 1, 1'000);
        };
        Bytes request = response(version, Opcode::result, words(10, 1));
        request[0] &= std::byte{0x7F};
        EXPECT_EQ(fault(request), WireFault::not_a_response);
        EXPECT_EQ(fault(response(std::uint8_t(9 - version), Opcode::result, {})), WireFault::wrong_version);
        EXPECT_EQ(fault(with_size(response(version, Opcode::result, {}), 1'001)), WireFault::too_large);
        EXPECT_EQ(fault(with_size(response(version, Opcode::result, {}), 0xFFFFFFFF)),
                  WireFault::negative_count);
        if (dialect.version == v5 || dialect.compression == none) {
            EXPECT_EQ(fault(compressed_response(version, Opcode::result, words(100, 1))),
                      WireFault::malformed);
        }
    }
}

TEST(FrameReaderFault, HandshakeOfAnOldOrForeignServer) {
    EXPECT_EQ(fault_of(response(std::uint8_t{1}, Opcode::error, words(10, 1)), {}), WireFault::wrong_version);
    EXPECT_EQ(fault_of(std::as_bytes(std::span("HTTP/1.1 400 Bad Request")), {}), WireFault::not_a_response);
    EXPECT_EQ(fault_of(compressed_response(5, Opcode::ready, words(10, 1)), {}), WireFault::malformed);
}

TEST(FrameReaderFault, CompressedBodies) {
    const Dialect dialect{v4, lz4};
    const Bytes good = compressed_response(4, Opcode::result, words(500, 1));
    const auto announcing = [&](std::uint32_t size) {
        Bytes bytes = good;
        store_big(bytes.data() + envelope_header_size, size);
        return bytes;
    };
    EXPECT_EQ(fault_of(announcing(499), dialect), WireFault::bad_compression);
    EXPECT_EQ(fault_of(announcing(501), dialect), WireFault::bad_compression);
    EXPECT_EQ(fault_of(announcing(0x7FFFFFFF), dialect), WireFault::too_large);
    EXPECT_EQ(fault_of(announcing(200U << 20), dialect), WireFault::bad_compression);  // a bomb
    EXPECT_EQ(fault_of(announcing(0x80000000), dialect), WireFault::negative_count);
    EXPECT_EQ(fault_of(good, dialect, 0, 499), WireFault::too_large);
    EXPECT_EQ(fault_of(response(v4, Opcode::result, words(3, 1), 0, envelope_flag::compression), dialect),
              WireFault::truncated);
    Bytes damaged = good;
    damaged.pop_back();
    damaged = with_size(damaged, static_cast<std::uint32_t>(damaged.size() - envelope_header_size));
    EXPECT_EQ(fault_of(damaged, dialect), WireFault::bad_compression);
}

class SegmentFault : public testing::TestWithParam<Compression> {};
INSTANTIATE_TEST_SUITE_P(All, SegmentFault, testing::Values(none, lz4));

TEST_P(SegmentFault, MessageThatEndsInsideASelfContainedSegment) {
    const Bytes envelope = response(v5, Opcode::result, words(200, 1));
    for (std::size_t size = 1; size < envelope.size(); ++size) {
        Bytes payload = envelope;  // a whole one, and a part of another
        append(payload, BytesView(envelope).first(size));
        ASSERT_EQ(fault_of(segment(payload, true, GetParam()), Dialect{v5, GetParam()}, 1),
                  WireFault::truncated);
    }
}

TEST_P(SegmentFault, PartsOfMoreThanOneMessage) {
    const Dialect dialect{v5, GetParam()};
    const Bytes envelope = response(v5, Opcode::result, words(200, 1));
    const Bytes part = segment(BytesView(envelope).first(100), false, GetParam());
    const Bytes whole = segment(envelope, true, GetParam());
    Bytes wire = part;
    append(wire, whole);
    EXPECT_EQ(fault_of(wire, dialect), WireFault::truncated);
    wire = part;
    append(wire, segment(BytesView(envelope).first(110), false, GetParam()));
    EXPECT_EQ(fault_of(wire, dialect), WireFault::malformed);
    Bytes two = envelope;
    append(two, envelope);
    EXPECT_EQ(fault_of(segment(two, false, GetParam()), dialect), WireFault::malformed);
    // One message in one such segment is odd, but it says what it is.
    EXPECT_EQ(fault_of(segment(envelope, false, GetParam()), dialect, 1), std::nullopt);
    // A segment with nothing in it is nothing.
    wire = segment({}, true, none == GetParam() ? none : lz4);
    append(wire, segment({}, false, GetParam()));
    append(wire, whole);
    EXPECT_EQ(fault_of(wire, dialect, 1), std::nullopt);
}

TEST_P(SegmentFault, SizeOfAMessageInPartsIsCheckedWithItsHeader) {
    const Dialect dialect{v5, GetParam()};
    const Bytes envelope = with_size(response(v5, Opcode::result, words(200, 1)), 5'000);
    EXPECT_EQ(fault_of(segment(envelope, false, GetParam()), dialect, 0, 4'999), WireFault::too_large);
    EXPECT_EQ(fault_of(segment(envelope, false, GetParam()), dialect, 0, 5'000), std::nullopt);
    EXPECT_EQ(fault_of(segment(with_size(envelope, 0xFFFFFFFE), false, GetParam()), dialect),
              WireFault::negative_count);
}

TEST_P(SegmentFault, NoFlippedBitGivesAWrongMessage) {
    Recorded recorded;
    for (std::int16_t stream = 0; stream < 3; ++stream) {
        const Bytes body = stream == 1 ? noise(60, 1) : words(90, 2);
        const Bytes envelope = response(v5, Opcode::result, body, stream);
        recorded.messages.push_back(
            {{.version = 5, .stream = stream, .opcode = Opcode::result, .body_size = 0}, body});
        append(recorded.wire, segment(envelope, stream != 2, GetParam()));
    }
    for (std::size_t bit = 0; bit < recorded.wire.size() * 8; ++bit) {
        Bytes wire = recorded.wire;
        wire[bit / 8] ^= std::byte(1U << (bit % 8));
        FrameReader reader;
        reader.start(v5, GetParam());
        Check check(reader, recorded);
        const Status status = check.feed(wire);
        ASSERT_EQ(status, Status::failed) << bit;
        ASSERT_GE(check.right(), 0) << bit;
        ASSERT_LT(check.right(), 3) << bit;
        ASSERT_TRUE(reader.error().fault == WireFault::bad_header_crc ||
                    reader.error().fault == WireFault::bad_payload_crc)
            << bit;
    }
}

}  // namespace
}  // namespace coodie::native::test
