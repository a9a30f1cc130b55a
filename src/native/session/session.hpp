// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"
#include "native/session/control.hpp"
#include "native/session/execution.hpp"
#include "native/session/host_pool.hpp"
#include "native/session/members.hpp"
#include "native/session/request_table.hpp"

#include <coodie/driver/driver.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace coodie::native {

class AsyncRequest;

/// One program's session with a cluster: metadata, pools, prepared statements, requests. Its control plane
/// has one thread of its own; blocking requests run on their callers' threads, asynchronous ones on the data
/// executor (the control thread, when none was given). Any function from any thread.
class Session final : public ControlListener, public std::enable_shared_from_this<Session> {
public:
    Session(NativeOptions options, std::shared_ptr<const TlsContext> tls, boost::asio::any_io_executor data);
    ~Session() override;

    [[nodiscard]] Outcome execute(const Statement& statement);
    [[nodiscard]] Outcome execute(const BatchStatement& batch);
    [[nodiscard]] Ticket start(Statement&& statement, std::shared_ptr<Request> request);
    [[nodiscard]] Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request);
    void cancel(Ticket ticket) noexcept;
    [[nodiscard]] std::variant<Description, Error> describe(const StatementText& text);
    /// The same without waiting.
    [[nodiscard]] Ticket start_describe(StatementText text, std::shared_ptr<DescribeRequest> request);
    /// Waits until it is connected.
    [[nodiscard]] std::optional<Error> connect();
    /// The same without waiting.
    void start_connect(std::shared_ptr<Request> request);
    void close() noexcept;

    // For AsyncRequest.
    [[nodiscard]] const NativeOptions& options() const noexcept { return *settings_->options; }
    [[nodiscard]] const ExecutionContext& context() const noexcept { return context_; }
    /// Of unqualified names: the one of the last USE, else the URL's.
    [[nodiscard]] std::string keyspace() const;
    [[nodiscard]] Telemetry& telemetry() const noexcept { return *settings_->telemetry; }
    [[nodiscard]] std::vector<NodeCounters> node_counters() const;
    /// nullptr until it was connected once.
    [[nodiscard]] MembersPtr members() const;
    /// Where the connections of a lane are read.
    [[nodiscard]] const boost::asio::any_io_executor& executor(Lane lane) const noexcept {
        return settings_->executor(lane);
    }
    void agree(const Endpoint& coordinator, Control::Done done);
    void forget(Ticket ticket) { requests_.remove(ticket); }
    [[nodiscard]] Error closed_error() const;

    void on_snapshot(SnapshotPtr snapshot) override;
    void on_up(const Endpoint& node) override;
    void on_tick(Channel::Clock::time_point now) override;

private:
    enum class State : std::uint8_t { idle, connecting, ready, closed };

    void when_connected(std::function<void(std::optional<Error>)> then);
    void connected(std::optional<Error> failed);
    void start_thread();
    void check_deadlines();
    template <class Work>
    Outcome execute_work(const Work& work);
    template <class Work>
    Outcome execute_on_this_thread(const Work& work);
    template <class Work>
    Outcome execute_speculatively(const Work& work);
    Ticket start_request(const std::shared_ptr<AsyncRequest>& made);
    static Description describe_prepared(const Prepared& prepared);
    Execution::Next attempt(Execution& execution, const Members& members,
                            Channel::Clock::time_point deadline);
    /// The same, and what was sent is told.
    Execution::Next watched_attempt(Execution& execution, const Members& members,
                                    Channel::Clock::time_point deadline);
    std::optional<Error> wait_for_agreement(const Endpoint& coordinator);

    std::shared_ptr<const PoolSettings> settings_;
    boost::asio::io_context io_{1};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
    std::thread thread_;
    std::shared_ptr<Control> control_;
    boost::asio::steady_timer deadlines_;
    std::atomic<bool> deadlines_run_{false};

    LoadBalancing balancing_;
    PreparedCache prepared_;
    PrepareFlights flights_;
    TimestampGenerator timestamps_;
    UsedKeyspace used_keyspace_;
    ExecutionContext context_;
    RequestTable requests_;

    mutable LightMutex mutex_;  // guards the rest
    std::atomic<State> state_{State::idle};
    std::vector<std::function<void(std::optional<Error>)>> waiting_;
    MembersPtr members_;
};

}  // namespace coodie::native
