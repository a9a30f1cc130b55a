// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/pending_request.hpp>
#include <coodie/driver/driver.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/query/insert_many_result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::aio::detail {

/// The writes of one insert_many: keeps as many under way as it may. The next one is started by whatever
/// thread completes one. Any thread, once it is started.
class ManyWrites : public std::enable_shared_from_this<ManyWrites> {
public:
    ManyWrites(const ModelInfo& model, std::string_view keyspace, std::shared_ptr<Driver> driver,
               std::uint32_t most_under_way);

    void add(Statement statement);
    /// A document that cannot be written at all.
    void add_failure(Error error);

    /// Completes `request` when all writes have ended.
    void start(std::shared_ptr<PendingRequest> request);
    /// Starts no further write and cancels those that are under way.
    void cancel() noexcept;
    /// Once all writes have ended.
    [[nodiscard]] InsertManyResult result();

private:
    class OneWrite;
    struct Write {
        Statement statement;
        std::size_t index = 0;  ///< of the document
        Ticket ticket = Ticket::none;
        bool ended = false;
    };

    void end(std::size_t at, Outcome&& outcome);
    void go_on(std::unique_lock<std::mutex>& lock);
    void start_next(std::unique_lock<std::mutex>& lock);
    [[nodiscard]] bool all_ended() const noexcept {
        return under_way_ == 0 && (cancelled_ || next_ == writes_.size());
    }

    const ModelInfo& model_;
    const std::string keyspace_;
    const std::shared_ptr<Driver> driver_;
    const std::uint32_t most_under_way_;
    std::size_t documents_ = 0;

    std::mutex mutex_;  ///< guards what follows; no driver is called under it
    std::vector<Write> writes_;
    std::vector<InsertManyResult::Failure> failures_;
    std::shared_ptr<PendingRequest> request_;
    std::size_t next_ = 0;
    std::size_t written_ = 0;
    std::uint32_t under_way_ = 0;
    bool going_on_ = false;  ///< a thread is in go_on(); it sees what others change
    bool cancelled_ = false;
};

}  // namespace coodie::aio::detail
