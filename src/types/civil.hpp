// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace coodie {

/// A day of the proleptic Gregorian calendar with a year of 64 bits: std::chrono's has 16, CQL's date
/// needs 24.
struct Civil {
    std::int64_t year;
    unsigned month;  ///< 1..12
    unsigned day;    ///< 1..31
};

constexpr bool is_leap(std::int64_t year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr unsigned days_in_month(std::int64_t year, std::int64_t month) noexcept {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr bool is_day(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

/// Days since 1970-01-01. Years count from March here, so that the leap day is a year's last.
constexpr std::int64_t days_from_civil(Civil c) noexcept {
    const std::int64_t year = c.month > 2 ? c.year : c.year - 1;
    const std::int64_t month = c.month > 2 ? c.month - 3 : c.month + 9;
    const std::int64_t day_of_year = (153 * month + 2) / 5 + c.day - 1;
    return year * 365 + floor_div(year, 4) - floor_div(year, 100) + floor_div(year, 400) + day_of_year -
           719468;
}

constexpr Civil civil_from_days(std::int64_t days) noexcept {
    // The estimate may be one year too high or low; the loops put it right.
    const std::int64_t shifted = days + 719468;  // since 0000-03-01
    std::int64_t year = floor_div(shifted * 400, 146097);
    const auto first = [](std::int64_t y) {
        return y * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400);
    };
    while (first(year) > shifted) --year;
    while (first(year + 1) <= shifted) ++year;
    const std::int64_t day_of_year = shifted - first(year);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const auto day = static_cast<unsigned>(day_of_year - (153 * month + 2) / 5 + 1);
    if (month < 10) return {year, static_cast<unsigned>(month + 3), day};
    return {year + 1, static_cast<unsigned>(month - 9), day};
}

/// The number with zeros before it, `width` digits at least.
inline std::string padded(std::uint64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace coodie
