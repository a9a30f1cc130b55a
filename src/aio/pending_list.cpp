// SPDX-License-Identifier: Apache-2.0
#include "aio/pending_list.hpp"

#include "aio/resumption.hpp"

namespace coodie::aio::detail {
namespace {

/// Ties a list to its context's life.
class PendingService final : public boost::asio::execution_context::service {
public:
    static boost::asio::execution_context::id id;

    explicit PendingService(boost::asio::execution_context& context)
        : service(context), list_(std::make_shared<PendingList>()) {}
    [[nodiscard]] const std::shared_ptr<PendingList>& list() const noexcept { return list_; }

private:
    void shutdown() override { list_->close(); }

    std::shared_ptr<PendingList> list_;
};

boost::asio::execution_context::id PendingService::id;

/// The last context that this thread used: looking a service up takes a lock of the context.
struct LastContext {
    const boost::asio::execution_context* context = nullptr;
    std::shared_ptr<PendingList> list;
};

}  // namespace

std::shared_ptr<PendingList> PendingList::of(boost::asio::execution_context& context) {
    thread_local LastContext last;
    // Another context may have the address of one that is gone, but then that one's list is closed.
    if (last.context == &context && !last.list->closed()) return last.list;
    last.list = boost::asio::use_service<PendingService>(context).list();
    last.context = &context;
    return last.list;
}

bool PendingList::add(PendingRequest& request, std::shared_ptr<PendingRequest> self) {
    const std::lock_guard lock(mutex_);
    if (closed()) return false;
    request.self_ = std::move(self);
    request.next_ = first_;
    if (first_ != nullptr) first_->previous_ = &request;
    first_ = &request;
    request.linked_ = true;
    return true;
}

void PendingList::unlink(PendingRequest& request) noexcept {
    (request.previous_ == nullptr ? first_ : request.previous_->next_) = request.next_;
    if (request.next_ != nullptr) request.next_->previous_ = request.previous_;
    request.previous_ = request.next_ = nullptr;
    request.linked_ = false;
}

bool PendingList::finish(PendingRequest& request, Outcome&& outcome) {
    // Posts under the lock: the context cannot be destroyed in between, for that takes the lock in close().
    const std::lock_guard lock(mutex_);
    if (!request.linked_) return false;
    unlink(request);
    *request.outcome_ = std::move(outcome);
    request.post(PendingRequest::Resumption(std::move(request.self_)));
    return true;
}

void PendingList::close() noexcept {
    std::shared_ptr<PendingRequest> dropped;
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            closed_.store(true, std::memory_order_release);
            if (first_ == nullptr) return;
            dropped = std::move(first_->self_);
            unlink(*dropped);
        }
        dropped->cancel();
        dropped->release();
        dropped.reset();
    }
}

}  // namespace coodie::aio::detail
