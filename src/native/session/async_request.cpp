// SPDX-License-Identifier: Apache-2.0
#include "native/session/async_request.hpp"

#include "native/session/session.hpp"
#include "native/session/submission.hpp"

namespace coodie::native {

AsyncRequest::AsyncRequest(std::shared_ptr<Session> session, Statement statement,
                           std::shared_ptr<Request> request)
    : session_(std::move(session)), work_(std::move(statement)), request_(std::move(request)) {}

AsyncRequest::AsyncRequest(std::shared_ptr<Session> session, BatchStatement batch,
                           std::shared_ptr<Request> request)
    : session_(std::move(session)), work_(std::move(batch)), request_(std::move(request)) {}

AsyncRequest::~AsyncRequest() = default;

std::chrono::milliseconds AsyncRequest::timeout() const noexcept {
    const std::optional<std::chrono::milliseconds> own =
        std::visit([](const auto& work) { return work.options().timeout; }, work_);
    return own.value_or(session_->options().request_timeout);
}

void AsyncRequest::run(const std::optional<Error>& not_connected) {
    Lock lock(mutex_);
    if (done_) return;
    if (not_connected) return complete(*not_connected, lock);
    if (const Statement* statement = std::get_if<Statement>(&work_))
        execution_.emplace(session_->context(), session_->snapshot(), *statement);
    else
        execution_.emplace(session_->context(), session_->snapshot(), *std::get_if<BatchStatement>(&work_));
    advance(describes_ ? execution_->begin_describe() : execution_->begin(), lock);
}

void AsyncRequest::release_host() noexcept {
    if (counted_host_ != nullptr) std::exchange(counted_host_, nullptr)->end_request();
}

Execution::Next AsyncRequest::send(const std::shared_ptr<Channel>& channel) {
    const Submission sent = submit(*execution_, *channel, shared_from_this());
    if (!sent.stream) return sent.next;
    channel_ = channel;
    stream_ = *sent.stream;
    waiting_ = true;
    counted_host_ = execution_->host();
    counted_host_->begin_request();
    return Execution::Next::send;
}

// Goes on until something is on its way, a connection is being opened, or it is finished.
void AsyncRequest::advance(Execution::Next next, Lock& lock) {
    while (next == Execution::Next::send) {
        const std::shared_ptr<HostPool> pool = session_->pool(*execution_->host());
        if (!pool) {
            next = execution_->on_failure(AttemptFailure::Cause::not_sent, session_->closed_error());
            continue;
        }
        const std::shared_ptr<Channel> channel = pool->open_channel(Lane::async);
        if (!channel) {
            lock.unlock();
            pool->acquire(Lane::async, [self = shared_from_this()](HostPool::Acquired acquired) {
                self->resume(std::move(acquired));
            });
            return;
        }
        next = send(channel);
        if (waiting_) return;
    }
    complete(execution_->take_outcome(), lock);
}

void AsyncRequest::resume(HostPool::Acquired acquired) {
    Lock lock(mutex_);
    if (done_) return;
    if (Error* error = std::get_if<Error>(&acquired))
        return advance(execution_->on_failure(AttemptFailure::Cause::not_sent, std::move(*error)), lock);
    const Execution::Next next = send(*std::get_if<std::shared_ptr<Channel>>(&acquired));
    if (!waiting_) advance(next, lock);
}

void AsyncRequest::answered(Envelope envelope) noexcept {
    Lock lock(mutex_);
    if (done_ || !waiting_) return;
    waiting_ = false;
    release_host();
    const std::shared_ptr<Channel> channel = std::move(channel_);
    advance(execution_->on_answer(envelope, channel->version(), channel->peer()), lock);
}

void AsyncRequest::lost(const Error& why) noexcept {
    Lock lock(mutex_);
    if (done_ || !waiting_) return;
    waiting_ = false;
    release_host();
    channel_.reset();
    advance(execution_->on_failure(AttemptFailure::Cause::connection_closed, why), lock);
}

void AsyncRequest::end(Error why) {
    Lock lock(mutex_);
    if (done_) return;
    if (waiting_) {
        waiting_ = false;
        release_host();
        // False: its answer is on its way to answered(), which finds it done.
        static_cast<void>(channel_->abandon(stream_, this));
        channel_.reset();
    }
    complete(std::move(why), lock);
}

void AsyncRequest::complete(Outcome outcome, Lock& lock) {
    const bool agree = execution_ && execution_->changed_schema() && std::holds_alternative<Result>(outcome);
    const std::shared_ptr<Request> request = agree ? nullptr : std::move(request_);
    done_ = !agree;
    lock.unlock();
    if (agree) {
        // Semantics rule 31. Its deadline does not count any more: the change is made.
        session_->agree(
            [self = shared_from_this(), outcome = std::move(outcome)](std::optional<Error> failed) mutable {
                Lock again(self->mutex_);
                if (self->done_) return;
                self->execution_.reset();
                self->complete(failed ? Outcome(std::move(*failed)) : std::move(outcome), again);
            });
        return;
    }
    const std::shared_ptr<AsyncRequest> self = shared_from_this();
    session_->forget(ticket_);
    request->complete(std::move(outcome));
}

}  // namespace coodie::native
