// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/channel.hpp"
#include "native/io/led_call.hpp"

#include <mutex>

namespace coodie::native {

/// A channel that blocking callers drive themselves: whoever waits for an answer while nobody reads becomes
/// the leader and reads for all; when it has its own answer it passes the lead on. One caller alone costs one
/// send and one recv, and no thread is woken. While the leader hands out answers, and while the next one
/// wakes, the requests of those who have their answers gather; the leader sends them together.
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
    void output_waits() override;
    void lead(Clock::time_point deadline);
    Received receive_and_send(bool wait);
    [[nodiscard]] bool take_lead();
    void leave_lead();
    [[nodiscard]] bool enlist(LedCall& call);
    void discharge(LedCall& call, bool leads);
    void pass_lead();
    void send_gathered();

    const std::chrono::milliseconds usual_timeout_;
    bool unsent_ = false;                    // only who leads: requests wait until the server takes them
    std::atomic<bool> leader_wakes_{false};  // and will send what has gathered before it reads
    std::mutex lead_mutex_;                  // guards the rest
    LedCall* waiting_ = nullptr;
    bool led_ = false;  // by a call of waiting_, probe(), or a request that is being sent
};

}  // namespace coodie::native
