// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/observer.hpp>
#include <coodie/driver/result.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace coodie::native {

/// What a session counts and tells. Any thread.
class Telemetry {
public:
    enum class Event : std::uint8_t {
        request,
        error,
        timeout,
        retry,
        speculation,
        overload,
        prepare,
        connection_opened,
        connection_lost,
        connection_failed,
    };
    static constexpr std::size_t event_count = 10;

    void count(Event event) noexcept {
        counts_[static_cast<std::size_t>(event)].fetch_add(1, std::memory_order_relaxed);
    }
    /// A request has its outcome.
    void ended(const Outcome& outcome) noexcept;
    [[nodiscard]] DriverCounters read() const noexcept;

    void set_log(LogFunction function) noexcept { log_.store(function, std::memory_order_release); }
    /// Call it without a lock.
    void log(LogLevel level, const std::string& message) const {
        if (const LogFunction tell = log_.load(std::memory_order_acquire)) tell(level, message);
    }

private:
    std::array<std::atomic<std::uint64_t>, event_count> counts_{};
    std::atomic<LogFunction> log_{nullptr};
};

}  // namespace coodie::native
