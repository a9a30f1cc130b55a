// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <variant>

namespace coodie::embedded {

/// A request that waits for a thread.
struct Job {
    std::variant<Statement, BatchStatement> work;
    std::shared_ptr<Request> request;
    std::uint64_t ticket = 0;
    std::shared_ptr<std::atomic<bool>> cancelled;
};

/// Runs a job; must not throw.
class JobRunner {
public:
    virtual Outcome run(const Job& job) noexcept = 0;

protected:
    ~JobRunner() = default;
};

/// A few threads, started when they are needed, that run requests in the order in which they came. Every
/// request that start() takes is completed exactly once. Any thread.
class RequestPool {
public:
    static constexpr std::size_t most_waiting = 65536;

    explicit RequestPool(JobRunner& runner);
    ~RequestPool() { close(); }
    RequestPool(const RequestPool&) = delete;
    RequestPool& operator=(const RequestPool&) = delete;

    /// Completes the request at once when the pool is closed (cancelled) or has too much to do (overloaded).
    Ticket start(Job job);
    /// A request that waits is completed as cancelled; one that runs is told to stop.
    void cancel(Ticket ticket) noexcept;
    /// Completes what waits as cancelled, and waits for what runs (save when called by one of the pool's
    /// threads).
    void close() noexcept;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace coodie::embedded
