// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/execute.hpp"

#include "native/protocol/requests/envelope_builder.hpp"
#include "native/protocol/requests/query_parameters_writer.hpp"

namespace coodie::native {

bool append_execute(Bytes& out, ProtocolVersion version, std::int16_t stream, const ExecuteRequest& request) {
    const bool sends_metadata_id = version == ProtocolVersion::v5;
    if (request.id.size() > max_short || request.result_metadata_id.size() > max_short ||
        request.parameters.keyspace.size() > max_short || !fits_custom_payload(request.custom_payload))
        return false;
    const std::uint32_t flags = query_flags(request.parameters, version);
    std::size_t size = custom_payload_size(request.custom_payload) + short_bytes_size(request.id) +
                       query_parameters_size(request.parameters, flags, version);
    if (sends_metadata_id) size += short_bytes_size(request.result_metadata_id);
    if (size > max_body_size) return false;

    WireWriter writer = begin_envelope(out, version, request_flags(request.tracing, request.custom_payload),
                                       stream, Opcode::execute, size);
    write_custom_payload(writer, request.custom_payload);
    writer.write_short_bytes(request.id);
    if (sends_metadata_id) writer.write_short_bytes(request.result_metadata_id);
    write_query_parameters(writer, request.parameters, flags, version);
    return true;
}

}  // namespace coodie::native
