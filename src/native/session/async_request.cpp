// SPDX-License-Identifier: Apache-2.0
#include "native/session/async_request.hpp"

#include "native/session/session.hpp"
#include "native/session/submission.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace coodie::native {
namespace {

std::chrono::milliseconds timeout_of(const Session& session,
                                     const std::variant<Statement, BatchStatement>& work) {
    const std::optional<std::chrono::milliseconds> own =
        std::visit([](const auto& each) { return each.options().timeout; }, work);
    return own.value_or(session.options().request_timeout);
}

}  // namespace

AsyncRequest::AsyncRequest(std::shared_ptr<Session> session, Statement&& statement,
                           std::shared_ptr<Request> request, Lane lane)
    : session_(std::move(session)),
      work_(std::move(statement)),
      request_(std::move(request)),
      lane_(lane),
      deadline_(Clock::now() + timeout()) {}

AsyncRequest::AsyncRequest(std::shared_ptr<Session> session, BatchStatement&& batch,
                           std::shared_ptr<Request> request, Lane lane)
    : session_(std::move(session)),
      work_(std::move(batch)),
      request_(std::move(request)),
      lane_(lane),
      deadline_(Clock::now() + timeout()) {}

AsyncRequest::~AsyncRequest() = default;

AsyncRequest::Attempt::Attempt(AsyncRequest& owner, const ExecutionContext& context, const Snapshot& snapshot,
                               const Work& work)
    : request(owner),
      execution(context, snapshot, std::get_if<Statement>(&work), std::get_if<BatchStatement>(&work)) {}

std::chrono::milliseconds AsyncRequest::timeout() const noexcept { return timeout_of(*session_, work_); }

void AsyncRequest::run(const std::optional<Error>& not_connected) {
    Lock lock(mutex_);
    if (done_) return;
    if (not_connected) return complete(*not_connected, nullptr, lock);
    members_ = session_->members();
    first_.emplace(*this, session_->context(), *members_->snapshot(), work_);
    advance(*first_, describes_ ? first_->execution.begin_describe() : first_->execution.begin(), lock);
}

Execution::Next AsyncRequest::send(Attempt& attempt, std::shared_ptr<Channel> channel) {
    const Submission sent =
        submit(attempt.execution, *channel, std::shared_ptr<Pending>(shared_from_this(), &attempt));
    if (!sent.stream) return sent.next;
    attempt.channel = std::move(channel);
    attempt.stream = *sent.stream;
    attempt.waiting = true;
    attempt.counted_host = attempt.execution.host();
    attempt.counted_host->begin_request();
    return Execution::Next::send;
}

// Whoever lands the flight is in the middle of its own request: this one goes on later, and only if it still
// lives.
Execution::Next AsyncRequest::claim(Attempt& attempt) {
    return attempt.execution.claim([self = weak_from_this(), &attempt, executor = session_->executor(lane_)](
                                       const PrepareFlights::Verdict& verdict) {
        boost::asio::post(executor, [self, &attempt, verdict] {
            if (const std::shared_ptr<AsyncRequest> alive = self.lock()) alive->landed(attempt, verdict);
        });
    });
}

void AsyncRequest::landed(Attempt& attempt, const PrepareFlights::Verdict& verdict) {
    Lock lock(mutex_);
    if (done_ || attempt.over) return;
    advance(attempt, attempt.execution.on_landing(verdict), lock);
}

// Goes on until something is on its way or awaited, or it is finished.
void AsyncRequest::advance(Attempt& attempt, Execution::Next next, Lock& lock) {
    while (next == Execution::Next::send) {
        if (attempt.execution.prepares()) next = claim(attempt);
        if (next == Execution::Next::wait) return;
        if (next == Execution::Next::finished) break;
        HostPool& pool = members_->pool(*attempt.execution.host());
        std::shared_ptr<Channel> channel = pool.open_channel(lane_);
        if (!channel) {
            lock.unlock();
            pool.acquire(lane_, [self = shared_from_this(), &attempt](HostPool::Acquired acquired) {
                self->resume(attempt, std::move(acquired));
            });
            return;
        }
        next = send(attempt, std::move(channel));
        if (attempt.waiting) return;
    }
    finish(attempt, lock);
}

void AsyncRequest::resume(Attempt& attempt, HostPool::Acquired acquired) {
    Lock lock(mutex_);
    if (done_ || attempt.over) return;
    if (Error* error = std::get_if<Error>(&acquired))
        return advance(
            attempt, attempt.execution.on_failure(AttemptFailure::Cause::not_sent, std::move(*error)), lock);
    const Execution::Next next = send(attempt, std::move(*std::get_if<std::shared_ptr<Channel>>(&acquired)));
    if (!attempt.waiting) advance(attempt, next, lock);
}

std::shared_ptr<Channel> AsyncRequest::Attempt::stop_waiting() noexcept {
    waiting = false;
    std::exchange(counted_host, nullptr)->end_request();
    return std::move(channel);
}

void AsyncRequest::Attempt::answered(Envelope&& envelope) noexcept {
    Lock lock(request.mutex_);
    if (request.done_ || !waiting) return;
    const std::shared_ptr<Channel> answering = stop_waiting();
    request.tell_and_advance(
        *this, execution.on_answer(std::move(envelope), answering->version(), answering->peer()), lock);
}

void AsyncRequest::Attempt::lost(const Error& why) noexcept {
    Lock lock(request.mutex_);
    if (request.done_ || !waiting) return;
    static_cast<void>(stop_waiting());
    request.tell_and_advance(*this, execution.on_failure(AttemptFailure::Cause::connection_closed, why),
                             lock);
}

// The request may end in another way while the lock is not held.
void AsyncRequest::tell_and_advance(Attempt& attempt, Execution::Next next, Lock& lock) {
    if (AttemptWatch* watch = attempt.execution.end_attempt(next)) {
        lock.unlock();
        watch->tell(session_->telemetry());
        lock.lock();
        if (done_ || attempt.over) return;
    }
    advance(attempt, next, lock);
}

// The first answer is the outcome; so is an error, unless another node may still have an answer.
void AsyncRequest::finish(Attempt& attempt, Lock& lock) {
    attempt.over = true;
    if (attempt.execution.gave_up() && attempt_runs()) return;
    if (!others_.empty()) abandon_all(ErrorKind::cancelled);
    const Host* const changed_by = attempt.execution.changed_schema() ? attempt.execution.host() : nullptr;
    complete(attempt.execution.take_outcome(), changed_by, lock);
}

std::vector<AttemptWatch*> AsyncRequest::take_untold() {
    std::vector<AttemptWatch*> found;
    const auto take = [&found](Attempt& attempt) {
        if (std::exchange(attempt.untold, false)) found.push_back(attempt.execution.watch());
    };
    take(*first_);
    for (const std::unique_ptr<Attempt>& other : others_) take(*other);
    return found;
}

bool AsyncRequest::attempt_runs() const noexcept {
    return (first_ && !first_->over) ||
           std::any_of(others_.begin(), others_.end(), [](const auto& other) { return !other->over; });
}

void AsyncRequest::abandon(Attempt& attempt, ErrorKind why) {
    attempt.over = true;
    attempt.execution.abandon();
    if (!attempt.waiting) return;
    const std::shared_ptr<Channel> channel = attempt.stop_waiting();
    if (AttemptWatch* watch = attempt.execution.watch()) {
        watch->end(why);
        attempt.untold = true;
    }
    // False: its answer is on its way to answered(), which finds that nobody waits.
    static_cast<void>(channel->abandon(attempt.stream, &attempt));
}

void AsyncRequest::abandon_all(ErrorKind why) {
    if (first_) abandon(*first_, why);
    for (const std::unique_ptr<Attempt>& other : others_) abandon(*other, why);
}

void AsyncRequest::end(Error why) {
    Lock lock(mutex_);
    if (done_) return;
    abandon_all(why.kind());
    complete(std::move(why), nullptr, lock);
}

// Not set: no more of them.
std::optional<std::chrono::milliseconds> AsyncRequest::next_speculation() const noexcept {
    if (describes_ || !session_->context().speculation.enabled()) return std::nullopt;
    const bool may_repeat = std::visit([](const auto& work) { return may_speculate(work); }, work_);
    return session_->context().speculation.next(static_cast<std::uint32_t>(others_.size()), may_repeat);
}

AsyncRequest::Clock::time_point AsyncRequest::first_wake() const noexcept {
    const std::optional<std::chrono::milliseconds> delay = next_speculation();
    return delay ? std::min(deadline_, Clock::now() + *delay) : deadline_;
}

std::optional<AsyncRequest::Clock::time_point> AsyncRequest::wake(Clock::time_point now) {
    Lock lock(mutex_);
    if (agreeing_) return Clock::time_point::max();  // it ends by itself
    if (now >= deadline_) return std::nullopt;
    if (done_ || !next_speculation()) return deadline_;
    if (first_) {
        auto made = std::make_unique<Attempt>(*this, first_->execution);
        const Execution::Next next = made->execution.begin_beside();
        if (next == Execution::Next::finished) return deadline_;
        session_->telemetry().count(Telemetry::Event::speculation);
        others_.push_back(std::move(made));
        const std::optional<std::chrono::milliseconds> delay = next_speculation();
        advance(*others_.back(), next, lock);
        return delay ? std::min(deadline_, now + *delay) : deadline_;
    }
    return first_wake();
}

void AsyncRequest::complete(Outcome&& outcome, const Host* schema_changed_by, Lock& lock) {
    std::vector<AttemptWatch*> untold;
    if (first_ && first_->execution.watch() != nullptr) untold = take_untold();
    agreeing_ = schema_changed_by != nullptr && std::holds_alternative<Result>(outcome);
    if (agreeing_) {
        // Semantics rule 31. Its deadline does not count any more: the change is made.
        lock.unlock();
        for (AttemptWatch* watch : untold) watch->tell(session_->telemetry());
        session_->agree(
            schema_changed_by->endpoint(),
            [self = shared_from_this(), outcome = std::move(outcome)](std::optional<Error> failed) mutable {
                Lock again(self->mutex_);
                if (self->done_) return;
                self->complete(failed ? Outcome(std::move(*failed)) : std::move(outcome), nullptr, again);
            });
        return;
    }
    done_ = true;
    const std::shared_ptr<Request> request = std::move(request_);
    lock.unlock();
    for (AttemptWatch* watch : untold) watch->tell(session_->telemetry());
    session_->forget(ticket_);
    if (!describes_) session_->telemetry().ended(outcome);
    request->complete(std::move(outcome));
}

}  // namespace coodie::native
