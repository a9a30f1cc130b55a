// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace integration {

namespace {

using Clock = std::chrono::steady_clock;

/// Between two requests of a worker: nodes that restart on the same machine need some of it.
constexpr std::chrono::milliseconds pause{10};

/// Counts completions of one request before it passes the first on.
class Counted final : public coodie::Request {
public:
    Counted(std::shared_ptr<coodie::Request> inner, Meter& meter) : inner_(std::move(inner)), meter_(&meter) {
        ++meter_->started;
    }
    void complete(coodie::Outcome&& outcome) noexcept override {
        if (done_.exchange(true)) {
            ++meter_->completed_again;
            return;
        }
        ++meter_->completed;
        meter_->note(Clock::now() - begun_, outcome);
        inner_->complete(std::move(outcome));
    }

private:
    std::shared_ptr<coodie::Request> inner_;
    Meter* meter_;
    Clock::time_point begun_ = Clock::now();
    std::atomic<bool> done_{false};
};

/// A statement as something to await, over the bridge of coodie::aio.
class SendStatement {
public:
    SendStatement(std::shared_ptr<coodie::Driver> driver, coodie::Statement statement, Meter& meter)
        : driver_(std::move(driver)), statement_(std::move(statement)), meter_(&meter) {}

    void start(std::shared_ptr<coodie::aio::detail::PendingRequest> request) && {
        const auto cancel = [](void* driver, coodie::Ticket ticket) noexcept {
            static_cast<coodie::Driver*>(driver)->cancel(ticket);
        };
        if (!request->prepare(request, driver_, cancel, boost::asio::cancellation_type::none)) return;
        auto counted = std::make_shared<Counted>(request, *meter_);
        request->started(driver_->start(std::move(statement_), std::move(counted)));
    }

private:
    std::shared_ptr<coodie::Driver> driver_;
    coodie::Statement statement_;
    Meter* meter_;
};

}  // namespace

void Meter::note(Clock::duration took, const coodie::Outcome& outcome) noexcept {
    const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    std::int64_t longest = longest_ms;
    while (ms > longest && !longest_ms.compare_exchange_weak(longest, ms)) continue;
    if (std::holds_alternative<coodie::Result>(outcome)) ++acknowledged;
}

Load::Load(const std::string& url, const std::string& keyspace, const std::string& name)
    : blocking_(coodie::sync::init_coodie(url, {.name = name + "-blocking"})),
      awaited_(coodie::aio::init_coodie(context_.get_executor(), url, {.name = name + "-awaited"})) {
    for (int i = 0; i < threads + coroutines; ++i)
        workers_.push_back(std::make_unique<Worker>(name + std::to_string(i), keyspace));
    for (int i = 0; i < threads; ++i)
        threads_.emplace_back([this, &worker = *workers_[static_cast<std::size_t>(i)]] { block(worker); });
    for (int i = threads; i < threads + coroutines; ++i)
        boost::asio::co_spawn(context_, await(*workers_[static_cast<std::size_t>(i)]), boost::asio::detached);
    threads_.emplace_back([this] { context_.run(); });
}

Load::~Load() { stop(); }

void Load::block(Worker& worker) {
    coodie::Driver& driver = blocking_.driver();
    while (!stopped_) {
        const coodie::Statement statement = worker.next();
        ++meter_.started;
        const Clock::time_point begun = Clock::now();
        const coodie::Outcome outcome = driver.execute(statement);
        ++meter_.completed;
        meter_.note(Clock::now() - begun, outcome);
        worker.take(outcome);
        std::this_thread::sleep_for(pause);
    }
}

boost::asio::awaitable<void> Load::await(Worker& worker) {
    boost::asio::steady_timer timer(context_);
    while (!stopped_) {
        SendStatement send(awaited_.shared_driver(), worker.next(), meter_);
        coodie::Outcome outcome;
        coodie::aio::detail::Execution<SendStatement> execution(std::move(send), outcome);
        co_await std::move(execution);
        worker.take(outcome);
        timer.expires_after(pause);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    // An open connection is work of the context.
    if (--coroutines_left_ == 0) awaited_.close();
}

bool Load::wait_for(std::int64_t more, std::chrono::seconds limit) const {
    const std::int64_t wanted = meter_.acknowledged + more;
    const Clock::time_point deadline = Clock::now() + limit;
    while (meter_.acknowledged < wanted && Clock::now() < deadline) std::this_thread::sleep_for(pause);
    return meter_.acknowledged >= wanted;
}

void Load::stop() {
    stopped_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    blocking_.close();
}

}  // namespace integration
