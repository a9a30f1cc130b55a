// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/prepare.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

namespace coodie::native {
namespace {

/// v5: a keyspace follows.
constexpr std::int32_t keyspace_flag = 0x01;

}  // namespace

bool append_prepare(Bytes& out, ProtocolVersion version, std::int16_t stream, const PrepareRequest& request) {
    if (request.keyspace.size() > max_short || !fits_custom_payload(request.custom_payload)) return false;
    const bool has_flags = version == ProtocolVersion::v5;
    const bool has_keyspace = has_flags && !request.keyspace.empty();
    const std::size_t size = custom_payload_size(request.custom_payload) + long_string_size(request.query) +
                             (has_flags ? 4 : 0) + (has_keyspace ? string_size(request.keyspace) : 0);
    if (size > max_body_size) return false;

    WireWriter writer = begin_envelope(out, version, request_flags(request.tracing, request.custom_payload),
                                       stream, Opcode::prepare, size);
    write_custom_payload(writer, request.custom_payload);
    writer.write_long_string(request.query);
    if (has_flags) writer.write_int(has_keyspace ? keyspace_flag : 0);
    if (has_keyspace) writer.write_string(request.keyspace);
    return true;
}

}  // namespace coodie::native
