// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/uuid.hpp>

#include <sys/random.h>

#include <cerrno>
#include <system_error>

#include "types/random.hpp"
#include "types/scan.hpp"

namespace coodie {

void fill_random(void* to, std::size_t size) {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
        const ssize_t got = ::getrandom(at, size, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom gives no random bytes");
        }
        at += got;
        size -= static_cast<std::size_t>(got);
    }
}

uuid uuid::random() {
    std::uint64_t bits[2];
    fill_random(bits, sizeof bits);
    return {(bits[0] & 0xffffffffffff0fffU) | 0x4000U, (bits[1] & 0x3fffffffffffffffU) | 0x8000000000000000U};
}

std::optional<uuid> uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    std::uint64_t halves[2]{};
    std::size_t digit = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int value = hex_value(text[i]);
        if (value < 0) return std::nullopt;
        std::uint64_t& half = halves[digit++ / 16];
        half = half << 4U | static_cast<std::uint64_t>(value);
    }
    return uuid(halves[0], halves[1]);
}

std::string uuid::to_string() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (unsigned i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) ++at;
        const std::uint64_t half = i < 16 ? most_ : least_;
        text[at++] = digits[half >> (60 - 4 * (i % 16)) & 0xfU];
    }
    return text;
}

}  // namespace coodie
