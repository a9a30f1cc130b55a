// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>

namespace coodie::native {

/// The CRC of a v5 segment's header: initial value 0x875060, polynomial 0x1974F0B, most significant bit
/// first, no final inversion (v5 specification, section 2.1). 24 bits.
[[nodiscard]] std::uint32_t crc24(BytesView bytes) noexcept;

}  // namespace coodie::native
