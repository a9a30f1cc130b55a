// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/envelope.hpp"
#include "native/protocol/requests/custom_payload.hpp"
#include "native/protocol/version.hpp"
#include "native/protocol/wire_writer.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coodie::native {

/// How long a [string] and [short bytes] may be, and how many things a [short] counts.
inline constexpr std::size_t max_short = 65535;

/// Makes room for a whole envelope at the end of `out` at once, and writes its header.
/// @returns where the body starts; exactly `body_size` bytes must be written.
inline WireWriter begin_envelope(Bytes& out, ProtocolVersion version, std::uint8_t flags, std::int16_t stream,
                                 Opcode opcode, std::size_t body_size) {
    const std::size_t start = out.size();
    out.resize(start + envelope_header_size + body_size);
    WireWriter writer(out.data() + start);
    writer.write_byte(static_cast<std::uint8_t>(version));
    writer.write_byte(flags);
    writer.write_short(static_cast<std::uint16_t>(stream));
    writer.write_byte(static_cast<std::uint8_t>(opcode));
    writer.write_int(static_cast<std::int32_t>(body_size));
    return writer;
}

[[nodiscard]] inline std::uint8_t request_flags(bool tracing, CustomPayload payload) noexcept {
    return static_cast<std::uint8_t>((tracing ? envelope_flag::tracing : 0U) |
                                     (payload.empty() ? 0U : envelope_flag::custom_payload));
}

[[nodiscard]] constexpr std::size_t string_size(std::string_view text) noexcept { return 2 + text.size(); }
[[nodiscard]] constexpr std::size_t long_string_size(std::string_view text) noexcept {
    return 4 + text.size();
}
[[nodiscard]] constexpr std::size_t short_bytes_size(BytesView bytes) noexcept { return 2 + bytes.size(); }
[[nodiscard]] constexpr std::size_t bytes_size(BytesView bytes) noexcept { return 4 + bytes.size(); }

namespace detail {
[[nodiscard]] std::size_t some_payload_size(CustomPayload payload) noexcept;
[[nodiscard]] bool fits_some_payload(CustomPayload payload) noexcept;
void write_some_payload(WireWriter& writer, CustomPayload payload) noexcept;
}  // namespace detail

/// 0 when there is none: it is left out then.
[[nodiscard]] inline std::size_t custom_payload_size(CustomPayload payload) noexcept {
    return payload.empty() ? 0 : detail::some_payload_size(payload);
}
[[nodiscard]] inline bool fits_custom_payload(CustomPayload payload) noexcept {
    return payload.empty() || detail::fits_some_payload(payload);
}
inline void write_custom_payload(WireWriter& writer, CustomPayload payload) noexcept {
    if (!payload.empty()) detail::write_some_payload(writer, payload);
}

}  // namespace coodie::native
