// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>

namespace coodie::native {

/// OPTIONS (v5 specification, section 4.1.3): asks for SUPPORTED; also the heartbeat. Appends the whole
/// envelope.
void append_options(Bytes& out, ProtocolVersion version, std::int16_t stream);

}  // namespace coodie::native
