// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace coodie::native {

/// What STARTUP agreed on. v4 compresses bodies, v5 segments.
enum class Compression : std::uint8_t { none, lz4 };

}  // namespace coodie::native
