// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/error.hpp>
#include <coodie/types/time_of_day.hpp>

#include "types/civil.hpp"
#include "types/scan.hpp"

namespace coodie {

namespace {
constexpr std::int64_t second_ns = 1'000'000'000;
}

time_of_day::time_of_day(std::chrono::nanoseconds since_midnight) : nanoseconds_(since_midnight.count()) {
    if (nanoseconds_ < 0 || nanoseconds_ > max_nanoseconds)
        throw ValidationError(std::to_string(nanoseconds_) + " ns does not fit time (0..86399999999999)");
}

std::optional<time_of_day> time_of_day::parse(std::string_view text) {
    if (const auto raw = parse_integer<std::int64_t>(text)) {
        if (*raw < 0 || *raw > max_nanoseconds) return std::nullopt;
        return time_of_day(std::chrono::nanoseconds(*raw));
    }
    Scanner in(text);
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t nanoseconds = 0;
    if (!in.take_number(1, 2, hour) || !in.take(':') || !in.take_number(1, 2, minute) || !in.take(':') ||
        !in.take_number(1, 2, second) || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    if (in.take('.')) {
        const std::size_t digits = in.rest().size();
        if (!in.take_number(1, 9, nanoseconds)) return std::nullopt;
        for (std::size_t i = digits; i < 9; ++i) nanoseconds *= 10;
    }
    if (!in.done()) return std::nullopt;
    return time_of_day(
        std::chrono::nanoseconds(((hour * 60 + minute) * 60 + second) * second_ns + nanoseconds));
}

std::string time_of_day::to_string() const {
    const auto seconds = static_cast<std::uint64_t>(nanoseconds_ / second_ns);
    return padded(seconds / 3600, 2) + ':' + padded(seconds / 60 % 60, 2) + ':' + padded(seconds % 60, 2) +
           '.' + padded(static_cast<std::uint64_t>(nanoseconds_ % second_ns), 9);
}

}  // namespace coodie
