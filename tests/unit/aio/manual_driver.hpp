// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace aio_test {

/// A driver whose requests the test completes, on whatever thread it likes.
class ManualDriver final : public coodie::Driver {
public:
    coodie::Outcome execute(const coodie::Statement&) override { return refused(); }
    coodie::Outcome execute(const coodie::BatchStatement&) override { return refused(); }
    coodie::Ticket start(coodie::Statement&&, std::shared_ptr<coodie::Request> request) override {
        return keep(std::move(request));
    }
    coodie::Ticket start(coodie::BatchStatement&&, std::shared_ptr<coodie::Request> request) override {
        return keep(std::move(request));
    }
    coodie::Ticket start_connect(std::shared_ptr<coodie::Request> request) override {
        return keep(std::move(request));
    }
    void cancel(coodie::Ticket ticket) noexcept override {
        {
            const std::lock_guard lock(mutex_);
            cancelled_.push_back(ticket);
        }
        if (!obeys) return;
        const std::size_t at = static_cast<std::size_t>(ticket) - 1;
        complete(at, coodie::Error(coodie::ErrorKind::cancelled, "as the caller wished"));
    }
    std::variant<coodie::Description, coodie::Error> describe(const coodie::StatementText&) override {
        return coodie::Description();
    }
    [[nodiscard]] std::string keyspace() const override { return "k"; }
    coodie::Outcome connect() override { return refused(); }
    void close() noexcept override {}
    [[nodiscard]] std::string name() const override { return "manual"; }

    [[nodiscard]] std::size_t started() const {
        const std::lock_guard lock(mutex_);
        return requests_.size();
    }
    [[nodiscard]] std::vector<coodie::Ticket> cancelled() const {
        const std::lock_guard lock(mutex_);
        return cancelled_;
    }
    /// The request that was started as number `at` and is not completed yet.
    [[nodiscard]] std::shared_ptr<coodie::Request> request(std::size_t at) const {
        const std::lock_guard lock(mutex_);
        return requests_.at(at);
    }
    /// Completes the request that was started as number `at`; once.
    void complete(std::size_t at, coodie::Outcome outcome = coodie::Result()) {
        std::shared_ptr<coodie::Request> request;
        {
            const std::lock_guard lock(mutex_);
            request = std::move(requests_.at(at));
        }
        if (request) request->complete(std::move(outcome));
    }

    bool obeys = true;  ///< cancel() completes the request

private:
    static coodie::Error refused() { return {coodie::ErrorKind::unsupported, "the front must not block"}; }
    coodie::Ticket keep(std::shared_ptr<coodie::Request> request) {
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
        return static_cast<coodie::Ticket>(requests_.size());
    }

    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<coodie::Request>> requests_;
    std::vector<coodie::Ticket> cancelled_;
};

}  // namespace aio_test
