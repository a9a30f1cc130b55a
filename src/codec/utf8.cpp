// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/wire.hpp>

namespace coodie::wire {

namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080U;

/// A longer text is not looked at twice when it is not ASCII.
constexpr std::size_t most_in_words = 256;

std::uint64_t word(const char* at) noexcept {
    std::uint64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::uint32_t half_word(const char* at) noexcept {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    return value;
}

/// The first byte above 0x7f, or `end`: 32 bytes at a time, then 8, then one.
const char* skip_ascii(const char* at, const char* end) noexcept {
    while (end - at >= 32 && ((word(at) | word(at + 8) | word(at + 16) | word(at + 24)) & high_bits) == 0)
        at += 32;
    while (end - at >= 8 && (word(at) & high_bits) == 0) at += 8;
    while (at != end && static_cast<unsigned char>(*at) < 0x80) ++at;
    return at;
}

/// Whether there is no byte above 0x7f. A few looks at words that overlap, whatever the size: most texts of
/// rows are short and ASCII.
bool all_ascii(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (text.size() < 4) return skip_ascii(at, end) == end;
    if (text.size() < 8) return ((half_word(at) | half_word(end - 4)) & high_bits) == 0;
    std::uint64_t seen = word(end - 8);
    for (; end - at > 32; at += 32) seen |= word(at) | word(at + 8) | word(at + 16) | word(at + 24);
    for (; end - at > 8; at += 8) seen |= word(at);
    return (seen & high_bits) == 0;
}

/// Length of the well-formed sequence at `at`, whose first byte is above 0x7f; 0 when there is none
/// (Unicode standard, table 3-7).
std::ptrdiff_t sequence_length(const char* at, const char* end) noexcept {
    const auto byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
    const auto tail = [&](std::ptrdiff_t i) { return (byte(i) & 0xc0U) == 0x80; };
    const unsigned char lead = byte(0);
    if (lead < 0xc2 || lead > 0xf4) return 0;
    if (lead < 0xe0) return end - at >= 2 && tail(1) ? 2 : 0;
    if (lead < 0xf0) {
        if (end - at < 3 || !tail(1) || !tail(2)) return 0;
        if (lead == 0xe0 && byte(1) < 0xa0) return 0;
        if (lead == 0xed && byte(1) > 0x9f) return 0;
        return 3;
    }
    if (end - at < 4 || !tail(1) || !tail(2) || !tail(3)) return 0;
    if (lead == 0xf0 && byte(1) < 0x90) return 0;
    if (lead == 0xf4 && byte(1) > 0x8f) return 0;
    return 4;
}

}  // namespace

bool is_ascii(std::string_view text) noexcept { return all_ascii(text); }

bool is_utf8(std::string_view text) noexcept {
    if (text.size() <= most_in_words && all_ascii(text)) return true;
    const char* at = text.data();
    const char* const end = at + text.size();
    while ((at = skip_ascii(at, end)) != end) {
        // Text in one script stays above 0x7f for long: no look at eight bytes for each character.
        while (at != end && static_cast<unsigned char>(*at) >= 0x80) {
            const std::ptrdiff_t length = sequence_length(at, end);
            if (length == 0) return false;
            at += length;
        }
    }
    return true;
}

}  // namespace coodie::wire
