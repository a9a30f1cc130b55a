// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/counter.hpp>

#include "types/scan.hpp"

namespace coodie {

std::optional<counter> counter::parse(std::string_view text) {
    const auto value = parse_integer<std::int64_t>(text);
    return value ? std::optional(counter(*value)) : std::nullopt;
}

}  // namespace coodie
