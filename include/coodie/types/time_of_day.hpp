// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `time`: nanoseconds since midnight, 0..86399999999999 (semantics rule 5). Midnight to begin with.
class time_of_day {
public:
    static constexpr std::int64_t max_nanoseconds = 86'399'999'999'999;

    constexpr time_of_day() = default;
    /// Throws ValidationError outside 0..86399999999999 ns.
    explicit time_of_day(std::chrono::nanoseconds since_midnight);

    /// "04:05:06" with up to nine digits of fraction, or the integer number of nanoseconds.
    static std::optional<time_of_day> parse(std::string_view text);
    /// "04:05:06.123456789", always nine digits.
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] constexpr std::chrono::nanoseconds since_midnight() const noexcept {
        return std::chrono::nanoseconds(nanoseconds_);
    }
    [[nodiscard]] constexpr std::int64_t nanoseconds() const noexcept { return nanoseconds_; }

    friend constexpr bool operator==(time_of_day, time_of_day) = default;
    friend constexpr std::strong_ordering operator<=>(time_of_day, time_of_day) = default;

private:
    std::int64_t nanoseconds_ = 0;
};

}  // namespace coodie

template <>
struct std::hash<coodie::time_of_day> {
    std::size_t operator()(coodie::time_of_day value) const noexcept {
        return static_cast<std::size_t>(value.nanoseconds());
    }
};
