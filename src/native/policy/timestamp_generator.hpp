// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace coodie::native {

/// Client timestamps: microseconds, strictly increasing over all threads (semantics rule 13). Lock-free. When
/// the clock stands still or steps back, it counts up by one from the last.
class TimestampGenerator {
public:
    /// @param now the clock's microseconds since 1970.
    [[nodiscard]] std::int64_t next(std::int64_t now) noexcept {
        std::int64_t last = last_.load(std::memory_order_relaxed);
        std::int64_t given;
        do {
            given = now > last ? now : last + 1;
        } while (!last_.compare_exchange_weak(last, given, std::memory_order_relaxed));
        return given;
    }

private:
    static_assert(std::atomic<std::int64_t>::is_always_lock_free);
    std::atomic<std::int64_t> last_{INT64_MIN};
};

}  // namespace coodie::native
