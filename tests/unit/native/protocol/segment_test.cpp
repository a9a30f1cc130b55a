// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/segment.hpp"
#include "bytes_text.hpp"
#include "native/protocol/crc24.hpp"
#include "native/protocol/payload_crc.hpp"
#include "native/protocol/requests/request.hpp"
#include "versions.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace coodie::native {
namespace {

using test::bytes_of;
using test::hex;
using test::v5;

/// Bit by bit, as the polynomial is defined; the code under test uses a table.
std::uint32_t slow_crc24(BytesView bytes) {
    std::uint32_t crc = 0x875060;
    for (const std::byte byte : bytes) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            const bool top = (crc >> 23U & 1U) != (std::to_integer<unsigned>(byte) >> (7 - bit) & 1U);
            crc = crc << 1U & 0xFFFFFFU;
            if (top) crc ^= 0x974F0BU;
        }
    }
    return crc;
}

/// CRC32 (IEEE) bit by bit, from the start, the four bytes of the specification first.
std::uint32_t slow_payload_crc(BytesView payload) {
    std::uint32_t crc = 0xFFFFFFFFU;
    const auto add = [&crc](std::byte byte) {
        crc ^= std::to_integer<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    };
    for (const std::byte byte : bytes_of("fa 2d 55 ca")) add(byte);
    for (const std::byte byte : payload) add(byte);
    return ~crc;
}

std::uint32_t little(BytesView bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[i]);
    return value;
}

/// One segment of a stream, checked and decompressed; nullopt when anything about it is wrong.
struct Opened {
    Bytes payload;
    bool self_contained = false;
    std::size_t size = 0;
};
std::optional<Opened> open_segment(BytesView bytes, Compression compression) {
    const auto parsed = parse_segment_header(bytes, compression);
    const auto* const header = std::get_if<SegmentHeader>(&parsed);
    if (header == nullptr) return std::nullopt;
    const std::size_t header_size = segment_header_size(compression);
    Opened opened{.self_contained = header->self_contained,
                  .size = header_size + header->payload_size + segment_trailer_size};
    if (bytes.size() < opened.size) return std::nullopt;
    if (check_segment_payload(bytes.subspan(header_size, header->payload_size + segment_trailer_size)))
        return std::nullopt;
    const BytesView payload = bytes.subspan(header_size, header->payload_size);
    if (header->uncompressed_size == 0) {
        opened.payload.assign(payload.begin(), payload.end());
        return opened;
    }
    opened.payload.resize(header->uncompressed_size);
    if (decompress_segment(payload, opened.payload)) return std::nullopt;
    return opened;
}

Bytes envelope_of(std::size_t body_size, char fill) {
    Bytes out;
    EXPECT_TRUE(append_query(out, v5, 1, {.query = std::string(body_size - 10, fill)}));
    EXPECT_EQ(out.size(), body_size + 9);
    return out;
}

TEST(Crc24, IsThatOfThePolynomial) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 20; ++size) {
        Bytes bytes(size);
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
        EXPECT_EQ(crc24(bytes), slow_crc24(bytes)) << hex(bytes);
    }
}

TEST(PayloadCrc, IsThatOfThePolynomialForEverySize) {
    std::mt19937 random(2);
    for (std::size_t size = 0; size < 700; ++size) {
        Bytes bytes(size);
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
        ASSERT_EQ(payload_crc(bytes), slow_payload_crc(bytes)) << size;
    }
    const Bytes large(max_segment_payload, std::byte{0xA5});
    EXPECT_EQ(payload_crc(large), slow_payload_crc(large));
}

TEST(Segment, OneEnvelopeByteByByte) {
    Bytes envelope;
    append_options(envelope, v5, 1);
    Bytes out;
    seal_segments(out, envelope, Compression::none);
    ASSERT_EQ(out.size(), 6U + 9U + 4U);
    // 9 bytes, self-contained: 9 | 1 << 17.
    EXPECT_EQ(hex(BytesView(out).first(3)), "09 00 02");
    EXPECT_EQ(little(BytesView(out).subspan(3, 3)), slow_crc24(BytesView(out).first(3)));
    EXPECT_EQ(hex(BytesView(out).subspan(6, 9)), hex(envelope));
    EXPECT_EQ(little(BytesView(out).subspan(15)), slow_payload_crc(envelope));
}

TEST(Segment, WithLz4TheHeaderHasEightBytes) {
    const Bytes envelope = envelope_of(1000, 'a');
    Bytes out;
    seal_segments(out, envelope, Compression::lz4);
    const std::uint64_t fields =
        little(BytesView(out).first(4)) | std::uint64_t{std::to_integer<unsigned>(out[4])} << 32U;
    const std::size_t compressed = fields & 0x1FFFFU;
    EXPECT_EQ(fields >> 17U & 0x1FFFFU, envelope.size());
    EXPECT_EQ(fields >> 34U, 1U);
    EXPECT_LT(compressed, 100U);
    EXPECT_EQ(little(BytesView(out).subspan(5, 3)), slow_crc24(BytesView(out).first(5)));
    ASSERT_EQ(out.size(), 8 + compressed + 4);
    EXPECT_EQ(little(BytesView(out).subspan(8 + compressed)),
              slow_payload_crc(BytesView(out).subspan(8, compressed)));
    const auto opened = open_segment(out, Compression::lz4);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->payload, envelope);
}

TEST(Segment, WhatLz4DoesNotMakeSmallerIsSentAsItIs) {
    Bytes envelope;
    append_options(envelope, v5, 1);
    Bytes out;
    seal_segments(out, envelope, Compression::lz4);
    // 9 bytes as sent, 0 uncompressed, self-contained: 9 | 1 << 34.
    EXPECT_EQ(hex(BytesView(out).first(5)), "09 00 00 00 04");
    EXPECT_EQ(hex(BytesView(out).subspan(8, 9)), hex(envelope));
}

class Sealing : public testing::TestWithParam<Compression> {};
INSTANTIATE_TEST_SUITE_P(Compressions, Sealing, testing::Values(Compression::none, Compression::lz4));

TEST_P(Sealing, SeveralEnvelopesShareASegmentUpToItsLimit) {
    Bytes envelopes;
    for (int i = 0; i < 3; ++i) {
        const Bytes one = envelope_of(60'000, static_cast<char>('a' + i));
        envelopes.insert(envelopes.end(), one.begin(), one.end());
    }
    Bytes out;
    seal_segments(out, envelopes, GetParam());
    const auto first = open_segment(out, GetParam());
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->self_contained);
    EXPECT_EQ(first->payload.size(), 2U * 60'009);
    const auto second = open_segment(BytesView(out).subspan(first->size), GetParam());
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->self_contained);
    EXPECT_EQ(second->payload.size(), 60'009U);
    EXPECT_EQ(first->size + second->size, out.size());
}

TEST_P(Sealing, ALargeEnvelopeGoesOverSegmentsOfItsOwn) {
    Bytes envelopes;
    append_options(envelopes, v5, 1);
    const Bytes large = envelope_of(300'000, 'x');
    envelopes.insert(envelopes.end(), large.begin(), large.end());
    append_options(envelopes, v5, 2);
    Bytes out;
    seal_segments(out, envelopes, GetParam());
    Bytes opened;
    std::string kinds;
    for (BytesView rest = out; !rest.empty();) {
        const auto segment = open_segment(rest, GetParam());
        ASSERT_TRUE(segment);
        EXPECT_LE(segment->payload.size(), max_segment_payload);
        opened.insert(opened.end(), segment->payload.begin(), segment->payload.end());
        kinds += segment->self_contained ? 'S' : 'p';
        rest = rest.subspan(segment->size);
    }
    EXPECT_EQ(opened, envelopes);
    EXPECT_EQ(kinds, "SpppS");
}

TEST_P(Sealing, ExactlyTheLargestPayloadIsSelfContained) {
    for (const std::size_t size : {max_segment_payload, max_segment_payload + 1}) {
        const Bytes envelope = envelope_of(size - 9, 'y');
        Bytes out;
        seal_segments(out, envelope, GetParam());
        const auto opened = open_segment(out, GetParam());
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->self_contained, size == max_segment_payload);
        EXPECT_EQ(opened->payload.size(), max_segment_payload);
    }
}

TEST_P(Sealing, EverySingleBitFlipIsDetected) {
    const Bytes envelope = envelope_of(200, 'z');
    Bytes out;
    seal_segments(out, envelope, GetParam());
    ASSERT_TRUE(open_segment(out, GetParam()));
    for (std::size_t bit = 0; bit < out.size() * 8; ++bit) {
        Bytes flipped = out;
        flipped[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
        EXPECT_FALSE(open_segment(flipped, GetParam())) << "bit " << bit;
    }
}

TEST_P(Sealing, EveryTruncationIsDetected) {
    Bytes out;
    seal_segments(out, envelope_of(50, 'z'), GetParam());
    for (std::size_t size = 0; size < out.size(); ++size)
        EXPECT_FALSE(open_segment(BytesView(out).first(size), GetParam())) << size;
}

TEST(Segment, PaddingOfTheHeaderIsIgnored) {
    Bytes header = bytes_of("01 00 fe 00 00 00");
    const std::uint32_t crc = slow_crc24(BytesView(header).first(3));
    for (unsigned i = 0; i < 3; ++i) header[3 + i] = static_cast<std::byte>(crc >> 8 * i);
    const auto parsed = parse_segment_header(header, Compression::none);
    ASSERT_TRUE(std::holds_alternative<SegmentHeader>(parsed));
    EXPECT_EQ(std::get<SegmentHeader>(parsed).payload_size, 1U);
    EXPECT_TRUE(std::get<SegmentHeader>(parsed).self_contained);
}

TEST(Segment, LyingLz4LengthsAreRefused) {
    const Bytes envelope = envelope_of(1000, 'a');
    Bytes sealed;
    seal_segments(sealed, envelope, Compression::lz4);
    const auto header = std::get<SegmentHeader>(parse_segment_header(sealed, Compression::lz4));
    const BytesView payload = BytesView(sealed).subspan(8, header.payload_size);
    Bytes to(header.uncompressed_size);
    EXPECT_FALSE(decompress_segment(payload, to));
    EXPECT_EQ(to, envelope);
    Bytes shorter(to.size() - 1);
    EXPECT_TRUE(decompress_segment(payload, shorter));
    Bytes longer(to.size() + 1);
    EXPECT_TRUE(decompress_segment(payload, longer));
    // A bomb: more than a segment may hold.
    Bytes bomb(max_segment_payload + 1);
    EXPECT_EQ(decompress_segment(payload, bomb)->fault, WireFault::too_large);
    EXPECT_TRUE(decompress_segment(payload.first(payload.size() - 1), to));
    EXPECT_TRUE(decompress_segment({}, to));
}

}  // namespace
}  // namespace coodie::native
