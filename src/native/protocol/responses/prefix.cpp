// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/prefix.hpp"

#include "native/protocol/envelope.hpp"

namespace coodie::native {

ResponsePrefix read_prefix(WireReader& reader, std::uint8_t flags) {
    ResponsePrefix prefix;
    if ((flags & envelope_flag::tracing) != 0) prefix.tracing_id = reader.read_uuid();
    if ((flags & envelope_flag::warning) != 0) prefix.warnings = reader.read_string_list();
    if ((flags & envelope_flag::custom_payload) != 0) prefix.custom_payload = reader.read_bytes_map();
    return prefix;
}

}  // namespace coodie::native
