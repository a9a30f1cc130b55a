// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/date.hpp>
#include <coodie/types/duration.hpp>
#include <coodie/types/time_of_day.hpp>
#include <coodie/types/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace coodie {

namespace detail {
[[noreturn]] void refuse_time_range(std::int64_t milliseconds);
}  // namespace detail

/// A time of any resolution: rounded down to milliseconds when written (semantics rule 5); a value read that
/// Duration cannot hold is a ValidationError.
template <class Rep, class Period>
struct Codec<std::chrono::time_point<std::chrono::system_clock, std::chrono::duration<Rep, Period>>>
    : detail::FixedInteger<std::int64_t> {
    using Duration = std::chrono::duration<Rep, Period>;
    using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;
    static constexpr std::string_view name = "timestamp";
    static DataType type() { return TypeId::timestamp; }

    static void store(Time value, std::byte* to) {
        write(to, to_timestamp(value).time_since_epoch().count());
    }
    static void encode(Time value, Bytes& out) { store(value, wire::extend(out, 8)); }
    static void decode(BytesView content, Time& value) {
        const std::chrono::milliseconds stored(read(content, name));
        if constexpr (std::is_same_v<Time, timestamp>) {
            value = timestamp(stored);
        } else {
            using Seconds = std::chrono::duration<long double>;
            if (Seconds(stored) > Seconds(Duration::max()) || Seconds(stored) < Seconds(Duration::min()))
                detail::refuse_time_range(stored.count());
            value = Time(std::chrono::floor<Duration>(stored));
        }
    }
};

/// [int] unsigned days with 1970-01-01 at 2^31.
template <>
struct Codec<date> {
    static constexpr std::string_view name = "date";
    static constexpr std::size_t fixed_size = 4;
    static constexpr bool zero_is_null = true;
    static constexpr bool vector_prefixed = true;
    static DataType type() { return TypeId::date; }
    static void store(date value, std::byte* to) noexcept {
        wire::store(to, static_cast<std::uint32_t>(value.days()) ^ 0x80000000U);
    }
    static void encode(date value, Bytes& out) { store(value, wire::extend(out, 4)); }
    static void decode(BytesView content, date& value) {
        if (content.size() != 4) wire::refuse_length(name, 4, content.size());
        value = date(static_cast<std::int32_t>(wire::load<std::uint32_t>(content.data()) ^ 0x80000000U));
    }
};

template <>
struct Codec<time_of_day> : detail::FixedInteger<std::int64_t> {
    static constexpr std::string_view name = "time";
    static constexpr bool vector_prefixed = true;
    static DataType type() { return TypeId::time; }
    static void store(time_of_day value, std::byte* to) noexcept { write(to, value.nanoseconds()); }
    static void encode(time_of_day value, Bytes& out) { wire::append(out, value.nanoseconds()); }
    static void decode(BytesView content, time_of_day& value) {
        value = time_of_day(std::chrono::nanoseconds(read(content, name)));
    }
};

/// Three zigzag [vint]s: months, days, nanoseconds.
template <>
struct Codec<duration> {
    static constexpr std::string_view name = "duration";
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::duration; }
    static void encode(const duration& value, Bytes& out);
    static void decode(BytesView content, duration& value);
};

}  // namespace coodie
