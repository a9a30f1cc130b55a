// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/options.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

namespace coodie::native {

void append_options(Bytes& out, ProtocolVersion version, std::int16_t stream) {
    begin_envelope(out, version, 0, stream, Opcode::options, 0);
}

}  // namespace coodie::native
