// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/execution.hpp>

#include "aio/start.hpp"

namespace coodie::aio::detail {

void cancel_in_driver(void* driver, Ticket ticket) noexcept { static_cast<Driver*>(driver)->cancel(ticket); }

boost::asio::cancellation_type cancellation_of(const Statement& statement) noexcept {
    using boost::asio::cancellation_type;
    if (statement.text().kind() == StatementKind::select) return cancellation_type::all;
    if (statement.options().idempotent) return cancellation_type::terminal | cancellation_type::partial;
    return cancellation_type::terminal;
}

// `this` is in the frame of a coroutine, which another thread may resume and destroy before start() returns:
// everything is moved out of it before.
void SendStatement::start(std::shared_ptr<PendingRequest> request) && {
    Driver& driver = *driver_;
    Statement statement = std::move(statement_);
    if (!request->prepare(request, std::move(driver_), &cancel_in_driver, cancellation_of(statement))) return;
    request->started(driver.start(std::move(statement), request));
}

void SendBatch::start(std::shared_ptr<PendingRequest> request) && {
    Driver& driver = *driver_;
    BatchStatement batch = std::move(batch_);
    const auto kinds = boost::asio::cancellation_type::terminal;
    if (!request->prepare(request, std::move(driver_), &cancel_in_driver, kinds)) return;
    request->started(driver.start(std::move(batch), request));
}

void SendOperation::start(std::shared_ptr<PendingRequest> request) && {
    // In the same frame; nothing resumes the coroutine before the driver has the statement.
    query::Operation& operation = *operation_;
    Driver& driver = *operation.driver();
    if (!request->prepare(request, operation.driver(), &cancel_in_driver,
                          cancellation_of(operation.statement())))
        return;
    request->started(driver.start(operation.statement_to_send(), request));
}

}  // namespace coodie::aio::detail
