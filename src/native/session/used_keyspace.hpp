// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <utility>

namespace coodie::native {

/// The keyspace that a program chose with USE for all of a session. Connections keep the one they were opened
/// with: each request that follows names this one instead (protocol v5 has a place for it). Any thread.
class UsedKeyspace {
public:
    /// Whether there was a USE.
    [[nodiscard]] bool chosen() const noexcept { return chosen_.load(std::memory_order_acquire); }
    /// "" until there was one.
    [[nodiscard]] std::string name() const {
        if (!chosen()) return {};
        const std::lock_guard lock(mutex_);
        return name_;
    }
    void choose(std::string name) {
        const std::lock_guard lock(mutex_);
        name_ = std::move(name);
        chosen_.store(true, std::memory_order_release);
    }

private:
    std::atomic<bool> chosen_{false};
    mutable LightMutex mutex_;  // guards the rest
    std::string name_;
};

}  // namespace coodie::native
