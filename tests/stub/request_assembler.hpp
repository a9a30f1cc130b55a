// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/compression.hpp"
#include "native/protocol/opcode.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>

namespace coodie::stub {

/// An envelope of a request. `body` borrows from the assembler until its next call.
struct RequestEnvelope {
    std::uint8_t version = 0;
    std::uint8_t flags = 0;
    std::int16_t stream = 0;
    native::Opcode opcode = native::Opcode::options;
    BytesView body{};
};

/// Makes requests of the bytes that a client sends: opens segments (v5), decompresses, splits into envelopes.
class RequestAssembler {
public:
    enum class Outcome : std::uint8_t { envelope, need_more, bad_bytes };

    void feed(BytesView bytes);
    [[nodiscard]] Outcome next(RequestEnvelope& envelope);
    /// From the next byte on the client sends segments.
    void start_segments(native::Compression compression) noexcept;

private:
    /// Moves the payload of one segment to `envelopes_`.
    Outcome open_segment();

    bool segments_ = false;
    native::Compression compression_ = native::Compression::none;
    Bytes input_;
    std::size_t input_at_ = 0;
    Bytes envelopes_;
    std::size_t envelopes_at_ = 0;
    Bytes decompressed_;
};

}  // namespace coodie::stub
