// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/inet.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace coodie::native {

/// Where a node listens for CQL.
struct Endpoint {
    inet address;
    std::uint16_t port = 9042;

    /// "10.0.0.1:9042", "[2001:db8::1]:9042".
    [[nodiscard]] std::string to_string() const;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct EndpointHash {
    std::size_t operator()(const Endpoint& endpoint) const noexcept {
        return std::hash<inet>()(endpoint.address) * 31 + endpoint.port;
    }
};

}  // namespace coodie::native
