// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/clock.hpp"

#include <algorithm>
#include <chrono>

namespace coodie::embedded {

namespace {

/// 100 ns intervals from 1582-10-15 (where timeuuids start) to 1970-01-01.
constexpr std::int64_t ticks_before_1970 = 0x01B21DD213814000;
/// 2010-01-01 in the same count. Prepended elements mirror the present at it, as in Cassandra, so that they
/// sort before everything appended.
constexpr std::int64_t mirror = ticks_before_1970 + 1262304000LL * 10'000'000;

std::int64_t now_micros() noexcept {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::int64_t now_ticks() noexcept { return ticks_before_1970 + now_micros() * 10; }

}  // namespace

std::int64_t Clock::next_timestamp() noexcept {
    const auto now = now_micros();
    auto last = timestamp_.load(std::memory_order_relaxed);
    for (;;) {
        const auto next = std::max(now, last + 1);
        if (timestamp_.compare_exchange_weak(last, next, std::memory_order_relaxed)) return next;
    }
}

std::int64_t Clock::now_seconds() noexcept { return now_micros() / 1'000'000; }

std::int64_t Clock::append_ticks(std::size_t count) noexcept {
    const auto now = now_ticks();
    auto next_free = append_.load(std::memory_order_relaxed);
    for (;;) {
        const auto first = std::max(now, next_free);
        if (append_.compare_exchange_weak(next_free, first + static_cast<std::int64_t>(count),
                                          std::memory_order_relaxed))
            return first;
    }
}

std::int64_t Clock::prepend_ticks(std::size_t count) noexcept {
    const auto mirrored = mirror - (now_ticks() - mirror);
    auto first_taken = prepend_.load(std::memory_order_relaxed);
    for (;;) {
        const auto first = std::min(mirrored, first_taken) - static_cast<std::int64_t>(count);
        if (prepend_.compare_exchange_weak(first_taken, first, std::memory_order_relaxed)) return first;
    }
}

Clock::TimeUuid Clock::list_path(std::int64_t ticks) noexcept {
    const auto bits = static_cast<std::uint64_t>(ticks);
    const std::uint64_t high =
        (bits << 32U) | (((bits >> 32U) & 0xFFFFU) << 16U) | 0x1000U | ((bits >> 48U) & 0x0FFFU);
    TimeUuid uuid{};
    for (std::size_t i = 0; i < 8; ++i) uuid[i] = static_cast<std::byte>((high >> (56 - 8 * i)) & 0xFFU);
    uuid[8] = std::byte{0x80};
    return uuid;
}

}  // namespace coodie::embedded
