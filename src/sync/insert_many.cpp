// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/insert_many.hpp>

#include <coodie/query/operation.hpp>
#include <coodie/query/query_builder.hpp>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <variant>

namespace coodie::sync::detail {
namespace {

/// Writes under way, and what became of those that are done. Shared with the requests: a driver may complete
/// one after the caller was thrown out.
class Window {
public:
    Window(std::uint32_t size, query::OperationContext context)
        : context_(context), size_(std::max(size, 1U)) {}

    void enter() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return under_way_ < size_; });
        ++under_way_;
    }
    void leave(std::size_t index, Outcome&& outcome) {
        const std::lock_guard lock(mutex_);
        if (const Error* error = std::get_if<Error>(&outcome))
            failures_.push_back({index, query::explained(*error, context_)});
        else
            ++written_;
        --under_way_;
        changed_.notify_one();
    }
    void fail(std::size_t index, Error error) {
        const std::lock_guard lock(mutex_);
        failures_.push_back({index, std::move(error)});
    }
    InsertManyResult finish() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return under_way_ == 0; });
        std::sort(failures_.begin(), failures_.end(),
                  [](const auto& a, const auto& b) { return a.index < b.index; });
        return {written_, std::move(failures_)};
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<InsertManyResult::Failure> failures_;
    query::OperationContext context_;
    std::size_t written_ = 0;
    std::uint32_t under_way_ = 0;
    std::uint32_t size_;
};

class OneWrite final : public Request {
public:
    OneWrite(Window& window, std::size_t index) : window_(window), index_(index) {}
    void complete(Outcome&& outcome) noexcept override { window_.leave(index_, std::move(outcome)); }

private:
    Window& window_;
    std::size_t index_;
};

}  // namespace

InsertManyResult insert_many(const ModelInfo& model, NextDocument next, void* range,
                             const InsertManyOptions& options) {
    const std::shared_ptr<Driver> driver = query::driver_of(model, options.keyspace);
    const SaveOptions save = query::save_options(options);
    Window window(options.concurrency,
                  {.model = &model, .operation = "insert_many", .keyspace = options.keyspace});
    std::size_t index = 0;
    // Whatever the range throws, the writes under way refer to the window: wait for them first.
    try {
        for (; const void* document = next(range); ++index) {
            try {
                Statement statement = query::save_statement(model, document, save);
                auto request = std::make_shared<OneWrite>(window, index);
                window.enter();
                driver->start(std::move(statement), std::move(request));
            } catch (const ValidationError& error) {
                window.fail(index, Error(ErrorKind::validation, error.what()));
            }
        }
    } catch (...) {
        static_cast<void>(window.finish());
        throw;
    }
    return window.finish();
}

}  // namespace coodie::sync::detail
