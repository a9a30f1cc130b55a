// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/query/batch_state.hpp>
#include <coodie/query/explain.hpp>
#include <coodie/query/query_state.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/query/write_options.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What the functions of both fronts come down to: arguments are checked and encoded here, a front only sends
/// and waits.
namespace coodie::query {

/// A statement that is ready to be sent, where it goes, what its errors are to say, and how far its pages
/// were read. Owns all of it, so that it may outlive the call that made it. One thread.
class Operation {
public:
    /// Sends nothing and has no rows: what an empty IN gives (semantics rule 14). Copies what the context
    /// refers to.
    explicit Operation(const OperationContext& context, std::shared_ptr<const Predicates> where = nullptr);
    Operation(const OperationContext& context, std::shared_ptr<Driver> driver, Statement&& statement,
              std::shared_ptr<const Predicates> where = nullptr)
        : Operation(context.model, context.operation, context.keyspace, std::move(driver),
                    std::move(statement), std::move(where)) {}
    /// The same with what it needs of the context.
    /// @param model nullptr: of raw CQL.
    Operation(const ModelInfo* model, const char* name, std::string_view keyspace,
              std::shared_ptr<Driver> driver, Statement&& statement, std::shared_ptr<const Predicates> where);

    /// Whether there is something to send: true until the last page was taken.
    [[nodiscard]] bool has_more() const noexcept { return more_; }
    [[nodiscard]] const std::shared_ptr<Driver>& driver() const noexcept { return driver_; }
    /// For `has_more()`; with the paging state of the next page.
    [[nodiscard]] const Statement& statement() const noexcept { return statement_; }
    /// The same to give away: a copy only when there may be a next page.
    [[nodiscard]] Statement statement_to_send();
    /// What the driver answered. A page may be empty with more to come (semantics rule 23). Throws an error
    /// with operation and table; then a page that was not given away may be sent again.
    [[nodiscard]] Result take(Outcome&& outcome);
    /// The same where it is.
    [[nodiscard]] Result& page_in(Outcome& outcome);
    /// Borrows from this.
    [[nodiscard]] OperationContext context() const noexcept;

    /// Hands the statement over to `batch`, as BatchState::join does, when there is a batch.
    [[nodiscard]] bool join(BatchState* batch);

private:
    [[nodiscard]] std::string_view keyspace() const noexcept;

    std::shared_ptr<Driver> driver_;
    Statement statement_;
    std::shared_ptr<const Predicates> where_;      ///< of a read; none: without a WHERE
    std::shared_ptr<const std::string> keyspace_;  ///< none: the model's
    const ModelInfo* model_;
    const char* name_;
    /// The first values of a read that was given away, for the message that there is no such row.
    std::array<std::byte, 32> shown_{};
    std::uint8_t shown_size_ = 0;
    bool conditional_ = false;
    bool one_page_ = true;
    bool more_ = false;
};

/// The pages of a read that is after its first row: they are read until that is clear, and the one with the
/// row is kept. Borrows the operation. One thread.
class FirstPage {
public:
    /// @param only the row has to be the only one.
    FirstPage(Operation& operation, bool only) noexcept : operation_(&operation), only_(only) {}
    FirstPage(const FirstPage&) = delete;
    FirstPage& operator=(const FirstPage&) = delete;

    /// Whether to send the operation.
    [[nodiscard]] bool wants_more() const noexcept {
        return operation_->has_more() && (only_ || page_ == nullptr);
    }
    /// Where the outcome goes. Call take() when it is there.
    [[nodiscard]] Outcome& outcome() noexcept { return outcome_; }
    /// Throws as Operation::take() does, and MultipleDocumentsFound when there is a second row.
    void take();
    /// The page whose first row it is; nullptr: there is no row.
    [[nodiscard]] const Result* page() const noexcept { return page_; }

private:
    Operation* operation_;
    Outcome outcome_;
    std::optional<Result> kept_;  ///< the page with the row, while others are looked at
    const Result* page_ = nullptr;
    bool only_;
};

// Each throws what the statement's maker throws (statements.hpp), and ConfigurationError when there is no
// driver or no keyspace.
[[nodiscard]] Operation save_operation(const ModelInfo& model, const void* document,
                                       const SaveOptions& options);
[[nodiscard]] Operation insert_operation(const ModelInfo& model, const void* document,
                                         const InsertOptions& options);
[[nodiscard]] Operation update_operation(const ModelInfo& model, const void* document,
                                         const ChangeList& changes, const PredicateList& conditions,
                                         const UpdateOptions& options);
[[nodiscard]] Operation remove_operation(const ModelInfo& model, const void* document,
                                         const PredicateList& conditions, const RemoveOptions& options);
/// get and find_one, which go from conditions to a statement without a QuerySet.
[[nodiscard]] Operation read_operation(const ModelInfo& model, PredicateList&& where, const char* name);
[[nodiscard]] Operation select_operation(const QueryState& state, SelectKind kind, const char* name);
[[nodiscard]] Operation bulk_update_operation(const QueryState& state, const ChangeList& changes,
                                              const UpdateOptions& options);
[[nodiscard]] Operation bulk_remove_operation(const QueryState& state, const RemoveOptions& options);

/// The options of each write of an `insert_many`. Throws ValidationError for a TTL out of range.
[[nodiscard]] SaveOptions save_options(const InsertManyOptions& options);

/// The token to go on after `page`; "" after the last one.
[[nodiscard]] std::string page_token(const Operation& operation, const Result& page);

}  // namespace coodie::query
