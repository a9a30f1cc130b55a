// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/embedded_driver.hpp"

#include <exception>
#include <mutex>
#include <new>
#include <utility>

namespace coodie::embedded {

struct EmbeddedDriver::Opened {
    std::shared_lock<std::shared_mutex> lock;
    Engine* engine = nullptr;
};

namespace {

std::optional<Running::Time> deadline_of(const ExecutionOptions& options) {
    if (!options.timeout) return std::nullopt;
    return std::chrono::steady_clock::now() + *options.timeout;
}

/// A driver gives errors as values. What the engine's own code throws is a defect, but no reason to end the
/// program.
Error unexpected(const std::exception& exception) {
    return Error(server_code::server_error, std::string("the embedded engine failed: ") + exception.what());
}

}  // namespace

EmbeddedDriver::EmbeddedDriver(Location location, std::string name, std::string keyspace)
    : location_(std::move(location)), name_(std::move(name)), keyspace_(std::move(keyspace)), pool_(*this) {}

std::optional<Error> EmbeddedDriver::open() {
    const std::unique_lock lock(mutex_);
    if (closed_ || engine_ != nullptr) return std::nullopt;
    auto engine = open_engine(location_);
    if (auto* error = std::get_if<Error>(&engine)) return std::move(*error);
    engine_ = std::move(std::get<0>(engine));
    return std::nullopt;
}

std::variant<EmbeddedDriver::Opened, Error> EmbeddedDriver::opened() {
    for (;;) {
        std::shared_lock lock(mutex_);
        if (closed_) return Error(ErrorKind::cancelled, "the driver " + name_ + " is closed");
        if (engine_ != nullptr) return Opened{std::move(lock), engine_.get()};
        lock.unlock();
        if (auto error = open()) return std::move(*error);
    }
}

template <class Work>
Outcome EmbeddedDriver::execute_checked(const Work& work, const std::atomic<bool>* cancelled) try {
    std::optional<std::string> use;
    auto outcome = [&]() -> Outcome {
        const auto deadline = deadline_of(work.options());
        auto open = opened();
        if (auto* error = std::get_if<Error>(&open)) return std::move(*error);
        Call call{keyspace_, Running(&closed_, cancelled, deadline), std::nullopt};
        auto result = std::get<Opened>(open).engine->execute(work, call);
        use = std::move(call.use);
        return result;
    }();
    if (use) {
        const std::unique_lock lock(mutex_);
        keyspace_ = std::move(*use);
    }
    return outcome;
} catch (const std::bad_alloc&) {
    throw;
} catch (const std::exception& exception) {
    return unexpected(exception);
}

Outcome EmbeddedDriver::execute(const Statement& statement) { return execute_checked(statement, nullptr); }
Outcome EmbeddedDriver::execute(const BatchStatement& batch) { return execute_checked(batch, nullptr); }

Ticket EmbeddedDriver::start(Statement&& statement, std::shared_ptr<Request> request) {
    return pool_.start({std::move(statement), std::move(request)});
}
Ticket EmbeddedDriver::start(BatchStatement&& batch, std::shared_ptr<Request> request) {
    return pool_.start({std::move(batch), std::move(request)});
}

Outcome EmbeddedDriver::run(const Job& job) noexcept {
    return std::visit([&](const auto& work) { return execute_checked(work, job.cancelled.get()); }, job.work);
}

std::variant<Description, Error> EmbeddedDriver::describe(const StatementText& text) try {
    auto open = opened();
    if (auto* error = std::get_if<Error>(&open)) return std::move(*error);
    return std::get<Opened>(open).engine->describe(text, keyspace_);
} catch (const std::bad_alloc&) {
    throw;
} catch (const std::exception& exception) {
    return unexpected(exception);
}

std::string EmbeddedDriver::keyspace() const {
    const std::shared_lock lock(mutex_);
    return keyspace_;
}

Outcome EmbeddedDriver::connect() {
    auto open = opened();
    if (auto* error = std::get_if<Error>(&open)) return std::move(*error);
    return Result();
}

void EmbeddedDriver::close() noexcept {
    closed_ = true;  // stops long reads
    pool_.close();
    std::shared_ptr<Engine> engine;
    const std::unique_lock lock(mutex_);  // waits for what runs
    engine.swap(engine_);
}

}  // namespace coodie::embedded
