// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/compression.hpp"
#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace coodie::native {

/// Protocol v5 wraps envelopes in segments from the answer to STARTUP on (after READY or AUTHENTICATE): a
/// header with a CRC24, a payload, a CRC32 of the payload as sent. All numbers are little-endian (v5
/// specification, section 2).

/// The largest payload, before and after compression.
inline constexpr std::size_t max_segment_payload = 131071;
/// The CRC32 that follows each payload.
inline constexpr std::size_t segment_trailer_size = 4;
/// 3 + 3 bytes; with LZ4 5 + 3.
[[nodiscard]] constexpr std::size_t segment_header_size(Compression compression) noexcept {
    return compression == Compression::lz4 ? 8 : 6;
}

struct SegmentHeader {
    /// Bytes of the payload as sent (the CRC32 comes on top).
    std::uint32_t payload_size = 0;
    /// Bytes of the payload after decompression; 0: sent as it is.
    std::uint32_t uncompressed_size = 0;
    /// True: whole envelopes, one or more. False: a part of exactly one envelope.
    bool self_contained = false;
};

/// Appends envelopes as segments: as many whole envelopes to a self-contained segment as fit; an envelope
/// that is larger than a segment over several segments of its own. With LZ4, a payload that does not get
/// smaller is sent as it is.
/// @param envelopes whole envelopes one after the other, as the append_ functions wrote them; not a part of
/// `out`.
void seal_segments(Bytes& out, BytesView envelopes, Compression compression);

/// Checks the CRC24 and the lengths.
/// @param bytes at least segment_header_size(compression) bytes (fewer: truncated); what follows them is not
/// looked at.
[[nodiscard]] Parsed<SegmentHeader> parse_segment_header(BytesView bytes, Compression compression) noexcept;

/// Checks the CRC32.
/// @param bytes the payload as sent and its trailer: SegmentHeader::payload_size + segment_trailer_size
/// bytes.
[[nodiscard]] std::optional<WireError> check_segment_payload(BytesView bytes) noexcept;

/// For a header with an uncompressed_size other than 0, after check_segment_payload.
/// @param payload the payload as sent, without its trailer.
/// @param to exactly SegmentHeader::uncompressed_size bytes. Its content is undefined after an error.
/// @returns nullopt when all of `to` was written.
[[nodiscard]] std::optional<WireError> decompress_segment(BytesView payload,
                                                          std::span<std::byte> to) noexcept;

}  // namespace coodie::native
