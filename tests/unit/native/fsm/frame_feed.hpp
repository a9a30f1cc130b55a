// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/fsm/frame_reader.hpp"
#include "unit/native/fsm/wire_maker.hpp"

#include <coodie/types/bytes.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace coodie::native::test {

/// A response as it should come out, copied.
struct Message {
    EnvelopeHeader header;
    Bytes body;

    [[nodiscard]] bool matches(const Envelope& envelope) const {
        return header.version == envelope.header.version && header.flags == envelope.header.flags &&
               header.stream == envelope.header.stream && header.opcode == envelope.header.opcode &&
               envelope.header.body_size == body.size() && std::ranges::equal(body, envelope.body);
    }
};

/// A protocol as start() takes it.
struct Dialect {
    ProtocolVersion version = v4;
    Compression compression = none;
};
inline constexpr std::array dialects{Dialect{v4, none}, Dialect{v4, lz4}, Dialect{v5, none},
                                     Dialect{v5, lz4}};

/// How many bytes of a stream there are until the message is whole, and the message.
struct Recorded {
    Bytes wire;
    std::vector<Message> messages;
    std::vector<std::size_t> ends;
};

/// Copies to space() as a socket would, at most `piece` bytes at a time.
template <class Drain>
void feed(FrameReader& reader, BytesView wire, std::size_t piece, Drain drain) {
    while (!wire.empty()) {
        const std::span<std::byte> space = reader.space();
        const std::size_t size = std::min({wire.size(), space.size(), piece});
        if (size == 0) return;
        std::memcpy(space.data(), wire.data(), size);
        reader.received(size);
        wire = wire.subspan(size);
        if (!drain()) return;
    }
}

/// Reads a stream and compares with what was recorded. The number of messages that came out right; -1 as soon
/// as one did not.
class Check {
public:
    Check(FrameReader& reader, const Recorded& recorded) : reader_(reader), recorded_(recorded) {}

    FrameReader::Status feed(BytesView wire, std::size_t piece = SIZE_MAX) {
        test::feed(reader_, wire, piece, [this] { return drain(); });
        return status_;
    }
    [[nodiscard]] std::ptrdiff_t right() const { return wrong_ ? -1 : static_cast<std::ptrdiff_t>(right_); }

private:
    bool drain() {
        Envelope envelope;
        while ((status_ = reader_.next(envelope)) == FrameReader::Status::envelope) {
            if (right_ == recorded_.messages.size() || !recorded_.messages[right_].matches(envelope))
                wrong_ = true;
            ++right_;
        }
        return status_ == FrameReader::Status::more && envelope.owner == nullptr;
    }

    FrameReader& reader_;
    const Recorded& recorded_;
    FrameReader::Status status_ = FrameReader::Status::more;
    std::size_t right_ = 0;
    bool wrong_ = false;
};

}  // namespace coodie::native::test
