// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/frame_reader.hpp"
#include "native/fsm/stream_table.hpp"
#include "native/io/pending.hpp"
#include "native/protocol/big_endian.hpp"
#include "native/protocol/segment.hpp"
#include "unit/allocation_count.hpp"
#include "unit/native/fsm/frame_feed.hpp"
#include "unit/native/fsm/wire_maker.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <vector>

namespace coodie::native::test {
namespace {

using coodie::test::allocated_bytes;
using coodie::test::allocations;
using Status = FrameReader::Status;

struct Ring {
    std::vector<Envelope> held;
    std::size_t next = 0;
    void hold(Envelope envelope) {
        held[next] = std::move(envelope);
        next = (next + 1) % held.size();
    }
};

/// One response after the other, the last `held` of them still in use.
std::size_t allocations_per_run(Dialect dialect, std::size_t body_size, std::size_t held, std::size_t piece) {
    const Bytes body = words(body_size, 1);
    Bytes wire;
    for (std::int16_t i = 0; i < 8; ++i) {
        const Bytes envelope = dialect.version == v4 && dialect.compression == lz4
                                   ? compressed_response(4, Opcode::result, body, i)
                                   : response(dialect.version, Opcode::result, body, i);
        append(wire, dialect.version == v5 ? segment(envelope, true, dialect.compression) : envelope);
    }
    FrameReader reader;
    reader.start(dialect.version, dialect.compression);
    Ring ring{std::vector<Envelope>(held + 1)};
    std::size_t messages = 0;
    const auto run = [&](int rounds) {
        for (int i = 0; i < rounds; ++i)
            feed(reader, wire, piece, [&] {
                Envelope envelope;
                while (reader.next(envelope) == Status::envelope) {
                    ring.hold(held == 0 ? Envelope{} : std::move(envelope));
                    ++messages;
                }
                return true;
            });
    };
    run(200);
    const std::size_t before = allocations;
    run(500);
    const std::size_t count = allocations - before;
    EXPECT_EQ(messages, 700U * 8);
    return count;
}

TEST(Allocation, NonePerResponseInSteadyState) {
    for (const Dialect dialect : dialects)
        for (const std::size_t size : {0U, 100U, 5'000U, 40'000U})
            for (const std::size_t piece : {std::size_t{700}, std::size_t{1'448}, SIZE_MAX})
                EXPECT_EQ(allocations_per_run(dialect, size, 0, piece), 0U)
                    << static_cast<int>(dialect.version) << static_cast<int>(dialect.compression) << " "
                    << size;
}

TEST(Allocation, NoneWhileTheLastResponsesAreStillInUse) {
    for (const Dialect dialect : dialects) {
        EXPECT_EQ(allocations_per_run(dialect, 100, 1, SIZE_MAX), 0U);
        EXPECT_EQ(allocations_per_run(dialect, 100, 100, SIZE_MAX), 0U);
        EXPECT_EQ(allocations_per_run(dialect, 1'000, 40, 1'448), 0U);
    }
}

TEST(Allocation, NonePerSegmentOfTheLargestSize) {
    EXPECT_EQ(allocations_per_run({v5, none}, 131'000, 0, SIZE_MAX), 0U);
    EXPECT_EQ(allocations_per_run({v5, lz4}, 131'000, 0, 9'000), 0U);
}

TEST(Allocation, HeldChunkIsLeftAndAFreeOneIsWrittenFromItsStartAgain) {
    FrameReader reader;
    reader.start(v4, none);
    const Bytes wire = response(v4, Opcode::result, words(1'000, 1));
    Envelope envelope;
    const auto read = [&] {
        feed(reader, wire, SIZE_MAX, [&] { return reader.next(envelope) == Status::envelope; });
        return envelope.body.data();
    };
    const std::byte* const first = read();
    envelope = {};
    EXPECT_EQ(read(), first);
    const Envelope held = envelope;
    EXPECT_EQ(read(), first + wire.size());  // behind it
    EXPECT_EQ(read(), first + 2 * wire.size());
    EXPECT_EQ(envelope.owner, held.owner);
}

TEST(Allocation, LargeBodyTakesMemoryAsItsBytesArrive) {
    constexpr std::size_t mib = 1024 * 1024;
    for (const Dialect dialect : dialects) {
        Bytes envelope = response(dialect.version, Opcode::result, noise(100'000, 1));
        store_big(envelope.data() + 5, std::uint32_t{200 * mib});
        const Bytes wire = dialect.version == v5 ? segment(envelope, false, dialect.compression) : envelope;
        const std::size_t before = allocated_bytes;
        FrameReader reader;
        reader.start(dialect.version, dialect.compression);
        feed(reader, wire, SIZE_MAX, [&] {
            Envelope out;
            return reader.next(out) == Status::more;
        });
        EXPECT_FALSE(reader.space().empty());
        EXPECT_LT(allocated_bytes - before, 2 * mib);
    }
}

TEST(Allocation, BodyOfItsOwnSizeIsReceivedInPlace) {
    const Bytes body = noise(1'000'000, 1);
    const Bytes wire = response(v4, Opcode::result, body);
    FrameReader reader;
    reader.start(v4, none);
    Envelope envelope;
    (void)reader.space();
    const std::size_t before = allocated_bytes;
    feed(reader, wire, 100'000, [&] { return reader.next(envelope) != Status::failed; });
    EXPECT_TRUE(std::ranges::equal(envelope.body, body));
    EXPECT_LT(allocated_bytes - before, wire.size() + 1'000);
}

TEST(Allocation, MessageInSegmentsIsPutTogetherWhereItStays) {
    const Bytes envelope = response(v5, Opcode::result, noise(500'000, 1));
    Bytes wire;
    seal_segments(wire, envelope, none);
    FrameReader reader;
    reader.start(v5, none);
    Envelope out;
    const std::size_t before = allocated_bytes;
    feed(reader, wire, 100'000, [&] { return reader.next(out) != Status::failed; });
    EXPECT_EQ(out.body.size(), 500'000U);
    // Besides, a chunk for the first bytes and one for the largest segment.
    EXPECT_LT(allocated_bytes - before, envelope.size() + (64 + 192 + 1) * 1024);
}

struct Quiet final : Pending {
    void answered(Envelope&&) noexcept override {}
    void lost(const Error&) noexcept override {}
};

TEST(Allocation, NonePerRequestInTheStreamTable) {
    StreamTable table;
    std::deque<std::int16_t> sent;
    const auto pending = std::make_shared<Quiet>();
    for (int i = 0; i < 1'000; ++i) sent.push_back(*table.take(std::shared_ptr(pending)));
    const std::size_t before = allocations;
    std::shared_ptr<Pending> out;
    for (int i = 0; i < 10'000; ++i) {
        const std::int16_t stream = sent[static_cast<std::size_t>(i) % sent.size()];
        ASSERT_EQ(table.finish(stream, out), StreamTable::Found::pending);
        sent[static_cast<std::size_t>(i) % sent.size()] = *table.take(std::move(out));
    }
    EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace coodie::native::test
