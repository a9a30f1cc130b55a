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

/// CQL `date`: days since 1970-01-01 as int32 (about the years -5877641..5881580), without time and zone.
/// 1970-01-01 to begin with.
class date {
public:
    constexpr date() = default;
    constexpr explicit date(std::int32_t days_since_1970) noexcept : days_(days_since_1970) {}
    /// Throws ValidationError when the day is beyond int32.
    explicit date(std::chrono::sys_days day);
    /// Throws ValidationError when there is no such day.
    explicit date(std::chrono::year_month_day day);

    /// Today in UTC.
    static date today() noexcept;
    /// "2011-02-03", years beyond four digits with a sign ("+12345-01-01"); or Cassandra's raw form, an
    /// integer of days with 1970-01-01 at 2147483648.
    static std::optional<date> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] constexpr std::int32_t days() const noexcept { return days_; }
    explicit operator std::chrono::sys_days() const noexcept {
        return std::chrono::sys_days(std::chrono::days(days_));
    }
    /// Throws ValidationError outside the years -32767..32767, which std::chrono::year holds.
    explicit operator std::chrono::year_month_day() const;

    friend constexpr bool operator==(date, date) = default;
    friend constexpr std::strong_ordering operator<=>(date, date) = default;

private:
    std::int32_t days_ = 0;
};

}  // namespace coodie

template <>
struct std::hash<coodie::date> {
    std::size_t operator()(coodie::date value) const noexcept {
        return static_cast<std::uint32_t>(value.days());
    }
};
