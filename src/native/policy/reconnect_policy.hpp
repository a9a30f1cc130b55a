// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace coodie::native {

/// Exponential backoff with jitter: the n-th delay (from 0) lies between half and all of base * 2^n, which
/// stops growing at `maximum`. Base and maximum in 1 ms..24 h; others are brought into this range, and the
/// maximum up to the base.
class ReconnectPolicy {
public:
    ReconnectPolicy() noexcept = default;
    ReconnectPolicy(std::chrono::milliseconds base, std::chrono::milliseconds maximum) noexcept;

    /// @param attempt failures in a row so far.
    /// @param random any number; the same one gives the same delay.
    [[nodiscard]] std::chrono::milliseconds delay(std::uint32_t attempt, std::uint64_t random) const noexcept;

private:
    std::chrono::milliseconds base_{1000};
    std::chrono::milliseconds maximum_{60'000};
};

/// Counts the failures of one host: one of them per host is what keeps reconnection from becoming a storm.
class ReconnectSchedule {
public:
    explicit ReconnectSchedule(ReconnectPolicy policy = {}) noexcept : policy_(policy) {}
    /// How long to wait before the next attempt.
    [[nodiscard]] std::chrono::milliseconds next(std::uint64_t random) noexcept {
        const std::uint32_t attempt = attempt_;
        if (attempt_ != UINT32_MAX) ++attempt_;
        return policy_.delay(attempt, random);
    }
    /// After a connection that worked.
    void reset() noexcept { attempt_ = 0; }
    [[nodiscard]] std::uint32_t attempts() const noexcept { return attempt_; }

private:
    ReconnectPolicy policy_;
    std::uint32_t attempt_ = 0;
};

}  // namespace coodie::native
