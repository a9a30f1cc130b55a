// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/session/request_hook_slot.hpp"

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

    /// @param metrics whether attempts are watched for the nodes' counters, too.
    explicit Telemetry(bool metrics) : hook_(metrics) {}

    void count(Event event) noexcept {
        counts_[static_cast<std::size_t>(event)].fetch_add(1, std::memory_order_relaxed);
    }
    /// A request has its outcome.
    void ended(const Outcome& outcome) noexcept;
    [[nodiscard]] DriverCounters read() const noexcept;

    void set_log(LogFunction function) noexcept { log_.store(function, std::memory_order_release); }
    /// Call it without a lock.
    void log(LogLevel level, const std::string& message) const {
        if (const LogFunction told = log_.load(std::memory_order_acquire)) told(level, message);
    }

    void set_request_hook(RequestHook function, void* context) { hook_.set(function, context); }
    /// Whether attempts are timed.
    [[nodiscard]] bool watches() const noexcept { return hook_.watches(); }
    /// Call it without a lock.
    void tell(const AttemptReport& report) const noexcept { hook_.tell(report); }

private:
    std::array<std::atomic<std::uint64_t>, event_count> counts_{};
    std::atomic<LogFunction> log_{nullptr};
    // On a cache line of its own: every attempt reads it, while the counts are written.
    alignas(64) RequestHookSlot hook_;
};

}  // namespace coodie::native
