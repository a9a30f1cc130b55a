// SPDX-License-Identifier: Apache-2.0
#include "aio/many_writes.hpp"

#include <coodie/query/explain.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace coodie::aio::detail {

class ManyWrites::OneWrite final : public Request {
public:
    OneWrite(std::shared_ptr<ManyWrites> writes, std::size_t at) noexcept
        : writes_(std::move(writes)), at_(at) {}
    void complete(Outcome&& outcome) noexcept override { writes_->end(at_, std::move(outcome)); }

private:
    std::shared_ptr<ManyWrites> writes_;
    std::size_t at_;
};

ManyWrites::ManyWrites(const ModelInfo& model, std::string_view keyspace, std::shared_ptr<Driver> driver,
                       std::uint32_t most_under_way)
    : model_(model),
      keyspace_(keyspace),
      driver_(std::move(driver)),
      most_under_way_(std::max(most_under_way, 1U)) {}

void ManyWrites::add(Statement statement) {
    writes_.push_back({.statement = std::move(statement), .index = documents_++});
}

void ManyWrites::add_failure(Error error) { failures_.push_back({documents_++, std::move(error)}); }

void ManyWrites::start(std::shared_ptr<PendingRequest> request) {
    std::unique_lock lock(mutex_);
    request_ = std::move(request);
    go_on(lock);
}

void ManyWrites::end(std::size_t at, Outcome&& outcome) {
    std::unique_lock lock(mutex_);
    Write& write = writes_[at];
    write.ended = true;
    if (const Error* error = std::get_if<Error>(&outcome))
        failures_.push_back({write.index, query::explained(*error, {.model = &model_,
                                                                    .operation = "insert_many",
                                                                    .keyspace = keyspace_})});
    else
        ++written_;
    --under_way_;
    // A driver may complete within start(): then the call of go_on() further up goes on, not a deeper one.
    if (!going_on_) go_on(lock);
}

void ManyWrites::go_on(std::unique_lock<std::mutex>& lock) {
    going_on_ = true;
    while (!cancelled_ && next_ < writes_.size() && under_way_ < most_under_way_) start_next(lock);
    going_on_ = false;
    if (!all_ended()) return;
    const std::shared_ptr<PendingRequest> request = std::move(request_);
    lock.unlock();
    if (request != nullptr) request->complete(Result());
}

void ManyWrites::start_next(std::unique_lock<std::mutex>& lock) {
    const std::size_t at = next_++;
    ++under_way_;
    Statement statement = std::move(writes_[at].statement);
    lock.unlock();
    const Ticket ticket =
        driver_->start(std::move(statement), std::make_shared<OneWrite>(shared_from_this(), at));
    lock.lock();
    writes_[at].ticket = ticket;
    if (!cancelled_ || writes_[at].ended) return;
    lock.unlock();
    driver_->cancel(ticket);
    lock.lock();
}

void ManyWrites::cancel() noexcept {
    std::unique_lock lock(mutex_);
    if (std::exchange(cancelled_, true)) return;
    for (std::size_t at = 0; at < next_; ++at) {
        const Ticket ticket = writes_[at].ticket;
        if (writes_[at].ended || ticket == Ticket::none) continue;
        lock.unlock();
        driver_->cancel(ticket);
        lock.lock();
    }
    if (!going_on_) go_on(lock);
}

InsertManyResult ManyWrites::result() {
    const std::lock_guard lock(mutex_);
    for (; next_ < writes_.size(); ++next_)
        failures_.push_back(
            {writes_[next_].index,
             Error(ErrorKind::cancelled, "insert_many: cancelled before this document was sent")});
    std::sort(failures_.begin(), failures_.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    return {written_, std::move(failures_)};
}

}  // namespace coodie::aio::detail
