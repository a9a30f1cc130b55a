// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/endpoint.hpp"

namespace coodie::native {

std::string Endpoint::to_string() const {
    const std::string text = address.to_string();
    return (address.is_v6() ? '[' + text + ']' : text) + ':' + std::to_string(port);
}

}  // namespace coodie::native
