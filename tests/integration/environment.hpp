// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

namespace integration {

/// The environment's variable; `otherwise` when it is not set, or empty.
[[nodiscard]] inline std::string environment(const char* name, const std::string& otherwise = {}) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace integration
