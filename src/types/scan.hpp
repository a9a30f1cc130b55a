// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace coodie {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The value of a hexadecimal digit, -1 for another character.
constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The whole text as a decimal integer: an optional minus sign (signed types only), digits, nothing else.
template <std::integral I>
[[nodiscard]] std::optional<I> parse_integer(std::string_view text) noexcept {
    I value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Takes pieces off the front of a text.
class Scanner {
public:
    explicit constexpr Scanner(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] constexpr bool done() const noexcept { return rest_.empty(); }
    [[nodiscard]] constexpr std::string_view rest() const noexcept { return rest_; }
    [[nodiscard]] constexpr char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

    constexpr bool take(char c) noexcept {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    constexpr bool take(std::string_view word) noexcept {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    /// All digits that come now.
    constexpr std::string_view take_digits() noexcept {
        std::size_t count = 0;
        while (count < rest_.size() && is_digit(rest_[count])) ++count;
        const std::string_view digits = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return digits;
    }
    /// A number of `least` to `most` digits (at most 18); false when there are fewer or more.
    constexpr bool take_number(std::size_t least, std::size_t most, std::int64_t& value) noexcept {
        const std::string_view digits = take_digits();
        if (digits.size() < least || digits.size() > most) return false;
        value = 0;
        for (const char c : digits) value = value * 10 + (c - '0');
        return true;
    }

private:
    std::string_view rest_;
};

}  // namespace coodie
