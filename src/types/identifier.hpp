// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coodie {

constexpr bool is_identifier_char(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The name of a type or field as Cassandra prints it: as it is when it is all lower case and no built-in
/// type's name (which would change its meaning), else in double quotes.
[[nodiscard]] std::string quoted_if_needed(std::string_view name);

}  // namespace coodie
