// SPDX-License-Identifier: Apache-2.0
#include "native/session/session.hpp"

#include "native/session/async_request.hpp"
#include "native/session/mailbox.hpp"

#include <boost/asio/post.hpp>

#include <unordered_map>
#include <utility>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

/// How exactly deadlines of asynchronous requests are kept.
constexpr std::chrono::milliseconds deadline_interval = 10ms;

std::shared_ptr<const PoolSettings> make_settings(NativeOptions options,
                                                  std::shared_ptr<const TlsContext> tls,
                                                  boost::asio::io_context& io,
                                                  boost::asio::any_io_executor data) {
    auto made = std::make_shared<PoolSettings>();
    made->options = std::make_shared<const NativeOptions>(std::move(options));
    made->tls = std::move(tls);
    made->control = io.get_executor();
    made->telemetry = std::make_shared<Telemetry>(made->options->metrics);
    made->data = data ? std::move(data) : made->control;
    return made;
}

}  // namespace

Session::Session(NativeOptions options, std::shared_ptr<const TlsContext> tls,
                 boost::asio::any_io_executor data)
    : settings_(make_settings(std::move(options), std::move(tls), io_, std::move(data))),
      deadlines_(io_),
      balancing_(settings_->options->remote_datacenters),
      context_{
          *settings_->options,
          balancing_,
          prepared_,
          flights_,
          timestamps_,
          SpeculativePolicy(settings_->options->speculative_delay, settings_->options->speculative_count),
          *settings_->telemetry,
          used_keyspace_} {}

Session::~Session() {
    // The last handle may go on the control thread itself.
    if (thread_.joinable())
        thread_.get_id() == std::this_thread::get_id() ? thread_.detach() : thread_.join();
}

Error Session::closed_error() const {
    return {ErrorKind::cancelled, "the driver " + options().display + " was closed"};
}

std::string Session::keyspace() const {
    std::string used = used_keyspace_.name();
    return used.empty() ? options().keyspace : used;
}

MembersPtr Session::members() const {
    const std::lock_guard lock(mutex_);
    return members_;
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
    std::unordered_map<HostPtr, std::shared_ptr<HostPool>> known;
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::closed) return;
        if (members_)
            for (const std::shared_ptr<HostPool>& pool : members_->pools()) known.emplace(pool->host(), pool);
        std::vector<std::shared_ptr<HostPool>> pools;
        for (const HostPtr& host : snapshot->hosts()) {
            auto kept = known.extract(host);
            pools.push_back(kept ? std::move(kept.mapped()) : std::make_shared<HostPool>(host, settings_));
        }
        members_ = std::make_shared<const Members>(std::move(snapshot), std::move(pools));
    }
    for (const auto& [host, gone] : known)
        gone->close(Error(ErrorKind::connection, to_string(host->endpoint()) + " left the cluster"));
}

void Session::on_up(const Endpoint& node) {
    const MembersPtr known = members();
    const Host* back = known ? known->snapshot()->find(node) : nullptr;
    if (back != nullptr) known->pool(*back).retry_now();
}

void Session::on_tick(Channel::Clock::time_point now) {
    const MembersPtr known = members();
    if (!known) return;
    for (const std::shared_ptr<HostPool>& pool : known->pools()) pool->tend(now);
}

// On the control thread.
void Session::check_deadlines() {
    const auto now = RequestTable::Clock::now();
    for (const std::shared_ptr<AsyncRequest>& late : requests_.due(now)) {
        const std::optional<RequestTable::Clock::time_point> again = late->wake(now);
        if (again)
            requests_.set_due(late->ticket(), *again);
        else
            late->end(
                Error(ErrorKind::timeout, options().display + " did not answer within " +
                                              std::to_string(late->timeout().count()) +
                                              " ms; check the nodes' load, or raise the request's timeout"));
    }
    if (requests_.size() == 0) {
        deadlines_run_ = false;
        if (requests_.size() == 0 || deadlines_run_.exchange(true)) return;
    }
    deadlines_.expires_after(deadline_interval);
    deadlines_.async_wait([self = weak_from_this()](boost::system::error_code cancelled) {
        if (const auto alive = self.lock(); alive && !cancelled) alive->check_deadlines();
    });
}

void Session::cancel(Ticket ticket) noexcept {
    if (const std::shared_ptr<AsyncRequest> request = requests_.find(ticket))
        request->end(Error(ErrorKind::cancelled,
                           "the request was cancelled; a write may have been made all the same"));
}

void Session::agree(const Endpoint& coordinator, Control::Done done) {
    std::shared_ptr<Control> control;
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::closed) control = control_;
    }
    if (control)
        control->agree(coordinator, std::move(done));
    else
        done(closed_error());
}

std::vector<NodeCounters> Session::node_counters() const {
    std::vector<NodeCounters> found;
    if (const MembersPtr known = members())
        for (const HostPtr& host : known->snapshot()->hosts()) found.push_back(host->counters());
    return found;
}

void Session::close() noexcept {
    MembersPtr members;
    std::shared_ptr<Control> control;
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::closed) return;
        state_ = State::closed;
        members = members_;
        control = control_;
    }
    const Error why = closed_error();
    for (const std::shared_ptr<AsyncRequest>& request : requests_.close()) request->end(why);
    if (members)
        for (const std::shared_ptr<HostPool>& pool : members->pools()) pool->close(why);
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
