// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coodie::embedded::storage {

/// CRC-32C (Castagnoli) of `bytes` behind what gave `before`; 0 to start with.
std::uint32_t crc32c(std::uint32_t before, std::string_view bytes) noexcept;

}  // namespace coodie::embedded::storage
