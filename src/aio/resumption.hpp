// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/pending_request.hpp>

#include <memory>
#include <utility>

namespace coodie::aio::detail {

/// What complete() posts to the handler's executor.
class PendingRequest::Resumption {
public:
    explicit Resumption(std::shared_ptr<PendingRequest> request) noexcept : request_(std::move(request)) {}
    Resumption(Resumption&&) noexcept = default;
    Resumption& operator=(Resumption&&) = delete;
    /// The context is being destroyed with what was posted to it. A slot's handler may hold a reference, too,
    /// so handler and executor have to go now.
    ~Resumption() {
        if (request_ != nullptr) request_->release();
    }

    void operator()() {
        std::shared_ptr<PendingRequest> request = std::move(request_);
        PendingRequest& pending = *request;
        // Only here, on the executor, is the slot touched again. Its handler holds a reference, too.
        if (pending.slot_.is_connected()) pending.slot_.clear();
        pending.resume(std::move(request));
    }

private:
    std::shared_ptr<PendingRequest> request_;
};

}  // namespace coodie::aio::detail
