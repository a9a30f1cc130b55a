// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace coodie::native {

/// STARTUP (v5 specification, section 4.1.1): the first message, save for OPTIONS.
struct StartupRequest {
    /// CQL_VERSION is mandatory ("3.0.0"); COMPRESSION, DRIVER_NAME, DRIVER_VERSION, THROW_ON_OVERLOAD, ...
    std::span<const std::pair<std::string_view, std::string_view>> options;
};

/// Appends the whole envelope. @returns false, and appends nothing, when a string or the list is longer than
/// 65535.
[[nodiscard]] bool append_startup(Bytes& out, ProtocolVersion version, std::int16_t stream,
                                  const StartupRequest& request);

}  // namespace coodie::native
