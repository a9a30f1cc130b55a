// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/compression.hpp"
#include "native/protocol/opcode.hpp"
#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <string_view>

namespace coodie::native::test {

inline constexpr ProtocolVersion v4 = ProtocolVersion::v4;
inline constexpr ProtocolVersion v5 = ProtocolVersion::v5;
inline constexpr Compression none = Compression::none;
inline constexpr Compression lz4 = Compression::lz4;

void append(Bytes& to, BytesView bytes);

/// A response as a server sends it: header and body.
Bytes response(std::uint8_t version, Opcode opcode, BytesView body, std::int16_t stream = 0,
               std::uint8_t flags = 0);
Bytes response(ProtocolVersion version, Opcode opcode, BytesView body, std::int16_t stream = 0,
               std::uint8_t flags = 0);
/// The same with its body compressed as v4 does, however small it is.
Bytes compressed_response(std::uint8_t version, Opcode opcode, BytesView body, std::int16_t stream = 0);

/// One v5 segment, written here anew rather than with seal_segments.
Bytes segment(BytesView payload, bool self_contained, Compression compression);

/// `size` bytes: words that LZ4 can compress, or noise that it cannot.
Bytes words(std::size_t size, std::uint32_t seed);
Bytes noise(std::size_t size, std::uint32_t seed);

/// Builds bodies from the protocol's notations.
class Body {
public:
    Body& byte(std::uint8_t value);
    Body& number16(std::uint16_t value);
    Body& number32(std::int32_t value);
    Body& string(std::string_view text);
    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }

private:
    Bytes bytes_;
};

}  // namespace coodie::native::test
