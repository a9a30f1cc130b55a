// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/pending_request.hpp>
#include <coodie/driver/driver.hpp>
#include <coodie/query/operation.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace coodie::aio::detail {

struct Initiation {
    template <class Handler, class Start>
    void operator()(Handler&& handler, Start&& start, Outcome* outcome) const {
        std::forward<Start>(start).start(
            Bridge<std::decay_t<Handler>>::make(std::forward<Handler>(handler), *outcome));
    }
};

/// An asynchronous operation of Asio that puts its Outcome where the caller wants it, which must outlive the
/// completion handler: into the frame of the coroutine that awaits. `co_await` takes it as it is: the
/// coroutine needs no second frame. `Start` is a class with constructors (GCC 12 destroys some temporaries of
/// a co_await expression twice) and has `void start(std::shared_ptr<PendingRequest>) &&`.
template <class Start>
class Execution {
public:
    Execution(Start start, Outcome& outcome) : start_(std::move(start)), outcome_(&outcome) {}

    template <class Token>
    auto operator()(Token&& token) && -> decltype(boost::asio::async_initiate<Token, void()>(
        Initiation(), token, std::declval<Start>(), std::declval<Outcome*>())) {
        return boost::asio::async_initiate<Token, void()>(Initiation(), token, std::move(start_), outcome_);
    }

private:
    Start start_;
    Outcome* outcome_;
};

/// Sends an operation's next page; the operation must outlive the request. A read is cancelled by any type of
/// cancellation, an idempotent write by partial and terminal, any other by terminal only: it may have been
/// done.
class SendOperation {
public:
    explicit SendOperation(query::Operation& operation) noexcept : operation_(&operation) {}
    void start(std::shared_ptr<PendingRequest> request) &&;

private:
    query::Operation* operation_;
};

[[nodiscard]] inline Execution<SendOperation> send(query::Operation& operation, Outcome& outcome) {
    return {SendOperation(operation), outcome};
}

}  // namespace coodie::aio::detail
