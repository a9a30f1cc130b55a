// SPDX-License-Identifier: Apache-2.0
// With zlib's CRC32 a 360-byte payload takes 1,600 instructions, a fifth of what a whole read should take.
// Where the processor multiplies polynomials (PCLMULQDQ), blocks of 16 bytes are folded into one instead: V.
// Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009. zlib
// does the rest, and all of it elsewhere.
#include "native/protocol/payload_crc.hpp"

#include <zlib.h>

#include <array>
#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace coodie::native {
namespace {

/// zlib takes a null pointer for a wish to start anew.
std::uint32_t continue_crc(std::uint32_t crc, BytesView bytes) noexcept {
    if (bytes.empty()) return crc;
    return static_cast<std::uint32_t>(
        crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// The CRC of the four bytes that the specification puts first.
std::uint32_t start() noexcept {
    static const std::uint32_t crc = [] {
        constexpr std::array seed{std::byte{0xFA}, std::byte{0x2D}, std::byte{0x55}, std::byte{0xCA}};
        return continue_crc(0, seed);
    }();
    return crc;
}

#if defined(__x86_64__)
constexpr std::size_t block = 16;
/// Fewer bytes than this are not worth the reduction at the end.
constexpr std::size_t smallest_folded = 64;

/// x^power modulo the CRC's polynomial, bits reversed and shifted by one, as products of reversed numbers
/// want it.
constexpr std::uint64_t power_of_x(unsigned power) noexcept {
    std::uint64_t remainder = 1;
    for (unsigned i = 0; i < power; ++i) {
        remainder <<= 1U;
        if ((remainder >> 32U & 1U) != 0) remainder ^= 0x104C11DB7U;
    }
    std::uint64_t reversed = 0;
    for (unsigned bit = 0; bit < 32; ++bit) reversed |= (remainder >> bit & 1U) << (31 - bit);
    return reversed << 1U;
}

/// @param bytes whole blocks, at least one.
/// @returns a block whose remainder is that of all of them, with `crc` before them.
__attribute__((target("pclmul,sse2"))) __m128i fold(BytesView bytes, std::uint32_t crc) noexcept {
    const auto load = [&bytes](std::size_t at) __attribute__((target("pclmul,sse2"))) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    };
    // A block's low and high half, 128 bits further on.
    const __m128i shift = _mm_set_epi64x(static_cast<long long>(power_of_x(128 - 32)),
                                         static_cast<long long>(power_of_x(128 + 32)));
    __m128i sum = _mm_xor_si128(load(0), _mm_cvtsi32_si128(static_cast<int>(~crc)));
    for (std::size_t at = block; at < bytes.size(); at += block) {
        const __m128i low = _mm_clmulepi64_si128(sum, shift, 0x00);
        const __m128i high = _mm_clmulepi64_si128(sum, shift, 0x11);
        sum = _mm_xor_si128(_mm_xor_si128(low, high), load(at));
    }
    return sum;
}

std::uint32_t folded_crc(std::uint32_t crc, BytesView bytes) noexcept {
    const std::size_t whole = bytes.size() / block * block;
    std::array<std::byte, block> remainder{};
    _mm_storeu_si128(reinterpret_cast<__m128i*>(remainder.data()), fold(bytes.first(whole), crc));
    // The block stands for everything before it: its CRC from a register of zeros (which zlib takes
    // inverted).
    return continue_crc(continue_crc(~std::uint32_t{0}, remainder), bytes.subspan(whole));
}

bool can_fold() noexcept {
    static const bool can = __builtin_cpu_supports("pclmul") != 0;
    return can;
}
#endif

}  // namespace

std::uint32_t payload_crc(BytesView payload) noexcept {
#if defined(__x86_64__)
    if (payload.size() >= smallest_folded && can_fold()) return folded_crc(start(), payload);
#endif
    return continue_crc(start(), payload);
}

}  // namespace coodie::native
