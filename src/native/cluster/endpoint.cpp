// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/endpoint.hpp"

namespace coodie::native {

std::string to_string(const Endpoint& endpoint) {
    const std::string text = endpoint.address.to_string();
    return (endpoint.address.is_v6() ? '[' + text + ']' : text) + ':' + std::to_string(endpoint.port);
}

}  // namespace coodie::native
