// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/compression.hpp"
#include "stub/reply.hpp"
#include "stub/request.hpp"

#include <coodie/types/bytes.hpp>

#include <chrono>
#include <deque>

namespace coodie::stub {

/// Bytes that go to the socket in one piece, and what comes with them.
struct Piece {
    Bytes bytes;
    /// Before it.
    std::chrono::microseconds pause{0};
    /// After it.
    Reply::End end = Reply::End::keep;
};

/// Turns replies into pieces: envelopes, compression, segments, and everything that the modifiers do to them.
/// Envelopes that nothing is done to wait until take(), so that several of them go in one write.
class ReplyWriter {
public:
    void set_compression(native::Compression compression) noexcept { compression_ = compression; }
    /// From now on envelopes go in segments (v5, after READY or AUTHENTICATE).
    void start_segments();
    [[nodiscard]] bool in_segments() const noexcept { return segments_; }

    void add(const Reply& reply, const Request& request);
    /// A whole envelope of the response to a request of protocol `version`.
    void add_envelope(std::uint8_t version, std::int16_t stream, native::Opcode opcode, BytesView body);
    [[nodiscard]] static std::chrono::milliseconds delay_of(const Reply& reply) noexcept {
        return reply.delay_;
    }
    /// Whether the connection uses segments after this answer to STARTUP.
    [[nodiscard]] static bool accepts_startup(const Reply& reply) noexcept {
        return reply.kind_ == Reply::Kind::message &&
               (reply.opcode_ == native::Opcode::ready || reply.opcode_ == native::Opcode::authenticate);
    }
    /// Everything so far, in order.
    [[nodiscard]] std::deque<Piece> take();

private:
    [[nodiscard]] Bytes envelope_of(const Reply& reply, const Request& request) const;
    [[nodiscard]] Bytes sealed(Bytes envelopes) const;
    void add_pieces(const Reply& reply, Bytes bytes);
    void close_plain();

    native::Compression compression_ = native::Compression::none;
    bool segments_ = false;
    Bytes plain_;
    std::deque<Piece> pieces_;
};

}  // namespace coodie::stub
