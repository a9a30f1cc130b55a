// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/inet.hpp>

#include <cstdint>

namespace coodie::native {

/// The protocol's [inet]: where a node listens.
struct Endpoint {
    inet address;
    std::uint16_t port = 0;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

}  // namespace coodie::native
