// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coodie {

/// Where recursion over a type ends, as DataType::parse does.
inline constexpr int deepest_nesting = 64;

}  // namespace coodie
