// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/supported.hpp"

#include <algorithm>

namespace coodie::native {

const std::vector<std::string>* SupportedResponse::option(std::string_view name) const noexcept {
    for (const auto& [key, values] : options)
        if (key == name) return &values;
    return nullptr;
}

bool SupportedResponse::offers(std::string_view name, std::string_view value) const noexcept {
    const auto* const values = option(name);
    return values != nullptr && std::find(values->begin(), values->end(), value) != values->end();
}

}  // namespace coodie::native
