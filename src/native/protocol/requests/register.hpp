// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>

namespace coodie::native {

/// REGISTER (v5 specification, section 4.1.8).
struct RegisterRequest {
    bool topology_change = true;
    bool status_change = true;
    bool schema_change = true;
};

/// Appends the whole envelope.
void append_register(Bytes& out, ProtocolVersion version, std::int16_t stream,
                     const RegisterRequest& request);

}  // namespace coodie::native
