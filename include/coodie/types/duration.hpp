// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `duration`: months, days and nanoseconds apart, since neither months nor days have one length. All of
/// one sign (semantics rule 5). Has no order.
class duration {
public:
    constexpr duration() = default;
    /// Throws ValidationError when the signs differ.
    duration(std::int32_t months, std::int32_t days, std::int64_t nanoseconds);

    /// "1y2mo3d4h5m6s7ms8us9ns" (units in that order, with w for weeks; "-" before it), or ISO 8601:
    /// "P1Y2M3DT4H5M6S", "P3W", "P0001-02-03T04:05:06".
    static std::optional<duration> parse(std::string_view text);
    /// The first of these forms; "0ns" for nothing.
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] constexpr std::int32_t months() const noexcept { return months_; }
    [[nodiscard]] constexpr std::int32_t days() const noexcept { return days_; }
    [[nodiscard]] constexpr std::int64_t nanoseconds() const noexcept { return nanoseconds_; }

    /// Whether the three may be one duration.
    [[nodiscard]] static constexpr bool is_valid(std::int32_t months, std::int32_t days,
                                                 std::int64_t nanoseconds) noexcept {
        return (months >= 0 && days >= 0 && nanoseconds >= 0) ||
               (months <= 0 && days <= 0 && nanoseconds <= 0);
    }

    friend constexpr bool operator==(const duration&, const duration&) = default;

private:
    std::int32_t months_ = 0;
    std::int32_t days_ = 0;
    std::int64_t nanoseconds_ = 0;
};

}  // namespace coodie
