// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/channel.hpp"

#include <condition_variable>
#include <mutex>

namespace coodie::native {

class LedChannel;

/// A blocking caller's request on a LedChannel; lives on the caller's stack.
class LedCall final : public Pending {
public:
    void answered(Envelope envelope) noexcept override;
    void lost(const Error& why) noexcept override;

    /// After wait() was true: the answer, or why there is none.
    [[nodiscard]] const std::optional<Envelope>& envelope() const noexcept { return envelope_; }
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

private:
    friend class LedChannel;

    [[nodiscard]] bool is_done();
    /// Until it is done, asked to lead, or the deadline has passed. True: it leads.
    bool wait_as_follower(std::chrono::steady_clock::time_point deadline);
    void wait_until_done();
    /// False: it is done, and needs nobody to read.
    bool ask_to_lead();
    void end();

    // A mutex of its own: whoever is woken does not meet the leader, who wakes the next one.
    std::mutex mutex_;  // guards all but the list
    std::condition_variable wake_;
    std::optional<Envelope> envelope_;
    std::optional<Error> error_;
    bool done_ = false;
    bool leads_ = false;
    LedCall* previous_ = nullptr;  // the list of those who wait: guarded by the channel's lead_mutex_
    LedCall* next_ = nullptr;
};

/// A channel that blocking callers drive themselves: whoever waits for an answer while nobody reads becomes
/// the leader and reads for all; when it has its own answer it passes the lead on. One caller alone costs one
/// send and one recv, and no thread is woken. While the leader hands out answers, the requests of those whom
/// it wakes gather; it sends them together.
class LedChannel final : public Channel {
public:
    /// @param usual_timeout of most requests: they wait inside recv itself, others poll first.
    LedChannel(OpenedConnection opened, std::uint32_t in_flight_limit,
               std::chrono::milliseconds usual_timeout);

    /// Waits for a submitted call. False: the deadline passed, and the call was abandoned; nothing refers to
    /// it any more. True: it has its answer or its error.
    [[nodiscard]] bool wait(LedCall& call, std::int16_t stream, Clock::time_point deadline);

    /// Reads what is there without waiting, unless a caller is reading anyway: notices a closed connection.
    /// Any thread.
    void probe();

private:
    friend class LedCall;
    void output_waits() override;
    void lead(Clock::time_point deadline);
    Received receive_and_send(bool wait);
    [[nodiscard]] bool take_lead();
    void leave_lead();
    [[nodiscard]] bool enlist(LedCall& call);
    void discharge(LedCall& call, bool leads);
    void pass_lead();

    const std::chrono::milliseconds usual_timeout_;
    bool unsent_ = false;    // only who leads: requests wait until the server takes them
    std::mutex lead_mutex_;  // guards the rest; before the mutex of a call
    LedCall* waiting_ = nullptr;
    bool led_ = false;  // by a call of waiting_, probe(), or a request that is being sent
};

}  // namespace coodie::native
