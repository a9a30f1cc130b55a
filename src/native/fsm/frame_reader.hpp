// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/fsm/chunk.hpp"
#include "native/protocol/compression.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/segment.hpp"
#include "native/protocol/version.hpp"
#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace coodie::native {

/// A whole response: header and body, decompressed.
struct Envelope {
    /// Of the body as it is here: body_size is body.size(), without the compression flag.
    EnvelopeHeader header;
    BytesView body;
    /// Keeps the body's bytes.
    std::shared_ptr<const void> owner;
};

/// Cuts received bytes into responses. Starts in handshake mode: envelopes of any version, not in segments;
/// start() says what comes after. Bodies are views into reference-counted chunks: in steady state nothing is
/// allocated or copied per response (compressed ones are decompressed once). A chunk is written again only
/// when nobody holds an envelope in it. Not thread-safe; envelopes may be used and dropped on any thread.
class FrameReader {
public:
    /// @param max_body the largest body that is accepted, in bytes, before and after decompression.
    explicit FrameReader(std::uint32_t max_body = max_body_size) noexcept;
    FrameReader(const FrameReader&) = delete;
    FrameReader& operator=(const FrameReader&) = delete;

    /// From the next byte on, v4 envelopes or v5 segments. Called when READY or AUTHENTICATE was taken from
    /// next(), before next() is called again; bytes that came with it stay.
    void start(ProtocolVersion version, Compression compression);

    /// Where to receive to; never empty; valid until the next call of any function. No more memory than in
    /// proportion to what really arrived is taken for a large body.
    [[nodiscard]] std::span<std::byte> space();
    /// @param bytes how many were written at the start of space(), which was called just before.
    void received(std::size_t bytes) noexcept;

    enum class Status : std::uint8_t {
        envelope,  ///< `out` is the next response
        more,      ///< receive more first
        failed,    ///< error(); for good
    };
    /// Called until it gives `more`. `out` lets go of what it held first.
    [[nodiscard]] Status next(Envelope& out);
    [[nodiscard]] const WireError& error() const noexcept { return error_; }

private:
    enum class Mode : std::uint8_t { handshake, envelopes, segments };

    Status fail(const WireError& error) noexcept;
    Status wait_for(std::size_t bytes) noexcept;
    [[nodiscard]] BytesView unread() const noexcept { return {chunk_.data() + begin_, end_ - begin_}; }
    [[nodiscard]] bool has_room() const noexcept;
    void make_room();
    void use_segment_chunks_for(std::size_t size) noexcept;
    void move_to(Chunk next) noexcept;
    [[nodiscard]] std::span<std::byte> plain_space(std::size_t size, std::shared_ptr<const void>& owner);

    [[nodiscard]] Parsed<EnvelopeHeader> parse(BytesView bytes) const noexcept;
    Status next_envelope(Envelope& out);
    Status decompress(Envelope& out);

    Status next_in_segments(Envelope& out);
    Status next_in_payload(Envelope& out);
    // nullopt: the segment is dealt with, go on
    std::optional<Status> next_segment(Envelope& out);
    std::optional<Status> open_payload(const SegmentHeader& header, BytesView sent);
    std::optional<Status> assemble(const SegmentHeader& header, BytesView sent, Envelope& out);
    std::optional<Status> measure_assembly(BytesView arrived) noexcept;
    void grow_assembly(std::size_t size);

    std::uint32_t max_body_;
    Mode mode_ = Mode::handshake;
    ProtocolVersion version_ = ProtocolVersion::v4;
    Compression compression_ = Compression::none;
    WireError error_;

    /// Received bytes: [begin_, end_) of chunk_ are not read yet; needed_ of them before it is worth looking.
    ChunkPool pool_;
    Chunk chunk_;
    std::size_t chunk_size_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t needed_ = envelope_header_size;

    /// Decompressed bytes; those before plain_end_ are in use while it is shared.
    Chunk plain_;
    std::size_t plain_end_ = 0;

    /// v5: the rest of a self-contained segment.
    BytesView payload_;
    std::shared_ptr<const void> payload_owner_;
    /// v5: an envelope that comes in parts; total 0: its header is not whole yet.
    Chunk assembly_;
    EnvelopeHeader assembly_header_;
    std::size_t assembled_ = 0;
    std::size_t assembly_total_ = 0;
};

}  // namespace coodie::native
