// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <semaphore.h>
#include <cerrno>
#include <chrono>
#include <ctime>

namespace coodie::native {

/// Wakes one thread once. A semaphore, for unlike a condition variable it has no mutex that the woken thread
/// would meet its waker at, and unlike std::binary_semaphore it does not spin; the woken thread may destroy
/// it while raise() still returns (POSIX, sem_destroy).
class WakeSignal {
public:
    WakeSignal() noexcept { ::sem_init(&semaphore_, 0, 0); }
    ~WakeSignal() { ::sem_destroy(&semaphore_); }
    WakeSignal(const WakeSignal&) = delete;
    WakeSignal& operator=(const WakeSignal&) = delete;

    /// Any thread; once.
    void raise() noexcept { ::sem_post(&semaphore_); }
    void wait() noexcept {
        while (::sem_wait(&semaphore_) != 0 && errno == EINTR) {
        }
    }
    /// False: it was not raised until the deadline.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline) noexcept {
        using namespace std::chrono;
        const auto since = deadline.time_since_epoch();
        const auto whole = floor<seconds>(since);
        const timespec until{static_cast<std::time_t>(whole.count()),
                             static_cast<long>(nanoseconds(since - whole).count())};
        int failed = 0;
        do failed = ::sem_clockwait(&semaphore_, CLOCK_MONOTONIC, &until);
        while (failed != 0 && errno == EINTR);
        return failed == 0;
    }

private:
    sem_t semaphore_;
};

}  // namespace coodie::native
