// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/text.hpp>
#include <coodie/codec/wire.hpp>

namespace coodie {

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

/// All bits of 32 bytes.
std::uint64_t four_words(const char* at) noexcept {
    return word(at) | word(at + 8) | word(at + 16) | word(at + 24);
}

/// The first byte above 0x7f, or `end`: 32 bytes at a time, then 8, then one.
const char* skip_ascii(const char* at, const char* end) noexcept {
    while (end - at >= 32 && (four_words(at) & high_bits) == 0) at += 32;
    while (end - at >= 8 && (word(at) & high_bits) == 0) at += 8;
    while (at != end && static_cast<unsigned char>(*at) < 0x80) ++at;
    return at;
}

/// All bits of a text of 4 to 32 bytes: words that overlap, so that any size takes a few looks.
inline std::uint64_t short_text(const char* at, const char* end) noexcept {
    if (end - at < 8) return half_word(at) | half_word(end - 4);
    const std::uint64_t outer = word(at) | word(end - 8);
    return end - at <= 16 ? outer : outer | word(at + 8) | word(end - 16);
}

/// Whether there is no byte above 0x7f. Most texts of rows are short and ASCII.
bool all_ascii(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (text.size() < 4) return skip_ascii(at, end) == end;
    if (text.size() <= 32) return (short_text(at, end) & high_bits) == 0;
    std::uint64_t seen = four_words(end - 32);
    for (; end - at > 32; at += 32) seen |= four_words(at);
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

bool well_formed(std::string_view text) noexcept {
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

[[gnu::noinline]] bool valid_in_general(std::string_view text) noexcept {
    return (text.size() <= most_in_words && all_ascii(text)) || well_formed(text);
}

/// Inline for the texts that are short and ASCII.
inline bool valid(std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    if (text.size() - 4 <= 28 && (short_text(text.data(), end) & high_bits) == 0) return true;
    return valid_in_general(text);
}

}  // namespace

bool wire::is_ascii(std::string_view text) noexcept { return all_ascii(text); }
bool wire::is_utf8(std::string_view text) noexcept { return valid(text); }

void Codec<std::string>::decode(BytesView content, std::string& value) {
    const std::string_view text = wire::as_text(content);
    if (!valid(text)) wire::refuse_utf8(text);
    value.assign(text);
}

}  // namespace coodie
