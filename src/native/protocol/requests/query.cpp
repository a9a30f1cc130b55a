// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/query.hpp"

#include "native/protocol/requests/envelope_builder.hpp"
#include "native/protocol/requests/query_parameters_writer.hpp"

namespace coodie::native {

bool append_query(Bytes& out, ProtocolVersion version, std::int16_t stream, const QueryRequest& request) {
    if (request.parameters.keyspace.size() > max_short || !fits_custom_payload(request.custom_payload))
        return false;
    const std::uint32_t flags = query_flags(request.parameters, version);
    const std::size_t size = custom_payload_size(request.custom_payload) + long_string_size(request.query) +
                             query_parameters_size(request.parameters, flags, version);
    if (size > max_body_size) return false;

    WireWriter writer = begin_envelope(out, version, request_flags(request.tracing, request.custom_payload),
                                       stream, Opcode::query, size);
    write_custom_payload(writer, request.custom_payload);
    writer.write_long_string(request.query);
    write_query_parameters(writer, request.parameters, flags, version);
    return true;
}

}  // namespace coodie::native
