// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `timestamp`: milliseconds since 1970-01-01 UTC.
using timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// The clock's time, rounded down to the millisecond.
[[nodiscard]] timestamp now() noexcept;

/// Rounds towards the past, before 1970, too (semantics rule 5).
template <class Duration>
[[nodiscard]] constexpr timestamp to_timestamp(std::chrono::sys_time<Duration> time) {
    return std::chrono::floor<std::chrono::milliseconds>(time);
}

/// Reads what Cassandra takes as a timestamp: "2011-02-03", "2011-02-03 04:05",
/// "2011-02-03T04:05:06.789+0100" (fraction: exactly three digits; zone: Z, UTC, GMT, +01, +0100, +01:00; UTC
/// when there is none), or an integer number of milliseconds.
[[nodiscard]] std::optional<timestamp> parse_timestamp(std::string_view text);

/// "2011-02-03T04:05:06.789Z"; milliseconds as an integer outside the years 0..9999.
[[nodiscard]] std::string to_string(timestamp time);

}  // namespace coodie
