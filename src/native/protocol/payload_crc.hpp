// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>

namespace coodie::native {

/// The CRC of a v5 segment's payload: CRC32 (IEEE 802.3) of the bytes FA 2D 55 CA and then the payload.
[[nodiscard]] std::uint32_t payload_crc(BytesView payload) noexcept;

}  // namespace coodie::native
