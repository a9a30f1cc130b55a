// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/crc32c.hpp"

#include <array>
#include <cstring>

namespace coodie::embedded::storage {

namespace {

constexpr std::uint32_t polynomial = 0x82F6'3B78;  // reflected

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? value >> 1U ^ polynomial : value >> 1U;
        table[i] = value;
    }
    return table;
}

constexpr auto table = make_table();

std::uint32_t by_table(std::uint32_t crc, std::string_view bytes) noexcept {
    for (const char c : bytes) crc = crc >> 8U ^ table[(crc ^ static_cast<std::uint8_t>(c)) & 0xFFU];
    return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t by_instruction(std::uint32_t crc,
                                                               std::string_view bytes) noexcept {
    std::uint64_t wide = crc;
    while (bytes.size() >= sizeof wide) {
        std::uint64_t chunk = 0;
        std::memcpy(&chunk, bytes.data(), sizeof chunk);
        wide = __builtin_ia32_crc32di(wide, chunk);
        bytes.remove_prefix(sizeof chunk);
    }
    auto narrow = static_cast<std::uint32_t>(wide);
    for (const char c : bytes) narrow = __builtin_ia32_crc32qi(narrow, static_cast<unsigned char>(c));
    return narrow;
}
#endif

}  // namespace

std::uint32_t crc32c(std::uint32_t before, std::string_view bytes) noexcept {
#if defined(__x86_64__)
    static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    if (has_instruction) return ~by_instruction(~before, bytes);
#endif
    return ~by_table(~before, bytes);
}

}  // namespace coodie::embedded::storage
