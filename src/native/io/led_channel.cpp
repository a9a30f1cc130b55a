// SPDX-License-Identifier: Apache-2.0
#include "native/io/led_channel.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

// How late a request may notice its deadline.
constexpr std::chrono::milliseconds slack = 50ms;

bool wait_for(int socket, short events, Channel::Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Channel::Clock::now());
    pollfd waited{socket, events, 0};
    return ::poll(&waited, 1, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1 << 30))) > 0;
}

}  // namespace

void LedCall::answered(Envelope envelope) noexcept {
    const std::lock_guard lock(channel_.lead_mutex_);
    envelope_ = std::move(envelope);
    done_ = true;
    wake_.notify_one();  // under the lock: the call may be gone right after it
}

void LedCall::lost(const Error& why) noexcept {
    const std::lock_guard lock(channel_.lead_mutex_);
    error_ = why;
    done_ = true;
    wake_.notify_one();
}

LedChannel::LedChannel(OpenedConnection opened, std::uint32_t in_flight_limit,
                       std::chrono::milliseconds usual_timeout)
    : Channel(std::move(opened), in_flight_limit), usual_timeout_(usual_timeout) {
    const int flags = ::fcntl(socket(), F_GETFL);
    static_cast<void>(::fcntl(socket(), F_SETFL, flags & ~O_NONBLOCK));
    timeval timeout{};
    timeout.tv_sec = usual_timeout.count() / 1000;
    timeout.tv_usec = static_cast<suseconds_t>(usual_timeout.count() % 1000 * 1000);
    static_cast<void>(::setsockopt(socket(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout));
}

void LedChannel::output_waits() {
    const Clock::time_point deadline = Clock::now() + usual_timeout_;
    while (flush() == Flushed::blocked) {
        if (wait_for(socket(), POLLOUT, deadline)) continue;
        close(Error(ErrorKind::connection, peer() + " takes no more requests: it did not read for " +
                                               std::to_string(usual_timeout_.count()) +
                                               " ms; check its load"));
    }
}

void LedChannel::enlist(LedCall& call) noexcept {
    call.next_ = waiting_;
    waiting_ = &call;
}

void LedChannel::discharge(LedCall& call) noexcept {
    LedCall** at = &waiting_;
    while (*at != &call) at = &(*at)->next_;
    *at = call.next_;
    if (!led_) pass_lead();
}

// Under the lock, while nobody leads: somebody who still waits takes the lead.
void LedChannel::pass_lead() noexcept {
    for (LedCall* other = waiting_; other != nullptr; other = other->next_)
        if (!other->done_) {
            other->wake_.notify_one();
            return;
        }
}

// Reads once, or until the deadline.
void LedChannel::lead(Clock::time_point deadline) {
    if (deadline - Clock::now() < usual_timeout_ - slack && !wait_for(socket(), POLLIN, deadline)) return;
    static_cast<void>(receive(true));
}

bool LedChannel::wait(LedCall& call, std::int16_t stream, Clock::time_point deadline) {
    std::unique_lock lock(lead_mutex_);
    enlist(call);
    bool expired = false;
    while (!call.done_ && !expired) {
        if (led_) {
            expired = call.wake_.wait_until(lock, deadline) == std::cv_status::timeout;
        } else {
            led_ = true;
            lock.unlock();
            lead(deadline);
            expired = Clock::now() >= deadline;
            lock.lock();
            led_ = false;
        }
    }
    if (!call.done_) {
        lock.unlock();
        const bool abandoned = abandon(stream, &call);
        lock.lock();
        // Not pending any more: its answer is being handed over this moment.
        if (!abandoned) call.wake_.wait(lock, [&] { return call.done_; });
    }
    discharge(call);
    return call.done_;
}

void LedChannel::probe() {
    {
        const std::lock_guard lock(lead_mutex_);
        if (led_) return;
        led_ = true;
    }
    while (receive(false) == Received::more) {
    }
    const std::lock_guard lock(lead_mutex_);
    led_ = false;
    pass_lead();
}

}  // namespace coodie::native
