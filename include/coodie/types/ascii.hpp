// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace coodie {

/// CQL `ascii`: text of bytes 0..127. Bytes above are refused (ValidationError) when the value is written.
class ascii {
public:
    ascii() = default;
    ascii(std::string text) : text_(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    ascii(std::string_view text) : text_(text) {}        // NOLINT(google-explicit-constructor)
    ascii(const char* text) : text_(text) {}             // NOLINT(google-explicit-constructor)

    /// nullopt when a byte is above 127.
    static std::optional<ascii> parse(std::string_view text);
    [[nodiscard]] const std::string& to_string() const noexcept { return text_; }
    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] std::string& str() noexcept { return text_; }
    operator std::string_view() const noexcept { return text_; }  // NOLINT(google-explicit-constructor)

    friend bool operator==(const ascii&, const ascii&) = default;
    friend std::strong_ordering operator<=>(const ascii&, const ascii&) = default;

private:
    std::string text_;
};

}  // namespace coodie

template <>
struct std::hash<coodie::ascii> {
    std::size_t operator()(const coodie::ascii& value) const noexcept {
        return std::hash<std::string>()(value.str());
    }
};
