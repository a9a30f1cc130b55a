// SPDX-License-Identifier: Apache-2.0
#include "aio/describe.hpp"

#include "aio/start.hpp"

#include <coodie/query/raw.hpp>

#include <optional>
#include <utility>
#include <variant>

namespace coodie::aio::detail {
namespace {

/// Keeps the answer, and passes on that it is there.
class Answer final : public DescribeRequest {
public:
    void set_request(std::shared_ptr<PendingRequest> request) noexcept { request_ = std::move(request); }
    void complete(std::variant<Description, Error> description) noexcept override {
        answer_.emplace(std::move(description));
        std::exchange(request_, nullptr)->complete(Result());
    }
    [[nodiscard]] std::variant<Description, Error>& value() noexcept { return *answer_; }

private:
    std::shared_ptr<PendingRequest> request_;
    std::optional<std::variant<Description, Error>> answer_;
};

class StartDescribe {
public:
    StartDescribe(std::shared_ptr<Driver> driver, StatementText text, std::shared_ptr<Answer> answer)
        : driver_(std::move(driver)), text_(std::move(text)), answer_(std::move(answer)) {}
    void start(std::shared_ptr<PendingRequest> request) && {
        Driver& driver = *driver_;
        StatementText text = std::move(text_);
        std::shared_ptr<Answer> answer = std::move(answer_);
        if (!request->prepare(request, std::move(driver_), &cancel_in_driver,
                              boost::asio::cancellation_type::all))
            return;
        answer->set_request(request);
        request->started(driver.start_describe(std::move(text), std::move(answer)));
    }

private:
    std::shared_ptr<Driver> driver_;
    StatementText text_;
    std::shared_ptr<Answer> answer_;
};

}  // namespace

boost::asio::awaitable<Description> describe(std::shared_ptr<Driver> driver, StatementText text) {
    auto answer = std::make_shared<Answer>();
    Outcome outcome;  // the answer is elsewhere
    co_await Execution<StartDescribe>(StartDescribe(std::move(driver), std::move(text), answer), outcome);
    co_return query::described(std::move(answer->value()));
}

}  // namespace coodie::aio::detail
