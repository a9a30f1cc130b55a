// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/request_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace coodie::embedded {

namespace {

Error cancelled_error(const char* by) {
    return Error(ErrorKind::cancelled, std::string("the statement was cancelled before it ran: ") + by);
}

std::size_t most_threads() noexcept { return std::clamp(std::thread::hardware_concurrency(), 2U, 4U); }

}  // namespace

/// Shared with the threads, so that one of them may close and destroy the driver that owns the pool.
struct RequestPool::State {
    explicit State(JobRunner& job_runner) : runner(job_runner) {}

    void work() {
        std::unique_lock lock(mutex);
        for (;;) {
            ++idle;
            wake.wait(lock, [this] { return closed || !waiting.empty(); });
            --idle;
            if (closed) return;
            Job job = std::move(waiting.front());
            waiting.pop_front();
            running.push_back(&job);
            lock.unlock();
            auto outcome = runner.run(job);
            lock.lock();
            std::erase(running, &job);
            lock.unlock();
            job.request->complete(std::move(outcome));
            job = {};  // what the caller owns is destroyed outside the lock
            lock.lock();
        }
    }

    JobRunner& runner;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> waiting;
    std::vector<const Job*> running;
    std::vector<std::thread> threads;
    std::size_t idle = 0;
    std::uint64_t last_ticket = 0;
    bool closed = false;
};

RequestPool::RequestPool(JobRunner& runner) : state_(std::make_shared<State>(runner)) {}

Ticket RequestPool::start(Job job) {
    job.cancelled = std::make_shared<std::atomic<bool>>(false);
    auto& state = *state_;
    std::unique_lock lock(state.mutex);
    if (state.closed || state.waiting.size() >= most_waiting) {
        const bool closed = state.closed;
        lock.unlock();
        job.request->complete(
            closed ? cancelled_error("its embedded driver was closed")
                   : Error(server_code::overloaded, "more than " + std::to_string(most_waiting) +
                                                        " requests wait for the embedded engine"));
        return Ticket::none;
    }
    const auto ticket = ++state.last_ticket;
    job.ticket = ticket;
    state.waiting.push_back(std::move(job));
    if (state.idle < state.waiting.size() && state.threads.size() < most_threads())
        state.threads.emplace_back([shared = state_] { shared->work(); });
    state.wake.notify_one();
    return static_cast<Ticket>(ticket);
}

void RequestPool::cancel(Ticket ticket) noexcept {
    auto& state = *state_;
    Job found;
    {
        const std::lock_guard lock(state.mutex);
        const auto wanted = static_cast<std::uint64_t>(ticket);
        for (const auto* job : state.running)
            if (job->ticket == wanted) job->cancelled->store(true, std::memory_order_relaxed);
        const auto job = std::find_if(state.waiting.begin(), state.waiting.end(),
                                      [&](const Job& candidate) { return candidate.ticket == wanted; });
        if (job == state.waiting.end()) return;
        found = std::move(*job);
        state.waiting.erase(job);
    }
    found.request->complete(cancelled_error("by its caller"));
}

void RequestPool::close() noexcept {
    auto& state = *state_;
    std::deque<Job> waiting;
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(state.mutex);
        state.closed = true;
        waiting.swap(state.waiting);
        threads.swap(state.threads);
    }
    state.wake.notify_all();
    for (auto& job : waiting) job.request->complete(cancelled_error("its embedded driver was closed"));
    for (auto& thread : threads) {
        if (thread.get_id() == std::this_thread::get_id()) {
            thread.detach();
        } else {
            thread.join();
        }
    }
}

}  // namespace coodie::embedded
