// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/timestamp.hpp>

#include "types/civil.hpp"
#include "types/scan.hpp"

namespace coodie {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 86'400'000;

bool take_date(Scanner& in, std::int64_t& days) {
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    if (!in.take_number(4, 6, year) || !in.take('-') || !in.take_number(1, 2, month) || !in.take('-') ||
        !in.take_number(1, 2, day) || !is_day(year, month, day))
        return false;
    days = days_from_civil({year, static_cast<unsigned>(month), static_cast<unsigned>(day)});
    return true;
}

/// HH:mm[:ss[.SSS]]
bool take_time(Scanner& in, std::int64_t& milliseconds) {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t fraction = 0;
    if (!in.take_number(1, 2, hour) || !in.take(':') || !in.take_number(1, 2, minute)) return false;
    if (in.take(':') && !in.take_number(1, 2, second)) return false;
    if (in.take('.') && !in.take_number(3, 3, fraction)) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    milliseconds = (hour * 60 + minute) * minute_ms + second * 1000 + fraction;
    return true;
}

/// Nothing, Z, UTC, GMT, +HH, +HHmm or +HH:mm.
bool take_zone(Scanner& in, std::int64_t& offset_minutes) {
    offset_minutes = 0;
    if (in.done()) return true;
    in.take(' ');
    if (in.take('Z') || in.take("UTC") || in.take("GMT")) return true;
    const bool west = in.peek() == '-';
    if (!in.take('-') && !in.take('+')) return false;
    const std::string_view first = in.take_digits();
    std::string_view minutes;
    if (first.size() == 2 && in.take(':')) {
        minutes = in.take_digits();
        if (minutes.size() != 2) return false;
    } else if (first.size() == 4) {
        minutes = first.substr(2);
    } else if (first.size() != 2) {
        return false;
    }
    const auto number = [](std::string_view two) { return (two[0] - '0') * 10 + (two[1] - '0'); };
    const int hour = number(first);
    const int minute = minutes.empty() ? 0 : number(minutes);
    if (hour > 23 || minute > 59) return false;
    offset_minutes = (hour * 60 + minute) * (west ? -1 : 1);
    return true;
}

}  // namespace

timestamp now() noexcept { return to_timestamp(std::chrono::system_clock::now()); }

std::optional<timestamp> parse_timestamp(std::string_view text) {
    if (const auto integer = parse_integer<std::int64_t>(text))
        return timestamp(std::chrono::milliseconds(*integer));
    Scanner in(text);
    std::int64_t days = 0;
    std::int64_t milliseconds = 0;
    std::int64_t offset_minutes = 0;
    if (!take_date(in, days)) return std::nullopt;
    const bool has_time =
        in.take('T') || (in.peek() == ' ' && in.rest().size() > 1 && is_digit(in.rest()[1]));
    if (has_time) {
        in.take(' ');
        if (!take_time(in, milliseconds)) return std::nullopt;
    }
    if (!take_zone(in, offset_minutes) || !in.done()) return std::nullopt;
    return timestamp(std::chrono::milliseconds(days * day_ms + milliseconds - offset_minutes * minute_ms));
}

std::string to_string(timestamp time) {
    const std::int64_t count = time.time_since_epoch().count();
    const Civil day = civil_from_days(floor_div(count, day_ms));
    if (day.year < 0 || day.year > 9999) return std::to_string(count);
    const auto in_day = static_cast<std::uint64_t>(count - floor_div(count, day_ms) * day_ms);
    return padded(static_cast<std::uint64_t>(day.year), 4) + '-' + padded(day.month, 2) + '-' +
           padded(day.day, 2) + 'T' + padded(in_day / 3'600'000, 2) + ':' + padded(in_day / 60'000 % 60, 2) +
           ':' + padded(in_day / 1000 % 60, 2) + '.' + padded(in_day % 1000, 3) + 'Z';
}

}  // namespace coodie
