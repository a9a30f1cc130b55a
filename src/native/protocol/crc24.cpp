// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/crc24.hpp"

#include <array>

namespace coodie::native {
namespace {

constexpr std::uint32_t initial = 0x875060;
constexpr std::uint32_t polynomial = 0x1974F0B;

/// What one byte at the top of the register becomes after eight shifts.
constexpr std::array<std::uint32_t, 256> make_table() noexcept {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte << 16U;
        for (int bit = 0; bit < 8; ++bit) {
            crc <<= 1U;
            if ((crc & 0x1000000U) != 0) crc ^= polynomial;
        }
        table[byte] = crc;
    }
    return table;
}
constexpr auto crc_of_byte = make_table();

}  // namespace

std::uint32_t crc24(BytesView bytes) noexcept {
    std::uint32_t crc = initial;
    for (const std::byte byte : bytes)
        crc = (crc << 8U & 0xFFFFFFU) ^
              crc_of_byte[(crc >> 16U ^ std::to_integer<std::uint32_t>(byte)) & 0xFFU];
    return crc;
}

}  // namespace coodie::native
