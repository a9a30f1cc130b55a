// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/endpoint.hpp"

namespace coodie::native {

/// The address and port that a connected socket reaches; zeros when it is not connected any more.
[[nodiscard]] Endpoint peer_endpoint(int socket) noexcept;

}  // namespace coodie::native
