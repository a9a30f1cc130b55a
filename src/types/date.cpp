// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/date.hpp>
#include <coodie/types/error.hpp>

#include <limits>

#include "types/civil.hpp"
#include "types/scan.hpp"

namespace coodie {

namespace {

constexpr std::int64_t least_days = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t most_days = std::numeric_limits<std::int32_t>::max();

std::int32_t checked(std::int64_t days) {
    if (days < least_days || days > most_days)
        throw ValidationError("day " + std::to_string(days) +
                              " does not fit date (-2147483648..2147483647 since 1970)");
    return static_cast<std::int32_t>(days);
}

std::int64_t checked_civil(std::chrono::year_month_day day) {
    if (!day.ok()) throw ValidationError("there is no such day in the calendar");
    return days_from_civil(
        {static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())});
}

}  // namespace

date::date(std::chrono::sys_days day) : days_(checked(day.time_since_epoch().count())) {}
date::date(std::chrono::year_month_day day) : days_(checked(checked_civil(day))) {}

date date::today() noexcept {
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return date(static_cast<std::int32_t>(days.time_since_epoch().count()));
}

std::optional<date> date::parse(std::string_view text) {
    if (const auto raw = parse_integer<std::uint32_t>(text))
        return date(static_cast<std::int32_t>(*raw ^ 0x80000000U));
    Scanner in(text);
    const bool negative = in.take('-');
    const bool signed_year = negative || in.take('+');
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    // ISO 8601: four digits, more only after a sign.
    if (!in.take_number(4, signed_year ? 9 : 4, year) || !in.take('-') || !in.take_number(2, 2, month) ||
        !in.take('-') || !in.take_number(2, 2, day) || !in.done())
        return std::nullopt;
    if (negative) year = -year;
    if (!is_day(year, month, day)) return std::nullopt;
    const std::int64_t days =
        days_from_civil({year, static_cast<unsigned>(month), static_cast<unsigned>(day)});
    if (days < least_days || days > most_days) return std::nullopt;
    return date(static_cast<std::int32_t>(days));
}

std::string date::to_string() const {
    const Civil day = civil_from_days(days_);
    const std::uint64_t year = static_cast<std::uint64_t>(day.year < 0 ? -day.year : day.year);
    std::string text = day.year < 0 ? "-" : day.year > 9999 ? "+" : "";
    return text + padded(year, 4) + '-' + padded(day.month, 2) + '-' + padded(day.day, 2);
}

date::operator std::chrono::year_month_day() const {
    const Civil day = civil_from_days(days_);
    if (day.year < static_cast<int>(std::chrono::year::min()) ||
        day.year > static_cast<int>(std::chrono::year::max()))
        throw ValidationError("the year of date " + to_string() +
                              " does not fit std::chrono::year (-32767..32767); use days()");
    return std::chrono::year(static_cast<int>(day.year)) / std::chrono::month(day.month) /
           std::chrono::day(day.day);
}

}  // namespace coodie
