// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/frame_reader.hpp"

#include "native/protocol/segment.hpp"
#include "unit/native/fsm/frame_feed.hpp"
#include "unit/native/fsm/wire_maker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace coodie::native::test {
namespace {

using Status = FrameReader::Status;

class StreamMaker {
public:
    explicit StreamMaker(Dialect dialect) : dialect_(dialect) {}

    void message(Bytes body) {
        const auto stream = static_cast<std::int16_t>(recorded_.messages.size());
        const auto version = static_cast<std::uint8_t>(dialect_.version);
        const bool compressed = dialect_.version == v4 && dialect_.compression == lz4 && stream % 3 != 0;
        append(open_, compressed ? compressed_response(version, Opcode::result, body, stream)
                                 : response(version, Opcode::result, body, stream));
        recorded_.messages.push_back({{.version = version,
                                       .stream = stream,
                                       .opcode = Opcode::result,
                                       .body_size = static_cast<std::uint32_t>(body.size())},
                                      std::move(body)});
        if (dialect_.version == v4) flush();
    }
    /// What message() added is one self-contained segment.
    void flush() { emit(dialect_.version == v5 ? segment(open_, true, dialect_.compression) : open_); }
    /// What message() added, one message, is sent in segments with `part` bytes each.
    void flush_in_parts(std::size_t part) {
        if (dialect_.version == v4) return;
        Bytes wire;
        for (std::size_t i = 0; i < open_.size(); i += part)
            append(wire, segment(BytesView(open_).subspan(i, std::min(part, open_.size() - i)), false,
                                 dialect_.compression));
        emit(wire);
    }
    [[nodiscard]] const Recorded& recorded() const { return recorded_; }

private:
    void emit(BytesView wire) {
        append(recorded_.wire, wire);
        recorded_.ends.resize(recorded_.messages.size(), recorded_.wire.size());
        open_.clear();
    }

    Dialect dialect_;
    Bytes open_;
    Recorded recorded_;
};

Recorded small_stream(Dialect dialect) {
    StreamMaker maker(dialect);
    maker.message({});
    maker.message(words(1, 1));
    maker.message(words(700, 2));
    maker.flush();
    maker.message(noise(300, 3));
    maker.flush();
    maker.message(words(500, 4));
    maker.flush_in_parts(120);
    maker.message(words(90, 5));
    maker.flush_in_parts(4);  // even the header comes in parts
    maker.message({});
    maker.flush();
    return maker.recorded();
}

Recorded large_stream(Dialect dialect) {
    StreamMaker maker(dialect);
    const auto add = [&](Bytes body) {
        const bool fits = body.size() + envelope_header_size <= max_segment_payload;
        maker.message(std::move(body));
        fits ? maker.flush() : maker.flush_in_parts(max_segment_payload);
    };
    add(words(20, 1));
    for (const std::size_t size :
         {60'000U, 65'527U, 65'528U, 65'536U, 131'062U, 131'063U, 300'000U, 2'500'000U}) {
        add(words(size, 2));
        add(noise(size, 3));
        add(noise(100, 4));
    }
    return maker.recorded();
}

class FrameReaderDialects : public testing::TestWithParam<Dialect> {
protected:
    void start(FrameReader& reader) const { reader.start(GetParam().version, GetParam().compression); }
};

INSTANTIATE_TEST_SUITE_P(All, FrameReaderDialects, testing::ValuesIn(dialects), [](const auto& dialect) {
    return std::string(dialect.param.version == v4 ? "v4" : "v5") +
           (dialect.param.compression == lz4 ? "lz4" : "");
});

TEST_P(FrameReaderDialects, GivesEveryMessageHoweverManyBytesComeAtATime) {
    const Recorded recorded = small_stream(GetParam());
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100}, SIZE_MAX}) {
        FrameReader reader;
        start(reader);
        Check check(reader, recorded);
        EXPECT_EQ(check.feed(recorded.wire, piece), Status::more);
        EXPECT_EQ(check.right(), std::ssize(recorded.messages)) << piece;
    }
}

TEST_P(FrameReaderDialects, WaitsForMoreAtEveryTruncationAndGoesOn) {
    const Recorded recorded = small_stream(GetParam());
    const BytesView wire = recorded.wire;
    for (std::size_t split = 0; split <= wire.size(); ++split) {
        FrameReader reader;
        start(reader);
        Check check(reader, recorded);
        ASSERT_EQ(check.feed(wire.first(split)), Status::more) << split;
        const auto whole =
            std::ranges::count_if(recorded.ends, [&](std::size_t end) { return end <= split; });
        ASSERT_EQ(check.right(), whole) << split;
        ASSERT_EQ(check.feed(wire.subspan(split)), Status::more) << split;
        ASSERT_EQ(check.right(), std::ssize(recorded.messages)) << split;
    }
}

TEST_P(FrameReaderDialects, ReadsLargeBodies) {
    const Recorded recorded = large_stream(GetParam());
    for (const std::size_t piece : {std::size_t{1'448}, std::size_t{100'000}, SIZE_MAX}) {
        FrameReader reader;
        start(reader);
        Check check(reader, recorded);
        EXPECT_EQ(check.feed(recorded.wire, piece), Status::more);
        EXPECT_EQ(check.right(), std::ssize(recorded.messages)) << piece;
    }
}

TEST(FrameReader, ReadsWhatItsOwnSideSeals) {
    StreamMaker maker({v4, none});
    for (std::uint32_t i = 0; i < 40; ++i) maker.message(words(i * i * i * 10, i));
    Recorded recorded = maker.recorded();
    Bytes envelopes = recorded.wire;
    std::size_t begin = 0;
    for (Message& message : recorded.messages) {
        message.header.version = 5;
        envelopes[begin] = std::byte{0x85};
        begin += envelope_header_size + message.body.size();
    }
    for (const Compression compression : {none, lz4}) {
        recorded.wire.clear();
        seal_segments(recorded.wire, envelopes, compression);
        FrameReader reader;
        reader.start(v5, compression);
        Check check(reader, recorded);
        EXPECT_EQ(check.feed(recorded.wire, 5'000), Status::more);
        EXPECT_EQ(check.right(), std::ssize(recorded.messages));
    }
}

TEST_P(FrameReaderDialects, KeepsTheBytesOfWhatIsHeld) {
    StreamMaker maker(GetParam());
    for (std::uint32_t i = 0; i < 1'200; ++i) {
        maker.message(i % 2 == 0 ? words(i * 7, i) : noise(i % 1'000, i));
        maker.flush();
    }
    const Recorded& recorded = maker.recorded();
    FrameReader reader;
    start(reader);
    // Every seventh is held to the end, the others for a while: chunks are given back in any order.
    std::vector<std::pair<std::size_t, Envelope>> held;
    std::mt19937 random(1);
    std::size_t next = 0;
    feed(reader, recorded.wire, 3'000, [&] {
        Envelope envelope;
        Status status = Status::more;
        while ((status = reader.next(envelope)) == Status::envelope) {
            held.emplace_back(next, envelope);
            ++next;
            if (random() % 4 == 0)
                std::erase_if(held,
                              [&](const auto& entry) { return entry.first % 7 != 0 && random() % 2 == 0; });
        }
        return status == Status::more;
    });
    EXPECT_EQ(next, recorded.messages.size());
    EXPECT_GE(held.size(), 1'200U / 7);
    for (const auto& [index, envelope] : held)
        EXPECT_TRUE(recorded.messages[index].matches(envelope)) << index;
}

/// Where ThreadSanitizer sees whether a chunk is written before its last reader is through.
TEST_P(FrameReaderDialects, EnvelopesMayBeReadAndDroppedOnAnotherThread) {
    StreamMaker maker(GetParam());
    for (std::uint32_t i = 0; i < 2'000; ++i) {
        maker.message(words(i % 900, i));
        maker.flush();
    }
    const Recorded& recorded = maker.recorded();
    // Nothing but the reference counts tells the reader how far the other thread is.
    std::vector<Envelope> handed_over(recorded.messages.size());
    std::atomic<std::size_t> count = 0;
    std::atomic<std::size_t> done = 0;  // relaxed: it orders nothing
    std::thread consumer([&] {
        for (std::size_t i = 0; i < handed_over.size(); ++i) {
            while (count.load(std::memory_order_acquire) <= i) std::this_thread::yield();
            EXPECT_TRUE(recorded.messages[i].matches(handed_over[i]));
            handed_over[i] = {};
            done.store(i + 1, std::memory_order_relaxed);
        }
    });
    FrameReader reader;
    start(reader);
    feed(reader, recorded.wire, 500, [&] {
        Envelope envelope;
        while (reader.next(envelope) == Status::envelope) {
            handed_over[count.load(std::memory_order_relaxed)] = std::move(envelope);
            const std::size_t next = count.fetch_add(1, std::memory_order_release) + 1;
            while (next % 16 == 0 && done.load(std::memory_order_relaxed) != next) std::this_thread::yield();
        }
        return true;
    });
    const bool all = count.load() == handed_over.size();
    count.store(handed_over.size());
    consumer.join();
    EXPECT_TRUE(all);
}

TEST_P(FrameReaderDialects, EnvelopesOutliveTheReader) {
    const Recorded recorded = small_stream(GetParam());
    std::vector<Envelope> held;
    {
        FrameReader reader;
        start(reader);
        feed(reader, recorded.wire, SIZE_MAX, [&] {
            Envelope envelope;
            while (reader.next(envelope) == Status::envelope) held.push_back(envelope);
            return true;
        });
    }
    ASSERT_EQ(held.size(), recorded.messages.size());
    for (std::size_t i = 0; i < held.size(); ++i) EXPECT_TRUE(recorded.messages[i].matches(held[i])) << i;
}

TEST_P(FrameReaderDialects, SpaceIsNeverEmptyEvenIfNothingIsTakenOut) {
    const Recorded recorded = large_stream(GetParam());
    FrameReader reader;
    start(reader);
    BytesView wire = BytesView(recorded.wire).first(1'000'000);
    while (!wire.empty()) {
        const std::span<std::byte> space = reader.space();
        ASSERT_FALSE(space.empty());
        const std::size_t size = std::min(wire.size(), space.size());
        std::memcpy(space.data(), wire.data(), size);
        reader.received(size);
        wire = wire.subspan(size);
    }
    Envelope envelope;
    std::size_t count = 0;
    Status status = Status::more;
    while ((status = reader.next(envelope)) == Status::envelope) {
        EXPECT_TRUE(recorded.messages[count].matches(envelope));
        ++count;
    }
    EXPECT_EQ(status, Status::more);
    EXPECT_GT(count, 5U);
}

TEST(FrameReader, ReadsAnyVersionDuringTheHandshakeAndGoesOnInTheNegotiatedOne) {
    for (const Dialect dialect : dialects) {
        // The rest of the answers may be in the bytes that came with READY.
        Bytes wire = response(6, Opcode::error, words(40, 1));
        append(wire, response(3, Opcode::supported, words(700, 2)));
        append(wire, response(dialect.version, Opcode::ready, {}));
        const Recorded rest = small_stream(dialect);
        append(wire, rest.wire);
        FrameReader reader;
        Check check(reader, rest);
        std::memcpy(reader.space().data(), wire.data(), wire.size());
        reader.received(wire.size());
        Envelope envelope;
        ASSERT_EQ(reader.next(envelope), Status::envelope);
        EXPECT_EQ(envelope.header.version, 6);
        ASSERT_EQ(reader.next(envelope), Status::envelope);
        EXPECT_EQ(envelope.header.version, 3);
        EXPECT_EQ(envelope.body.size(), 700U);
        ASSERT_EQ(reader.next(envelope), Status::envelope);
        EXPECT_EQ(envelope.header.opcode, Opcode::ready);
        reader.start(dialect.version, dialect.compression);
        for (const Message& message : rest.messages) {
            ASSERT_EQ(reader.next(envelope), Status::envelope);
            EXPECT_TRUE(message.matches(envelope));
        }
        EXPECT_EQ(reader.next(envelope), Status::more);
    }
}

TEST(FrameReader, ReadsAReadyThatIsCompressedAlready) {
    const Bytes wire = compressed_response(4, Opcode::ready, words(100, 1));
    FrameReader reader;
    std::memcpy(reader.space().data(), wire.data(), wire.size());
    reader.received(wire.size());
    Envelope envelope;
    ASSERT_EQ(reader.next(envelope), Status::envelope);
    EXPECT_EQ(envelope.header.flags, 0);
    EXPECT_EQ(envelope.header.body_size, 100U);
    EXPECT_TRUE(std::ranges::equal(envelope.body, words(100, 1)));
}

}  // namespace
}  // namespace coodie::native::test
