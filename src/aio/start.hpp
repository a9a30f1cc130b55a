// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/execution.hpp>

namespace coodie::aio::detail {

/// CancelFunction of a Driver.
void cancel_in_driver(void* driver, Ticket ticket) noexcept;

/// Which types of cancellation a statement honours.
[[nodiscard]] boost::asio::cancellation_type cancellation_of(const Statement& statement) noexcept;

/// Sends one statement.
class SendStatement {
public:
    SendStatement(std::shared_ptr<Driver> driver, Statement statement)
        : driver_(std::move(driver)), statement_(std::move(statement)) {}
    void start(std::shared_ptr<PendingRequest> request) &&;

private:
    std::shared_ptr<Driver> driver_;
    Statement statement_;
};

/// Sends a batch. A cancellation of type terminal only: it may have been done.
class SendBatch {
public:
    SendBatch(std::shared_ptr<Driver> driver, BatchStatement batch)
        : driver_(std::move(driver)), batch_(std::move(batch)) {}
    void start(std::shared_ptr<PendingRequest> request) &&;

private:
    std::shared_ptr<Driver> driver_;
    BatchStatement batch_;
};

}  // namespace coodie::aio::detail
