// SPDX-License-Identifier: Apache-2.0
#include "native/session/session.hpp"

#include "native/session/async_request.hpp"
#include "native/session/submission.hpp"

#include <boost/asio/post.hpp>

#include <condition_variable>
#include <utility>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

/// How exactly deadlines of asynchronous requests are kept.
constexpr std::chrono::milliseconds deadline_interval = 10ms;

/// Waits on the caller's thread for what the control thread tells.
template <class T>
class Mailbox {
public:
    void put(T value) {
        const std::lock_guard lock(mutex_);
        value_.emplace(std::move(value));
        arrived_.notify_one();
    }
    [[nodiscard]] std::optional<T> wait_until(Channel::Clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        arrived_.wait_until(lock, deadline, [this] { return value_.has_value(); });
        return std::move(value_);
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<T> value_;
};

std::shared_ptr<const PoolSettings> make_settings(NativeOptions options,
                                                  std::shared_ptr<const TlsContext> tls,
                                                  boost::asio::io_context& io,
                                                  boost::asio::any_io_executor data) {
    auto made = std::make_shared<PoolSettings>();
    made->options = std::make_shared<const NativeOptions>(std::move(options));
    made->tls = std::move(tls);
    made->control = io.get_executor();
    made->data = data ? std::move(data) : made->control;
    return made;
}

Error timed_out(const Execution& execution) {
    std::string where =
        execution.host() == nullptr ? std::string() : to_string(execution.host()->endpoint()) + " ";
    return {ErrorKind::timeout, where + "did not answer within " +
                                    std::to_string(execution.timeout().count()) +
                                    " ms; check the node's load, or raise the request's timeout"};
}

}  // namespace

Session::Session(NativeOptions options, std::shared_ptr<const TlsContext> tls,
                 boost::asio::any_io_executor data)
    : settings_(make_settings(std::move(options), std::move(tls), io_, std::move(data))),
      deadlines_(io_),
      balancing_(settings_->options->remote_datacenters),
      context_{*settings_->options, balancing_, prepared_, timestamps_} {}

Session::~Session() {
    // The last handle may go on the control thread itself.
    if (thread_.joinable())
        thread_.get_id() == std::this_thread::get_id() ? thread_.detach() : thread_.join();
}

Error Session::closed_error() const {
    return {ErrorKind::cancelled, "the driver " + options().display + " was closed"};
}

SnapshotPtr Session::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

std::shared_ptr<HostPool> Session::pool(const Host& host) {
    const std::lock_guard lock(mutex_);
    const auto found = pools_.find(host.id());
    return found == pools_.end() ? nullptr : found->second;
}

// Under the lock.
void Session::start_thread() {
    if (thread_.joinable()) return;
    work_.emplace(io_.get_executor());
    control_ = std::make_shared<Control>(io_, settings_, *this);
    thread_ = std::thread([self = shared_from_this()] { self->io_.run(); });
}

void Session::when_connected(std::function<void(std::optional<Error>)> then) {
    {
        const std::lock_guard lock(mutex_);
        const State state = state_.load();
        if (state == State::idle || state == State::connecting) {
            waiting_.push_back(std::move(then));
            if (state == State::connecting) return;
            state_ = State::connecting;
            start_thread();
            control_->start([self = weak_from_this()](std::optional<Error> failed) {
                if (const auto alive = self.lock()) alive->connected(std::move(failed));
            });
            return;
        }
    }
    then(state_ == State::closed ? std::optional<Error>(closed_error()) : std::nullopt);
}

void Session::connected(std::optional<Error> failed) {
    std::vector<std::function<void(std::optional<Error>)>> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
        if (state_ != State::closed)
            state_ = failed ? State::idle : State::ready;
        else if (!failed)
            failed = closed_error();  // closed while it connected: there is no snapshot
    }
    for (const auto& then : waiting) then(failed);
}

std::optional<Error> Session::connect() {
    if (state_.load(std::memory_order_acquire) == State::ready) return std::nullopt;
    const auto mailbox = std::make_shared<Mailbox<std::optional<Error>>>();
    when_connected([mailbox](std::optional<Error> failed) { mailbox->put(std::move(failed)); });
    // Each contact point has the connect timeout, and there may be several addresses behind a name.
    const auto limit =
        options().connect_wait + (options().connect_timeout + options().request_timeout) *
                                     static_cast<std::int64_t>(options().contact_points.size() + 1);
    std::optional<std::optional<Error>> told = mailbox->wait_until(Channel::Clock::now() + limit);
    if (told) return std::move(*told);
    return Error(ErrorKind::timeout, "cannot connect to " + options().display + " in time");
}

void Session::start_connect(std::shared_ptr<Request> request) {
    when_connected([request = std::move(request)](std::optional<Error> failed) {
        request->complete(failed ? Outcome(std::move(*failed)) : Outcome(Result()));
    });
}

void Session::on_snapshot(SnapshotPtr snapshot) {
    std::vector<std::shared_ptr<HostPool>> gone;
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::closed) return;
        snapshot_ = std::move(snapshot);
        std::unordered_map<uuid, std::shared_ptr<HostPool>> pools;
        for (const HostPtr& host : snapshot_->hosts()) {
            const auto found = pools_.find(host->id());
            if (found != pools_.end() && found->second->host() == host)
                pools.emplace(host->id(), std::move(found->second));
            else
                pools.emplace(host->id(), std::make_shared<HostPool>(host, settings_));
        }
        for (auto& [id, pool] : pools_)
            if (pool) gone.push_back(std::move(pool));
        pools_.swap(pools);
    }
    for (const std::shared_ptr<HostPool>& pool : gone)
        pool->close(Error(ErrorKind::connection, to_string(pool->host()->endpoint()) + " left the cluster"));
}

void Session::on_up(const Endpoint& node) {
    const SnapshotPtr known = snapshot();
    const Host* host = known ? known->find(node) : nullptr;
    if (host == nullptr) return;
    if (const std::shared_ptr<HostPool> back = pool(*host)) back->retry_now();
}

void Session::on_tick(Channel::Clock::time_point now) {
    std::vector<std::shared_ptr<HostPool>> pools;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, pool] : pools_) pools.push_back(pool);
    }
    for (const std::shared_ptr<HostPool>& pool : pools) pool->tend(now);
}

// On the control thread.
void Session::check_deadlines() {
    const auto now = RequestTable::Clock::now();
    for (const std::shared_ptr<AsyncRequest>& late : requests_.expired(now))
        late->end(
            Error(ErrorKind::timeout, options().display + " did not answer within " +
                                          std::to_string(late->timeout().count()) +
                                          " ms; check the nodes' load, or raise the request's timeout"));
    if (requests_.size() == 0) {
        deadlines_run_ = false;
        if (requests_.size() == 0 || deadlines_run_.exchange(true)) return;
    }
    deadlines_.expires_after(deadline_interval);
    deadlines_.async_wait([self = weak_from_this()](boost::system::error_code cancelled) {
        if (const auto alive = self.lock(); alive && !cancelled) alive->check_deadlines();
    });
}

Ticket Session::start_request(const std::shared_ptr<AsyncRequest>& made) {
    const Ticket ticket = requests_.add(made, RequestTable::Clock::now() + made->timeout());
    made->set_ticket(ticket);
    if (ticket == Ticket::none) {
        made->end(closed_error());
        return ticket;
    }
    if (state_.load(std::memory_order_acquire) == State::ready)
        made->run(std::nullopt);
    else
        when_connected([made](const std::optional<Error>& failed) { made->run(failed); });
    if (!deadlines_run_.exchange(true))
        boost::asio::post(io_, [self = weak_from_this()] {
            if (const auto alive = self.lock()) alive->check_deadlines();
        });
    return ticket;
}

Ticket Session::start(Statement statement, std::shared_ptr<Request> request) {
    return start_request(
        std::make_shared<AsyncRequest>(shared_from_this(), std::move(statement), std::move(request)));
}
Ticket Session::start(BatchStatement batch, std::shared_ptr<Request> request) {
    return start_request(
        std::make_shared<AsyncRequest>(shared_from_this(), std::move(batch), std::move(request)));
}

Description Session::describe_prepared(const Prepared& prepared) {
    Description description;
    description.parameters = prepared.parameters;
    description.routing_key = prepared.routing_key;
    if (prepared.columns) description.columns = *prepared.columns;
    return description;
}

Ticket Session::start_describe(StatementText text, std::shared_ptr<DescribeRequest> request) {
    // Completed with the PREPARE's outcome; what it prepared is in the cache then.
    struct Prepares final : Request {
        Prepares(std::shared_ptr<Session> asked, StatementText what, std::shared_ptr<DescribeRequest> told)
            : session(std::move(asked)), text(std::move(what)), request(std::move(told)) {}
        void complete(Outcome outcome) noexcept override {
            if (Error* error = std::get_if<Error>(&outcome)) return request->complete(std::move(*error));
            const PreparedPtr prepared = session->prepared_.find(text, "");
            if (prepared) return request->complete(describe_prepared(*prepared));
            request->complete(
                Error(ErrorKind::connection, "too many statements are prepared at the same time"));
        }
        std::shared_ptr<Session> session;
        StatementText text;
        std::shared_ptr<DescribeRequest> request;
    };
    if (const PreparedPtr prepared = prepared_.find(text, "")) {
        request->complete(describe_prepared(*prepared));
        return Ticket::none;
    }
    auto told = std::make_shared<Prepares>(shared_from_this(), text, std::move(request));
    const auto made =
        std::make_shared<AsyncRequest>(shared_from_this(), Statement(std::move(text)), std::move(told));
    made->describe_only();
    return start_request(made);
}

void Session::cancel(Ticket ticket) noexcept {
    if (const std::shared_ptr<AsyncRequest> request = requests_.find(ticket))
        request->end(Error(ErrorKind::cancelled,
                           "the request was cancelled; a write may have been made all the same"));
}

void Session::agree(Control::Done done) {
    std::shared_ptr<Control> control;
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::closed) control = control_;
    }
    if (control)
        control->agree(std::move(done));
    else
        done(closed_error());
}

std::variant<std::shared_ptr<Channel>, Error> Session::led_channel(const Host& host,
                                                                   Channel::Clock::time_point deadline) {
    const std::shared_ptr<HostPool> hosts_pool = pool(host);
    if (!hosts_pool) return closed_error();
    if (std::shared_ptr<Channel> channel = hosts_pool->open_channel(Lane::led)) return channel;
    const auto mailbox = std::make_shared<Mailbox<HostPool::Acquired>>();
    hosts_pool->acquire(Lane::led,
                        [mailbox](HostPool::Acquired acquired) { mailbox->put(std::move(acquired)); });
    std::optional<HostPool::Acquired> told = mailbox->wait_until(deadline);
    if (told) return std::move(*told);
    return Error(ErrorKind::timeout,
                 "no connection to " + to_string(host.endpoint()) + " within the request's timeout");
}

// One attempt on the caller's thread.
Execution::Next Session::attempt(Execution& execution, Channel::Clock::time_point deadline) {
    using Cause = AttemptFailure::Cause;
    Host& host = *execution.host();
    std::variant<std::shared_ptr<Channel>, Error> acquired = led_channel(host, deadline);
    if (Error* error = std::get_if<Error>(&acquired))
        return execution.on_failure(Cause::not_sent, std::move(*error));
    auto& channel = static_cast<LedChannel&>(**std::get_if<std::shared_ptr<Channel>>(&acquired));
    // A connection that was idle may have been closed by the other side: finding out now costs nothing, after
    // the request was sent nobody knows whether it was executed.
    if (Channel::Clock::now() - channel.last_active() > 100ms) channel.probe();
    LedCall call(channel);
    const Submission sent =
        submit(execution, channel, std::shared_ptr<Pending>(std::shared_ptr<Pending>(), &call));
    if (!sent.stream) return sent.next;
    host.begin_request();
    const bool ended = channel.wait(call, *sent.stream, deadline);
    host.end_request();
    if (!ended) return execution.on_failure(Cause::request_timeout, timed_out(execution));
    if (call.error()) return execution.on_failure(Cause::connection_closed, *call.error());
    return execution.on_answer(*call.envelope(), channel.version(), channel.peer());
}

std::optional<Error> Session::wait_for_agreement() {
    const auto mailbox = std::make_shared<Mailbox<std::optional<Error>>>();
    agree([mailbox](std::optional<Error> failed) { mailbox->put(std::move(failed)); });
    std::optional<std::optional<Error>> told = mailbox->wait_until(Channel::Clock::now() + 30s);
    if (told) return std::move(*told);
    return Error(ErrorKind::timeout,
                 "the schema was changed, but the nodes did not tell whether they agree on it");
}

template <class Work>
Outcome Session::execute_work(const Work& work) {
    if (std::optional<Error> failed = connect()) return std::move(*failed);
    Execution execution(context_, snapshot(), work);
    const Channel::Clock::time_point deadline = Channel::Clock::now() + execution.timeout();
    Execution::Next next = execution.begin();
    while (next == Execution::Next::send) {
        next = attempt(execution, deadline);
        if (state_.load(std::memory_order_relaxed) == State::closed && next == Execution::Next::send)
            return closed_error();
    }
    Outcome outcome = execution.take_outcome();
    if (execution.changed_schema() && std::holds_alternative<Result>(outcome))
        if (std::optional<Error> failed = wait_for_agreement()) return std::move(*failed);
    return outcome;
}

Outcome Session::execute(const Statement& statement) { return execute_work(statement); }
Outcome Session::execute(const BatchStatement& batch) { return execute_work(batch); }

std::variant<Description, Error> Session::describe(const StatementText& text) {
    if (std::optional<Error> failed = connect()) return std::move(*failed);
    PreparedPtr prepared = prepared_.find(text, "");
    if (!prepared) {
        const Statement statement(text);
        Execution execution(context_, snapshot(), statement);
        const Channel::Clock::time_point deadline = Channel::Clock::now() + execution.timeout();
        Execution::Next next = execution.begin_describe();
        while (next == Execution::Next::send) next = attempt(execution, deadline);
        Outcome outcome = execution.take_outcome();
        if (Error* error = std::get_if<Error>(&outcome)) return std::move(*error);
        prepared = execution.prepared();
    }
    return describe_prepared(*prepared);
}

void Session::close() noexcept {
    std::unordered_map<uuid, std::shared_ptr<HostPool>> pools;
    std::shared_ptr<Control> control;
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::closed) return;
        state_ = State::closed;
        pools.swap(pools_);
        control = control_;
    }
    const Error why = closed_error();
    for (const std::shared_ptr<AsyncRequest>& request : requests_.close()) request->end(why);
    for (const auto& [id, pool] : pools) pool->close(why);
    connected(why);
    if (!control) return;
    boost::asio::post(io_, [this, control] {
        control->close();
        deadlines_.cancel();
        work_.reset();
    });
    if (thread_.get_id() != std::this_thread::get_id()) thread_.join();
}

}  // namespace coodie::native
