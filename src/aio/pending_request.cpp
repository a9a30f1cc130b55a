// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/pending_request.hpp>

#include "aio/pending_list.hpp"
#include "aio/resumption.hpp"

#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

namespace coodie::aio::detail {
namespace {

namespace asio = boost::asio;

/// Counts as work, never runs anything inside execute(), and may queue without waking another thread.
asio::any_io_executor posting(const asio::any_io_executor& executor) {
    return asio::prefer(asio::require(asio::prefer(executor, asio::execution::outstanding_work.tracked),
                                      asio::execution::blocking.never),
                        asio::execution::relationship.continuation);
}

}  // namespace

class PendingRequest::CancelHandler {
public:
    CancelHandler(std::shared_ptr<PendingRequest> request, asio::cancellation_type kinds) noexcept
        : request_(std::move(request)), kinds_(kinds) {}

    void operator()(asio::cancellation_type type) {
        if ((type & kinds_) != asio::cancellation_type::none) request_->cancel();
    }

private:
    std::shared_ptr<PendingRequest> request_;
    asio::cancellation_type kinds_;
};

PendingRequest::PendingRequest(const asio::any_io_executor& executor, asio::cancellation_slot slot,
                               Outcome& outcome)
    : slot_(slot), outcome_(&outcome) {
    const auto* of_context = executor.target<asio::io_context::executor_type>();
    if (of_context == nullptr)
        executor_ = posting(executor);
    else
        executor_.emplace<ContextExecutor>(
            // Tracked last: each executor on the way would count as work.
            asio::require(*of_context, asio::execution::blocking.never,
                          asio::execution::relationship.continuation,
                          asio::execution::allocator(PostAllocator<void>(room_)),
                          asio::execution::outstanding_work.tracked));
}

asio::execution_context& PendingRequest::context() const noexcept {
    const auto* of_context = std::get_if<ContextExecutor>(&executor_);
    if (of_context != nullptr) return of_context->context();
    return asio::query(*std::get_if<asio::any_io_executor>(&executor_), asio::execution::context);
}

// Takes the executor along: whoever completes this may hold it until after the handler was called and the
// context destroyed.
void PendingRequest::post(Resumption resumption) {
    const auto execute = [&](auto& kept) {
        const auto executor = std::move(kept);
        executor_.emplace<std::monostate>();
        executor.execute(std::move(resumption));
    };
    if (auto* of_context = std::get_if<ContextExecutor>(&executor_))
        execute(*of_context);
    else
        execute(*std::get_if<asio::any_io_executor>(&executor_));
}

PendingRequest::~PendingRequest() = default;

bool PendingRequest::prepare(std::shared_ptr<PendingRequest> self, std::shared_ptr<void> target,
                             CancelFunction cancel_target, asio::cancellation_type kinds) {
    target_ = std::move(target);
    cancel_ = cancel_target;
    list_ = PendingList::of(context());
    PendingRequest& request = *self;
    if (slot_.is_connected()) slot_.emplace<CancelHandler>(self, kinds);
    if (list_->add(request, std::move(self))) return true;
    release();
    return false;
}

void PendingRequest::started(Ticket ticket) noexcept {
    std::uint64_t before = starting;
    if (ticket_.compare_exchange_strong(before, static_cast<std::uint64_t>(ticket))) return;
    cancel_(target_.get(), ticket);  // it was asked for while start() ran
}

void PendingRequest::complete(Outcome&& outcome) noexcept { list_->finish(*this, std::move(outcome)); }

void PendingRequest::cancel() noexcept {
    std::uint64_t ticket = starting;
    if (ticket_.compare_exchange_strong(ticket, cancel_wanted) || ticket == cancel_wanted) return;
    cancel_(target_.get(), static_cast<Ticket>(ticket));
}

void PendingRequest::release() noexcept {
    // From here on a cancellation signal that outlives the context finds nothing to cancel.
    ticket_.store(cancel_wanted);
    abandon();
    executor_.emplace<std::monostate>();
    target_.reset();
}

}  // namespace coodie::aio::detail
