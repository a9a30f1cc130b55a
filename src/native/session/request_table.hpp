// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"

#include <coodie/driver/driver.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace coodie::native {

class AsyncRequest;

/// The asynchronous requests of a session by ticket, for cancellation, deadlines and close. Adding, removing
/// and finding take constant time, due() and close() look at every slot. A ticket of a request that has
/// ended never names another one. Any thread.
class RequestTable {
public:
    using Clock = std::chrono::steady_clock;

    /// Ticket::none: the table is closed.
    /// Tells the request its ticket before anybody can find it.
    /// @param due when to give it out of due().
    [[nodiscard]] Ticket add(std::shared_ptr<AsyncRequest> request, Clock::time_point due);
    void remove(Ticket ticket);
    /// nullptr: it has ended.
    [[nodiscard]] std::shared_ptr<AsyncRequest> find(Ticket ticket) const;
    /// Those whose time has come.
    [[nodiscard]] std::vector<std::shared_ptr<AsyncRequest>> due(Clock::time_point now) const;
    void set_due(Ticket ticket, Clock::time_point due);
    /// All; add() refuses from now on.
    [[nodiscard]] std::vector<std::shared_ptr<AsyncRequest>> close();
    [[nodiscard]] std::size_t size() const;

private:
    struct Slot {
        std::shared_ptr<AsyncRequest> request;
        Clock::time_point due;
        std::uint32_t generation = 1;
    };

    [[nodiscard]] bool holds(Ticket ticket) const noexcept;

    mutable LightMutex mutex_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t size_ = 0;
    bool closed_ = false;
};

}  // namespace coodie::native
