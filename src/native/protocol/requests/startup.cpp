// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/startup.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

namespace coodie::native {

bool append_startup(Bytes& out, ProtocolVersion version, std::int16_t stream, const StartupRequest& request) {
    if (request.options.size() > max_short) return false;
    std::size_t size = 2;
    for (const auto& [name, value] : request.options) {
        if (name.size() > max_short || value.size() > max_short) return false;
        size += string_size(name) + string_size(value);
    }
    if (size > max_body_size) return false;

    WireWriter writer = begin_envelope(out, version, 0, stream, Opcode::startup, size);
    writer.write_short(static_cast<std::uint16_t>(request.options.size()));
    for (const auto& [name, value] : request.options) {
        writer.write_string(name);
        writer.write_string(value);
    }
    return true;
}

}  // namespace coodie::native
