// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/register.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

#include <array>

namespace coodie::native {

void append_register(Bytes& out, ProtocolVersion version, std::int16_t stream,
                     const RegisterRequest& request) {
    std::array<std::string_view, 3> types;
    std::size_t count = 0;
    if (request.topology_change) types[count++] = "TOPOLOGY_CHANGE";
    if (request.status_change) types[count++] = "STATUS_CHANGE";
    if (request.schema_change) types[count++] = "SCHEMA_CHANGE";
    std::size_t size = 2;
    for (std::size_t i = 0; i < count; ++i) size += string_size(types[i]);

    WireWriter writer = begin_envelope(out, version, 0, stream, Opcode::register_, size);
    writer.write_short(static_cast<std::uint16_t>(count));
    for (std::size_t i = 0; i < count; ++i) writer.write_string(types[i]);
}

}  // namespace coodie::native
