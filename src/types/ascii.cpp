// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/ascii.hpp>

#include <algorithm>

namespace coodie {

std::optional<ascii> ascii::parse(std::string_view text) {
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 127; }))
        return std::nullopt;
    return ascii(text);
}

}  // namespace coodie
