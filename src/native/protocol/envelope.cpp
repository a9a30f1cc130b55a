// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/envelope.hpp"

namespace coodie::native {
namespace {

constexpr std::string_view envelope_header = "header of a message";
constexpr std::uint8_t response_bit = 0x80;
/// v1 and v2 have a header of 8 bytes; higher numbers than these are no versions (yet).
constexpr std::uint8_t oldest_handshake_version = 3;
constexpr std::uint8_t newest_handshake_version = 0x3F;

Parsed<EnvelopeHeader> read_header(BytesView bytes, std::uint32_t max_body) noexcept {
    const std::uint32_t body_size = load_big<std::uint32_t>(bytes.data() + 5);
    if (static_cast<std::int32_t>(body_size) < 0)
        return WireError{WireFault::negative_count, envelope_header};
    if (body_size > max_body) return WireError{WireFault::too_large, envelope_header};
    return EnvelopeHeader{
        .version = static_cast<std::uint8_t>(std::to_integer<std::uint8_t>(bytes[0]) & 0x7FU),
        .flags = std::to_integer<std::uint8_t>(bytes[1]),
        .stream = load_big<std::int16_t>(bytes.data() + 2),
        .opcode = static_cast<Opcode>(bytes[4]),
        .body_size = body_size};
}

WireFault check_start(BytesView bytes) noexcept {
    if (bytes.size() < envelope_header_size) return WireFault::truncated;
    if ((std::to_integer<std::uint8_t>(bytes[0]) & response_bit) == 0) return WireFault::not_a_response;
    return WireFault::none;
}

}  // namespace

Parsed<EnvelopeHeader> parse_header(BytesView bytes, ProtocolVersion version,
                                    std::uint32_t max_body) noexcept {
    if (const WireFault fault = check_start(bytes); fault != WireFault::none)
        return WireError{fault, envelope_header};
    if (bytes[0] != std::byte(response_bit | static_cast<std::uint8_t>(version)))
        return WireError{WireFault::wrong_version, envelope_header};
    return read_header(bytes, max_body);
}

Parsed<EnvelopeHeader> parse_handshake_header(BytesView bytes, std::uint32_t max_body) noexcept {
    if (const WireFault fault = check_start(bytes); fault != WireFault::none)
        return WireError{fault, envelope_header};
    const auto version = std::to_integer<unsigned>(bytes[0]) & 0x7FU;
    if (version < oldest_handshake_version || version > newest_handshake_version)
        return WireError{WireFault::wrong_version, envelope_header};
    return read_header(bytes, max_body);
}

}  // namespace coodie::native
