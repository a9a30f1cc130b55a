// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace coodie::native {

/// Why bytes from the other side are refused.
enum class WireFault : std::uint8_t {
    none,
    truncated,        ///< a field or a list reaches beyond the end of the message
    negative_count,   ///< a count or a length that must not be negative is
    too_large,        ///< a length above the configured or the protocol's limit
    too_deep,         ///< types nested more than 32 levels
    not_a_response,   ///< the direction bit says that this is a request
    wrong_version,    ///< not the version that was negotiated
    unknown_opcode,   ///< an opcode that is no response
    unknown_kind,     ///< a kind of result, or a type, that the protocol does not know
    malformed,        ///< a field has a value that it cannot have
    bad_header_crc,   ///< v5: the checksum of a segment's header does not match
    bad_payload_crc,  ///< v5: the checksum of a segment's payload does not match
    bad_compression,  ///< LZ4 cannot read it, or it has another length than announced
};

/// The reason, and in which part of which message. Bytes that are refused end the connection: nobody can tell
/// where the next message starts, or whose it is.
struct WireError {
    WireFault fault = WireFault::none;
    /// A constant, e.g. "RESULT rows".
    std::string_view where{};

    friend bool operator==(const WireError&, const WireError&) = default;
};

/// A thing read, or why it could not be read.
template <class T>
using Parsed = std::variant<T, WireError>;

/// "truncated message", ...
[[nodiscard]] std::string_view to_string(WireFault fault) noexcept;

/// ErrorKind::connection: "127.0.0.1:9042 sent bytes that are not CQL native protocol (RESULT rows: truncated
/// message)...".
/// @param peer host and port.
[[nodiscard]] Error to_error(const WireError& error, std::string_view peer);

}  // namespace coodie::native
