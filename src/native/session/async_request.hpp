// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/channel.hpp"
#include "native/session/execution.hpp"
#include "native/session/host_pool.hpp"

#include <coodie/driver/driver.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace coodie::native {

class Session;

/// One asynchronous request from start() to its completion: sends what its Execution says, over the pools of
/// the session. Completes exactly once, whatever ends it first: an answer, its deadline, cancellation, close.
class AsyncRequest final : public Pending, public std::enable_shared_from_this<AsyncRequest> {
public:
    AsyncRequest(std::shared_ptr<Session> session, Statement statement, std::shared_ptr<Request> request);
    AsyncRequest(std::shared_ptr<Session> session, BatchStatement batch, std::shared_ptr<Request> request);
    ~AsyncRequest() override;

    /// The session is connected (or not): goes on with the first attempt.
    void run(const std::optional<Error>& not_connected);
    /// Ends it with an error from outside. A no-op when it has ended.
    void end(Error why);

    /// Only prepares the statement. Call it before run().
    void describe_only() noexcept { describes_ = true; }
    void set_ticket(Ticket ticket) noexcept { ticket_ = ticket; }
    [[nodiscard]] std::chrono::milliseconds timeout() const noexcept;

    void answered(Envelope envelope) noexcept override;
    void lost(const Error& why) noexcept override;

private:
    using Lock = std::unique_lock<std::mutex>;

    void advance(Execution::Next next, Lock& lock);
    Execution::Next send(const std::shared_ptr<Channel>& channel);
    void resume(HostPool::Acquired acquired);
    void release_host() noexcept;
    void complete(Outcome outcome, Lock& lock);

    const std::shared_ptr<Session> session_;
    std::variant<Statement, BatchStatement> work_;
    std::shared_ptr<Request> request_;
    Ticket ticket_ = Ticket::none;
    bool describes_ = false;

    std::mutex mutex_;  // guards the rest
    std::optional<Execution> execution_;
    std::shared_ptr<Channel> channel_;
    std::int16_t stream_ = 0;
    Host* counted_host_ = nullptr;
    bool waiting_ = false;  // for the answer on channel_
    bool done_ = false;
};

}  // namespace coodie::native
