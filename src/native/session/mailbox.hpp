// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace coodie::native {

/// Waits on the caller's thread for what the control thread tells.
template <class T>
class Mailbox {
public:
    void put(T value) {
        const std::lock_guard lock(mutex_);
        value_.emplace(std::move(value));
        arrived_.notify_one();
    }
    [[nodiscard]] T wait() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return value_.has_value(); });
        return std::move(*value_);
    }
    [[nodiscard]] std::optional<T> wait_until(std::chrono::steady_clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        arrived_.wait_until(lock, deadline, [this] { return value_.has_value(); });
        return std::move(value_);
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<T> value_;
};

}  // namespace coodie::native
