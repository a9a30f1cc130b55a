// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>

#include <string>
#include <vector>

namespace coodie {

/// The bound values as CQL literals, "unset", or hexadecimal content where the text does not know the type;
/// the last one is "(malformed)" when the buffer is.
[[nodiscard]] std::vector<std::string> readable_values(const Statement& statement);

}  // namespace coodie
