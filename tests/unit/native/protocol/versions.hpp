// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"

namespace coodie::native::test {

inline constexpr auto v4 = ProtocolVersion::v4;
inline constexpr auto v5 = ProtocolVersion::v5;

}  // namespace coodie::native::test
