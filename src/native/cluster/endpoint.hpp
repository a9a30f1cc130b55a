// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/endpoint.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace coodie::native {

/// "10.0.0.1:9042", "[2001:db8::1]:9042".
[[nodiscard]] std::string to_string(const Endpoint& endpoint);

struct EndpointHash {
    std::size_t operator()(const Endpoint& endpoint) const noexcept {
        return std::hash<inet>()(endpoint.address) * 31 + endpoint.port;
    }
};

}  // namespace coodie::native
