// SPDX-License-Identifier: Apache-2.0
#include "native/io/led_channel.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <thread>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

// How late a request may notice its deadline.
constexpr std::chrono::milliseconds slack = 50ms;
// A leader that leaves cannot wake who waits for the socket; that one looks again.
// With fewer requests in flight than this, none waits until the next leader has woken: it would save little.
constexpr std::size_t gather_from = 8;
constexpr std::chrono::milliseconds lead_check_interval = 10ms;

// Which of `events` have come, or that the socket broke; 0: none until the deadline.
short wait_for(int socket, short events, Channel::Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Channel::Clock::now());
    pollfd waited{socket, events, 0};
    static_cast<void>(
        ::poll(&waited, 1, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1 << 30))));
    return waited.revents;
}

}  // namespace

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

// The server may itself wait until its answers are taken: somebody has to read meanwhile, this caller if
// nobody else does.
void LedChannel::output_waits() {
    if (hands_out()) return;  // the leader sends it, in receive_and_send()
    if (leader_wakes_.load(std::memory_order_relaxed) && in_flight() >= gather_from) return;  // the next one
    const Clock::time_point deadline = Clock::now() + usual_timeout_;
    while (flush() == Flushed::blocked) {
        if (Clock::now() >= deadline)
            return close(Error(ErrorKind::connection,
                               peer() + " takes no more requests: it did not read for " +
                                   std::to_string(usual_timeout_.count()) + " ms; check its load"));
        if (!take_lead()) {
            wait_for(socket(), POLLOUT, std::min(deadline, Clock::now() + lead_check_interval));
            continue;
        }
        if ((wait_for(socket(), POLLIN | POLLOUT, deadline) & ~POLLOUT) != 0)
            static_cast<void>(receive(false));
        leave_lead();
    }
}

// Whoever saw hands_out() had put its request into the buffer before; it is there when this flushes. Does not
// wait until the server takes it: the server may itself wait until its answers are taken.
Channel::Received LedChannel::receive_and_send(bool wait) {
    const Received received = receive(wait);
    unsent_ = flush() == Flushed::blocked;
    return received;
}

// True: nobody leads, so the caller does, although it does not wait for an answer.
bool LedChannel::take_lead() {
    const std::lock_guard lock(lead_mutex_);
    return !std::exchange(led_, true);
}

void LedChannel::leave_lead() {
    const std::lock_guard lock(lead_mutex_);
    pass_lead();
}

// True: nobody leads, so it does.
bool LedChannel::enlist(LedCall& call) {
    const std::lock_guard lock(lead_mutex_);
    call.next_ = waiting_;
    if (waiting_ != nullptr) waiting_->previous_ = &call;
    waiting_ = &call;
    return !std::exchange(led_, true);
}

/// @param leads it does; nobody asks it any more once it is off the list.
void LedChannel::discharge(LedCall& call, bool leads) {
    const std::lock_guard lock(lead_mutex_);
    (call.previous_ == nullptr ? waiting_ : call.previous_->next_) = call.next_;
    if (call.next_ != nullptr) call.next_->previous_ = call.previous_;
    if (leads || call.has(LedCall::asked)) pass_lead();
}

// Whoever saw leader_wakes_ had put its request into the buffer before, and flush() takes the buffer's lock
// after this has reset it: the request is there, or its caller sends it.
void LedChannel::send_gathered() {
    leader_wakes_.store(false, std::memory_order_relaxed);
    unsent_ = flush() == Flushed::blocked;
}

// Under the lock, of whoever led: somebody who still waits takes the lead.
void LedChannel::pass_lead() {
    for (LedCall* other = waiting_; other != nullptr; other = other->next_) {
        leader_wakes_.store(true, std::memory_order_relaxed);
        if (other->ask_to_lead()) return;
    }
    if (leader_wakes_.load(std::memory_order_relaxed)) send_gathered();
    led_ = false;
}

// Reads once, or until the deadline; sends what the server did not take before as soon as it does.
void LedChannel::lead(Clock::time_point deadline) {
    if (unsent_) {
        const short ready = wait_for(socket(), POLLIN | POLLOUT, deadline);
        if ((ready & POLLOUT) != 0) unsent_ = flush() == Flushed::blocked;
        if ((ready & ~POLLOUT) == 0) return;
    } else if (deadline - Clock::now() < usual_timeout_ - slack &&
               wait_for(socket(), POLLIN, deadline) == 0) {
        return;
    }
    static_cast<void>(receive_and_send(true));
}

bool LedChannel::wait(LedCall& call, std::int16_t stream, Clock::time_point deadline) {
    bool leads = enlist(call);
    leads ? call.claim() : call.wait_until(deadline);
    if (call.has(LedCall::asked)) {
        leads = true;
        send_gathered();
    }
    for (bool expired = false; leads && !call.has(LedCall::done) && !expired;) {
        lead(deadline);
        expired = Clock::now() >= deadline;
    }
    bool done = call.has(LedCall::done);
    if (!done && !abandon(stream, &call)) {
        // Its answer is being handed over this moment.
        while (!call.has(LedCall::done)) std::this_thread::yield();
        done = true;
    }
    discharge(call, leads);
    return done;
}

void LedChannel::probe() {
    if (!take_lead()) return;
    while (receive_and_send(false) == Received::more) {
    }
    leave_lead();
}

}  // namespace coodie::native
