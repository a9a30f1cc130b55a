// SPDX-License-Identifier: Apache-2.0
// How a session runs requests: blocking ones on their callers' threads, asynchronous ones as AsyncRequests.
#include "native/session/async_request.hpp"
#include "native/session/mailbox.hpp"
#include "native/session/recycling.hpp"
#include "native/session/session.hpp"
#include "native/session/submission.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

Error timed_out(const Execution& execution) {
    std::string where =
        execution.host() == nullptr ? std::string() : to_string(execution.host()->endpoint()) + " ";
    return {ErrorKind::timeout, where + "did not answer within " +
                                    std::to_string(execution.timeout().count()) +
                                    " ms; check the node's load, or raise the request's timeout"};
}

template <class... Arguments>
std::shared_ptr<AsyncRequest> make_request(Arguments&&... arguments) {
    return std::allocate_shared<AsyncRequest>(RecyclingAllocator<AsyncRequest>(),
                                              std::forward<Arguments>(arguments)...);
}

HostPool::Acquired led_channel(HostPool& pool, Channel::Clock::time_point deadline) {
    if (std::shared_ptr<Channel> channel = pool.open_channel(Lane::led)) return channel;
    const auto mailbox = std::make_shared<Mailbox<HostPool::Acquired>>();
    pool.acquire(Lane::led, [mailbox](HostPool::Acquired acquired) { mailbox->put(std::move(acquired)); });
    std::optional<HostPool::Acquired> told = mailbox->wait_until(deadline);
    if (told) return std::move(*told);
    return Error(ErrorKind::timeout,
                 "no connection to " + to_string(pool.host()->endpoint()) + " within the request's timeout");
}

}  // namespace

Ticket Session::start_request(const std::shared_ptr<AsyncRequest>& made) {
    const Ticket ticket = requests_.add(made, made->first_wake());
    if (ticket == Ticket::none) {
        made->end(closed_error());
        return ticket;
    }
    if (state_.load(std::memory_order_acquire) == State::ready)
        made->run(std::nullopt);
    else
        when_connected([made](const std::optional<Error>& failed) { made->run(failed); });
    if (!deadlines_run_.load(std::memory_order_relaxed) && !deadlines_run_.exchange(true))
        boost::asio::post(io_, [self = weak_from_this()] {
            if (const auto alive = self.lock()) alive->check_deadlines();
        });
    return ticket;
}

Ticket Session::start(Statement&& statement, std::shared_ptr<Request> request) {
    return start_request(make_request(shared_from_this(), std::move(statement), std::move(request)));
}
Ticket Session::start(BatchStatement&& batch, std::shared_ptr<Request> request) {
    return start_request(make_request(shared_from_this(), std::move(batch), std::move(request)));
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
        void complete(Outcome&& outcome) noexcept override {
            if (Error* error = std::get_if<Error>(&outcome)) return request->complete(std::move(*error));
            const PreparedPtr prepared = session->prepared_.find(text, session->used_keyspace_.name());
            if (prepared) return request->complete(describe_prepared(*prepared));
            request->complete(
                Error(ErrorKind::connection, "too many statements are prepared at the same time"));
        }
        std::shared_ptr<Session> session;
        StatementText text;
        std::shared_ptr<DescribeRequest> request;
    };
    if (const PreparedPtr prepared = prepared_.find(text, used_keyspace_.name())) {
        request->complete(describe_prepared(*prepared));
        return Ticket::none;
    }
    auto told = std::make_shared<Prepares>(shared_from_this(), text, std::move(request));
    const auto made = make_request(shared_from_this(), Statement(std::move(text)), std::move(told));
    made->describe_only();
    return start_request(made);
}

// One attempt on the caller's thread.
Execution::Next Session::attempt(Execution& execution, const Members& members,
                                 Channel::Clock::time_point deadline) {
    using Cause = AttemptFailure::Cause;
    if (execution.prepares()) {
        const auto landing = std::make_shared<Mailbox<PrepareFlights::Verdict>>();
        const Execution::Next next =
            execution.claim([landing](const PrepareFlights::Verdict& verdict) { landing->put(verdict); });
        if (next == Execution::Next::finished) return next;
        if (next == Execution::Next::wait) {
            const std::optional<PrepareFlights::Verdict> told = landing->wait_until(deadline);
            return told ? execution.on_landing(*told)
                        : execution.on_failure(Cause::request_timeout, timed_out(execution));
        }
    }
    Host& host = *execution.host();
    HostPool::Acquired acquired = led_channel(members.pool(host), deadline);
    if (Error* error = std::get_if<Error>(&acquired))
        return execution.on_failure(Cause::not_sent, std::move(*error));
    auto& channel = static_cast<LedChannel&>(**std::get_if<std::shared_ptr<Channel>>(&acquired));
    // A connection that was idle may have been closed by the other side: finding out now costs nothing, after
    // the request was sent nobody knows whether it was executed.
    if (Channel::Clock::now() - channel.last_received() > 100ms) channel.probe();
    LedCall call;
    const Submission sent =
        submit(execution, channel, std::shared_ptr<Pending>(std::shared_ptr<Pending>(), &call));
    if (!sent.stream) return sent.next;
    host.begin_request();
    const bool ended = channel.wait(call, *sent.stream, deadline);
    host.end_request();
    if (!ended) return execution.on_failure(Cause::request_timeout, timed_out(execution));
    if (call.error()) return execution.on_failure(Cause::connection_closed, *call.error());
    return execution.on_answer(std::move(*call.envelope()), channel.version(), channel.peer());
}

Execution::Next Session::watched_attempt(Execution& execution, const Members& members,
                                         Channel::Clock::time_point deadline) {
    const Execution::Next next = attempt(execution, members, deadline);
    if (AttemptWatch* watch = execution.end_attempt(next)) watch->tell(telemetry());
    return next;
}

std::optional<Error> Session::wait_for_agreement(const Endpoint& coordinator) {
    const auto mailbox = std::make_shared<Mailbox<std::optional<Error>>>();
    agree(coordinator, [mailbox](std::optional<Error> failed) { mailbox->put(std::move(failed)); });
    std::optional<std::optional<Error>> told = mailbox->wait_until(Channel::Clock::now() + 30s);
    if (told) return std::move(*told);
    return Error(ErrorKind::timeout,
                 "the schema was changed, but the nodes did not tell whether they agree on it");
}

// A caller's thread waits for one connection; where several nodes may be asked, the driver's own does it.
template <class Work>
Outcome Session::execute_speculatively(const Work& work) {
    struct Told final : Request {
        void complete(Outcome&& outcome) noexcept override { mailbox.put(std::move(outcome)); }
        Mailbox<Outcome> mailbox;
    };
    const auto told = std::make_shared<Told>();
    const Lane lane = settings_->data == settings_->control ? Lane::async : Lane::control;
    static_cast<void>(start_request(make_request(shared_from_this(), Work(work), told, lane)));
    return told->mailbox.wait();
}

template <class Work>
Outcome Session::execute_on_this_thread(const Work& work) {
    const MembersPtr members = this->members();
    Execution execution(context_, *members->snapshot(), work);
    const Channel::Clock::time_point deadline = Channel::Clock::now() + execution.timeout();
    Execution::Next next = execution.begin();
    while (next == Execution::Next::send) {
        next = watched_attempt(execution, *members, deadline);
        if (state_.load(std::memory_order_relaxed) == State::closed && next == Execution::Next::send)
            return closed_error();
    }
    Outcome outcome = execution.take_outcome();
    if (execution.changed_schema() && std::holds_alternative<Result>(outcome))
        if (std::optional<Error> failed = wait_for_agreement(execution.host()->endpoint()))
            return std::move(*failed);
    return outcome;
}

template <class Work>
Outcome Session::execute_work(const Work& work) {
    std::optional<Error> failed = connect();
    if (!failed && context_.speculation.enabled() && may_speculate(work)) return execute_speculatively(work);
    Outcome outcome = failed ? Outcome(std::move(*failed)) : execute_on_this_thread(work);
    telemetry().ended(outcome);
    return outcome;
}

Outcome Session::execute(const Statement& statement) { return execute_work(statement); }
Outcome Session::execute(const BatchStatement& batch) { return execute_work(batch); }

std::variant<Description, Error> Session::describe(const StatementText& text) {
    if (std::optional<Error> failed = connect()) return std::move(*failed);
    PreparedPtr prepared = prepared_.find(text, used_keyspace_.name());
    if (!prepared) {
        const Statement statement(text);
        const MembersPtr members = this->members();
        Execution execution(context_, *members->snapshot(), statement);
        const Channel::Clock::time_point deadline = Channel::Clock::now() + execution.timeout();
        Execution::Next next = execution.begin_describe();
        while (next == Execution::Next::send) next = watched_attempt(execution, *members, deadline);
        Outcome outcome = execution.take_outcome();
        if (Error* error = std::get_if<Error>(&outcome)) return std::move(*error);
        prepared = execution.prepared();
    }
    return describe_prepared(*prepared);
}

}  // namespace coodie::native
