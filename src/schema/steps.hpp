// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

/// Algorithms that need a database's answers on their way, written once for callers that wait for them in
/// different ways. A Steps is a coroutine that knows neither driver nor thread: it asks for one statement
/// after the other, and whoever carries it out gives the outcomes:
///
///     while (steps.advance()) steps.answer(driver.execute(steps.statement()));
///     return steps.result();
namespace coodie::schema {

namespace steps {

/// Between whoever carries steps out and the innermost coroutine. Not copied: coroutines point to it.
struct Conversation {
    Statement statement;
    std::optional<Outcome> answer;
    std::coroutine_handle<> waiting;  ///< what to resume next
};

class PromiseBase {
public:
    struct Final {
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        template <class Promise>
        [[nodiscard]] std::coroutine_handle<> await_suspend(
            std::coroutine_handle<Promise> done) const noexcept {
            if (done.promise().caller) return done.promise().caller;
            return std::noop_coroutine();
        }
        void await_resume() const noexcept {}
    };

    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] Final final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { exception = std::current_exception(); }

    Conversation* conversation = nullptr;
    std::coroutine_handle<> caller;  ///< that awaits this one; none for the outermost
    std::exception_ptr exception;
};

template <class T>
class Promise : public PromiseBase {
public:
    template <class U>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
    T take() {
        if (exception) std::rethrow_exception(exception);
        return std::move(*value);
    }

private:
    std::optional<T> value;
};
template <>
class Promise<void> : public PromiseBase {
public:
    void return_void() const noexcept {}
    void take() const {
        if (exception) std::rethrow_exception(exception);
    }
};

}  // namespace steps

/// Move-only; one thread at a time. Also awaitable by another Steps.
template <class T>
class [[nodiscard]] Steps {
public:
    struct promise_type : steps::Promise<T> {
        Steps get_return_object() { return Steps(Handle::from_promise(*this)); }
    };
    using Handle = std::coroutine_handle<promise_type>;

    Steps(Steps&& other) noexcept
        : handle_(std::exchange(other.handle_, {})), conversation_(std::move(other.conversation_)) {}
    Steps& operator=(Steps&&) = delete;
    ~Steps() {
        if (handle_) handle_.destroy();
    }

    /// Goes on to the next statement. False when there is none: then there is a result().
    [[nodiscard]] bool advance() {
        if (!conversation_.waiting) {
            handle_.promise().conversation = &conversation_;
            conversation_.waiting = handle_;
        }
        conversation_.waiting.resume();
        return !handle_.done();
    }
    [[nodiscard]] const Statement& statement() const noexcept { return conversation_.statement; }
    void answer(Outcome outcome) { conversation_.answer.emplace(std::move(outcome)); }
    /// Once; throws what the algorithm threw.
    T result() { return handle_.promise().take(); }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) noexcept {
        handle_.promise().conversation = caller.promise().conversation;
        handle_.promise().caller = caller;
        return handle_;
    }
    T await_resume() { return handle_.promise().take(); }

private:
    explicit Steps(Handle handle) noexcept : handle_(handle) {}

    Handle handle_;
    steps::Conversation conversation_;  ///< of the outermost; used from the first advance() on, then in place
};

/// `Outcome outcome = co_await Ask(statement)`: has the statement executed.
class Ask {
public:
    explicit Ask(const Statement& statement) noexcept : statement_(&statement) {}
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> asking) {
        conversation_ = asking.promise().conversation;
        conversation_->statement = *statement_;
        conversation_->waiting = asking;
    }
    [[nodiscard]] Outcome await_resume() { return std::move(*conversation_->answer); }

private:
    const Statement* statement_;
    steps::Conversation* conversation_ = nullptr;
};

/// Carries steps out on the calling thread.
template <class T>
T carry_out(Steps<T> steps, Driver& driver) {
    while (steps.advance()) steps.answer(driver.execute(steps.statement()));
    return steps.result();
}

}  // namespace coodie::schema
