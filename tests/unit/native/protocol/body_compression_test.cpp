// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/body_compression.hpp"
#include "bytes_text.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/requests/request.hpp"
#include "versions.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace coodie::native {
namespace {

using test::bytes_of;
using test::v4;

TEST(BodyCompression, RoundTripBehindAnotherEnvelope) {
    Bytes out;
    append_options(out, v4, 1);
    const std::size_t offset = out.size();
    ASSERT_TRUE(append_query(out, v4, 2, {.query = std::string(4000, 'q')}));
    const Bytes plain(out.begin() + static_cast<std::ptrdiff_t>(offset), out.end());
    compress_body(out, offset);
    ASSERT_LT(out.size(), 200U);
    EXPECT_EQ(out[offset + 1], std::byte{envelope_flag::compression});
    const BytesView body = BytesView(out).subspan(offset + envelope_header_size);
    EXPECT_EQ(load_big<std::uint32_t>(out.data() + offset + 5), body.size());
    const auto size = decompressed_body_size(body, max_body_size);
    ASSERT_TRUE(std::holds_alternative<std::uint32_t>(size));
    Bytes to(std::get<std::uint32_t>(size));
    EXPECT_FALSE(decompress_body(body, to));
    EXPECT_EQ(to, Bytes(plain.begin() + envelope_header_size, plain.end()));
}

TEST(BodyCompression, SmallBodiesAndThoseThatDoNotShrinkStayAsTheyAre) {
    Bytes small;
    ASSERT_TRUE(append_query(small, v4, 2, {.query = std::string(100, 'q')}));
    Bytes before = small;
    compress_body(small, 0);
    EXPECT_EQ(small, before);

    std::mt19937 random(7);
    std::string noise(2000, ' ');
    for (char& c : noise) c = static_cast<char>(random());
    Bytes out;
    ASSERT_TRUE(append_query(out, v4, 2, {.query = noise}));
    before = out;
    compress_body(out, 0);
    EXPECT_EQ(out, before);
}

WireFault size_fault(std::string_view body, std::uint32_t limit = max_body_size) {
    const auto size = decompressed_body_size(bytes_of(body), limit);
    const auto* const error = std::get_if<WireError>(&size);
    return error != nullptr ? error->fault : WireFault::none;
}

TEST(BodyCompression, BombsAndLiesAreRefusedBeforeAnythingIsAllocated) {
    EXPECT_EQ(size_fault(""), WireFault::truncated);
    EXPECT_EQ(size_fault("00 00 00"), WireFault::truncated);
    EXPECT_EQ(size_fault("ffffffff 00"), WireFault::negative_count);
    EXPECT_EQ(size_fault("7fffffff 00"), WireFault::too_large);
    EXPECT_EQ(size_fault("00000011 00", 16), WireFault::too_large);
    // LZ4 makes at most 255 bytes of one.
    EXPECT_EQ(size_fault("00100000 00 00 00"), WireFault::bad_compression);
    EXPECT_EQ(size_fault("000000ff 00"), WireFault::none);
}

TEST(BodyCompression, AnotherLengthThanAnnouncedIsRefused) {
    Bytes out;
    ASSERT_TRUE(append_query(out, v4, 2, {.query = std::string(4000, 'q')}));
    compress_body(out, 0);
    const BytesView body = BytesView(out).subspan(envelope_header_size);
    Bytes shorter(4000);
    EXPECT_EQ(decompress_body(body, shorter)->fault, WireFault::bad_compression);
    Bytes longer(5000);
    EXPECT_EQ(decompress_body(body, longer)->fault, WireFault::bad_compression);
    Bytes right(std::get<std::uint32_t>(decompressed_body_size(body, max_body_size)));
    for (std::size_t size = 0; size < body.size(); ++size)
        EXPECT_TRUE(decompress_body(body.first(size), right)) << size;
}

TEST(BodyCompression, AnEmptyBodyIsAllowed) {
    // Cassandra compresses READY, too: length 0, and a block of one zero byte or none.
    EXPECT_EQ(size_fault("00000000"), WireFault::none);
    EXPECT_FALSE(decompress_body(bytes_of("00000000 00"), {}));
    EXPECT_FALSE(decompress_body(bytes_of("00000000"), {}));
}

}  // namespace
}  // namespace coodie::native
