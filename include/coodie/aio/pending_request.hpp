// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/post_room.hpp>
#include <coodie/driver/driver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/execution/relationship.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <boost/asio/require.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace coodie::aio::detail {

class PendingList;

/// Asks a request's target (a driver) to stop a request.
using CancelFunction = void (*)(void* target, Ticket ticket) noexcept;

/// The bridge between a driver and a completion handler of Asio, all but the handler. Whatever thread
/// completes the request, the outcome is put where the handler looks for it, and the handler is called
/// through its executor, never from within complete(). Counts as work of that executor. When the executor's
/// context is destroyed first, the handler is destroyed with it and the outcome is dropped.
class PendingRequest : public Request {
public:
    ~PendingRequest() override;
    PendingRequest(const PendingRequest&) = delete;
    PendingRequest& operator=(const PendingRequest&) = delete;

    void complete(Outcome&& outcome) noexcept final;

    /// To be called before the request is started.
    /// @param target kept alive while the request is pending; `cancel_target` is called on it when the
    /// handler's cancellation slot asks for one of `kinds`.
    /// @return false when the executor's context is being destroyed: then the request must not be started.
    [[nodiscard]] bool prepare(std::shared_ptr<PendingRequest> self, std::shared_ptr<void> target,
                               CancelFunction cancel_target, boost::asio::cancellation_type kinds);
    /// To be called when the request was started, be it completed or not.
    void started(Ticket ticket) noexcept;

protected:
    /// @param outcome where the outcome goes; must live as long as the handler does.
    PendingRequest(const boost::asio::any_io_executor& executor, boost::asio::cancellation_slot slot,
                   Outcome& outcome);

    /// Calls the handler. `self` is the last reference but those of others.
    virtual void resume(std::shared_ptr<PendingRequest> self) = 0;
    /// Destroys the handler.
    virtual void abandon() noexcept = 0;

private:
    friend class PendingList;
    class Resumption;
    class CancelHandler;

    /// Counts as work, never runs anything inside execute(), and may queue without waking another thread.
    using ContextExecutor = decltype(boost::asio::require(
        std::declval<boost::asio::io_context::executor_type>(), boost::asio::execution::blocking.never,
        boost::asio::execution::relationship.continuation,
        boost::asio::execution::allocator(std::declval<PostAllocator<void>>()),
        boost::asio::execution::outstanding_work.tracked));

    [[nodiscard]] boost::asio::execution_context& context() const noexcept;
    /// Posts to the executor; without an allocation when that is an io_context's own.
    void post(Resumption resumption);
    void cancel() noexcept;
    /// Lets go of handler, executor and target.
    void release() noexcept;

    /// ticket_ before the request was started, and when it was cancelled even before that.
    static constexpr std::uint64_t starting = 0;
    static constexpr std::uint64_t cancel_wanted = ~std::uint64_t{0};

    PostRoom room_;  ///< of ContextExecutor; a Resumption keeps it
    std::variant<std::monostate, ContextExecutor, boost::asio::any_io_executor> executor_;
    boost::asio::cancellation_slot slot_;
    std::shared_ptr<PendingList> list_;
    std::shared_ptr<PendingRequest> self_;  ///< until it is completed or dropped
    std::shared_ptr<void> target_;
    CancelFunction cancel_ = nullptr;
    PendingRequest* previous_ = nullptr;  ///< guarded by the list's mutex, as is all that complete() touches
    PendingRequest* next_ = nullptr;
    Outcome* outcome_;
    std::atomic<std::uint64_t> ticket_{starting};
    bool linked_ = false;
};

template <class Handler>
class Bridge final : public PendingRequest {
public:
    Bridge(Handler&& handler, Outcome& outcome)
        : PendingRequest(boost::asio::get_associated_executor(handler),
                         boost::asio::get_associated_cancellation_slot(handler), outcome),
          handler_(std::move(handler)) {}

    /// One allocation, by the handler's allocator.
    [[nodiscard]] static std::shared_ptr<PendingRequest> make(Handler&& handler, Outcome& outcome) {
        const auto allocator =
            boost::asio::get_associated_allocator(handler, boost::asio::recycling_allocator<void>());
        return std::allocate_shared<Bridge>(allocator, std::move(handler), outcome);
    }

private:
    void resume(std::shared_ptr<PendingRequest> self) override {
        Handler handler(std::move(*handler_));
        handler_.reset();
        self.reset();  // the handler's next request may use the memory
        std::move(handler)();
    }
    void abandon() noexcept override { handler_.reset(); }

    std::optional<Handler> handler_;
};

}  // namespace coodie::aio::detail
