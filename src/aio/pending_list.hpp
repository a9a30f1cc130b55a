// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"

#include <coodie/aio/pending_request.hpp>

#include <boost/asio/execution_context.hpp>

#include <memory>
#include <mutex>

namespace coodie::aio::detail {

/// The requests that are pending on one execution context, so that its destruction reaches them: a driver
/// that completes one later must find neither handler nor executor. Any thread.
class PendingList {
public:
    /// The list of an executor's context; made at first use.
    [[nodiscard]] static std::shared_ptr<PendingList> of(boost::asio::execution_context& context);

    /// False when the context is being destroyed.
    [[nodiscard]] bool add(PendingRequest& request, std::shared_ptr<PendingRequest> self);
    /// Takes the request off the list and posts what resumes its handler. False when it is not on the list.
    bool finish(PendingRequest& request, Outcome&& outcome);
    /// Drops everything that is pending; nothing is added any more.
    void close() noexcept;
    [[nodiscard]] bool closed() const noexcept { return closed_.load(std::memory_order_acquire); }

private:
    void unlink(PendingRequest& request) noexcept;

    LightMutex mutex_;
    PendingRequest* first_ = nullptr;
    std::atomic<bool> closed_{false};
};

}  // namespace coodie::aio::detail
