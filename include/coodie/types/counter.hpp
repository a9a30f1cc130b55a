// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `counter`: a 64-bit number that the database adds to. A missing one reads as 0. Converts from and to
/// std::int64_t, and compares as one.
class counter {
public:
    constexpr counter() = default;
    constexpr counter(std::int64_t value) noexcept : value_(value) {}  // NOLINT(google-explicit-constructor)
    constexpr operator std::int64_t() const noexcept {
        return value_;
    }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] constexpr std::int64_t value() const noexcept { return value_; }

    static std::optional<counter> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const { return std::to_string(value_); }

private:
    std::int64_t value_ = 0;
};

}  // namespace coodie
