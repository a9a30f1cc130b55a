// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/big_endian.hpp"
#include "native/protocol/opcode.hpp"
#include "native/protocol/version.hpp"
#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>

namespace coodie::native {

/// Bytes of the header of every message ("frame" in the specification of v4, "envelope" in v5's).
inline constexpr std::size_t envelope_header_size = 9;
/// The specification's limit of a body, and the default one of what is accepted.
inline constexpr std::uint32_t max_body_size = 256U * 1024 * 1024;
/// The stream id of events.
inline constexpr std::int16_t event_stream = -1;

/// Bits of EnvelopeHeader::flags (v5 specification, section 2.2).
namespace envelope_flag {
inline constexpr std::uint8_t compression = 0x01;
inline constexpr std::uint8_t tracing = 0x02;
inline constexpr std::uint8_t custom_payload = 0x04;
inline constexpr std::uint8_t warning = 0x08;
inline constexpr std::uint8_t beta = 0x10;
}  // namespace envelope_flag

struct EnvelopeHeader {
    /// Without the direction bit. 4 or 5 after parse_header; any number after parse_handshake_header.
    std::uint8_t version = 0;
    std::uint8_t flags = 0;
    std::int16_t stream = 0;
    Opcode opcode = Opcode::error;
    std::uint32_t body_size = 0;
};

/// Reads the header of a response before anything is allocated for its body: direction bit, version as
/// negotiated, length of the body. The opcode is checked by parse_response.
/// @param bytes at least envelope_header_size bytes (fewer: truncated); what follows them is not looked at.
/// @param max_body the largest body that is accepted, in bytes.
[[nodiscard]] Parsed<EnvelopeHeader> parse_header(BytesView bytes, ProtocolVersion version,
                                                  std::uint32_t max_body = max_body_size) noexcept;

/// The same, for the answers to OPTIONS and STARTUP: a server that does not speak the offered version answers
/// with an ERROR in a version of its own, from 3 up (v1 and v2, whose header is shorter: wrong_version).
[[nodiscard]] Parsed<EnvelopeHeader> parse_handshake_header(BytesView bytes,
                                                            std::uint32_t max_body = max_body_size) noexcept;

/// Puts another stream id into an envelope that was appended before.
/// @param envelope where its header starts; envelope_header_size bytes are there.
inline void set_stream(std::byte* envelope, std::int16_t stream) noexcept { store_big(envelope + 2, stream); }

}  // namespace coodie::native
