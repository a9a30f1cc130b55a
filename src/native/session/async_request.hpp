// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"
#include "native/io/channel.hpp"
#include "native/session/execution.hpp"
#include "native/session/host_pool.hpp"
#include "native/session/members.hpp"

#include <coodie/driver/driver.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace coodie::native {

class Session;

/// One asynchronous request from start() to its completion: sends what its Execution says, over the pools of
/// the session; with speculative execution, to several nodes. Completes exactly once, whatever ends it first:
/// an answer, its deadline, cancellation, close. What the other nodes still answer belongs to nobody.
class AsyncRequest final : public std::enable_shared_from_this<AsyncRequest> {
public:
    using Clock = Channel::Clock;

    /// @param lane whose connections it uses.
    AsyncRequest(std::shared_ptr<Session> session, Statement&& statement, std::shared_ptr<Request> request,
                 Lane lane = Lane::async);
    AsyncRequest(std::shared_ptr<Session> session, BatchStatement&& batch, std::shared_ptr<Request> request,
                 Lane lane = Lane::async);
    ~AsyncRequest();

    /// The session is connected (or not): goes on with the first attempt.
    void run(const std::optional<Error>& not_connected);
    /// Ends it with an error from outside. A no-op when it has ended.
    void end(Error why);
    /// Its time has come: asks another node when it may, and says when to call again. nullopt: the deadline
    /// has passed; the caller ends it.
    [[nodiscard]] std::optional<Clock::time_point> wake(Clock::time_point now);

    /// Only prepares the statement. Call it before run().
    void describe_only() noexcept { describes_ = true; }
    /// Call it before anybody else knows the request.
    void set_ticket(Ticket ticket) noexcept { ticket_ = ticket; }
    [[nodiscard]] Ticket ticket() const noexcept { return ticket_; }
    [[nodiscard]] std::chrono::milliseconds timeout() const noexcept;
    /// The first time to call wake().
    [[nodiscard]] Clock::time_point first_wake() const noexcept;

private:
    using Lock = std::unique_lock<LightMutex>;
    using Work = std::variant<Statement, BatchStatement>;

    /// An execution and what it waits for. Lives as long as the request.
    struct Attempt final : Pending {
        Attempt(AsyncRequest& owner, const ExecutionContext& context, const Snapshot& snapshot,
                const Work& work);
        Attempt(AsyncRequest& owner, Execution& first) : request(owner), execution(first) {}
        void answered(Envelope&& envelope) noexcept override;
        void lost(const Error& why) noexcept override;
        /// The answer came, or is not waited for any more.
        std::shared_ptr<Channel> stop_waiting() noexcept;

        AsyncRequest& request;
        Execution execution;
        std::shared_ptr<Channel> channel;
        std::int16_t stream = 0;
        Host* counted_host = nullptr;
        bool waiting = false;  // for the answer on channel
        bool over = false;
        bool untold = false;  // abandoned while it waited
    };

    void advance(Attempt& attempt, Execution::Next next, Lock& lock);
    /// The same, after the attempt that just ended was told.
    void tell_and_advance(Attempt& attempt, Execution::Next next, Lock& lock);
    /// Whom to let tell of attempts that were abandoned, when the first one is watched.
    [[nodiscard]] std::vector<AttemptWatch*> take_untold();
    Execution::Next send(Attempt& attempt, std::shared_ptr<Channel> channel);
    void resume(Attempt& attempt, HostPool::Acquired acquired);
    Execution::Next claim(Attempt& attempt);
    void landed(Attempt& attempt, const PrepareFlights::Verdict& verdict);
    void finish(Attempt& attempt, Lock& lock);
    [[nodiscard]] bool attempt_runs() const noexcept;
    /// @param why it ended, for who watches.
    void abandon(Attempt& attempt, ErrorKind why);
    void abandon_all(ErrorKind why);
    /// The caller holds a reference to the request until it returns.
    /// @param schema_changed_by the node that changed the schema, if the outcome is that of a schema change.
    void complete(Outcome&& outcome, const Host* schema_changed_by, Lock& lock);
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_speculation() const noexcept;

    const std::shared_ptr<Session> session_;
    const Work work_;
    std::shared_ptr<Request> request_;
    const Lane lane_;
    const Clock::time_point deadline_;
    Ticket ticket_ = Ticket::none;
    bool describes_ = false;

    LightMutex mutex_;  // guards the rest
    MembersPtr members_;
    std::optional<Attempt> first_;
    std::vector<std::unique_ptr<Attempt>> others_;  // speculative
    bool agreeing_ = false;                         // the answer is there, the schema not everywhere
    bool done_ = false;
};

}  // namespace coodie::native
