// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/wire_error.hpp"

#include <string>

namespace coodie::native {

std::string_view to_string(WireFault fault) noexcept {
    switch (fault) {
        case WireFault::none: return "no fault";
        case WireFault::truncated: return "a field reaches beyond the end of the message";
        case WireFault::negative_count: return "a negative length or count";
        case WireFault::too_large: return "a length above the limit";
        case WireFault::too_deep: return "types nested more than 32 levels";
        case WireFault::not_a_response: return "a request where a response is due";
        case WireFault::wrong_version: return "another protocol version than the one agreed on";
        case WireFault::unknown_opcode: return "an opcode that is no response";
        case WireFault::unknown_kind: return "a kind that the protocol does not know";
        case WireFault::malformed: return "a field with an impossible value";
        case WireFault::bad_header_crc: return "a segment header with a wrong checksum";
        case WireFault::bad_payload_crc: return "a segment payload with a wrong checksum";
        case WireFault::bad_compression: return "compressed bytes that cannot be read";
    }
    return "an unknown fault";
}

Error to_error(const WireError& error, std::string_view peer) {
    std::string message(peer);
    message.append(" sent bytes that are not CQL native protocol (").append(error.where).append(": ");
    message.append(to_string(error.fault));
    message.append(
        "); the connection is closed. Check that host and port are those of Cassandra's or ScyllaDB's ");
    message.append("native transport (9042 by default), and whether it wants TLS");
    return {ErrorKind::connection, std::move(message)};
}

}  // namespace coodie::native
