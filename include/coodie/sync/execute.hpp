// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/query/batch_state.hpp>
#include <coodie/query/explain.hpp>

#include <memory>
#include <utility>

/// Executing, for the blocking front: compiled code between statements and drivers.
namespace coodie::sync::detail {

/// Executes and waits. Throws what the driver reports, with operation and table.
[[nodiscard]] Result run(Driver& driver, const Statement& statement, const query::OperationContext& context);
[[nodiscard]] Result run(Driver& driver, const BatchStatement& batch);

/// A write's outcome; `in_batch` when it joined a batch instead of being sent.
struct WriteOutcome {
    Result result;
    bool in_batch = false;
};
/// Sends a write to the model's driver, or lets it join `batch`.
[[nodiscard]] WriteOutcome write(const ModelInfo& model, std::string_view keyspace, const char* operation,
                                 Statement statement, query::BatchState* batch);
[[nodiscard]] WriteOutcome write(const query::OperationContext& context, std::shared_ptr<Driver> driver,
                                 Statement statement, query::BatchState* batch);

/// Reads a query's pages one after the other. Borrows what the context refers to. One thread.
class PageReader {
public:
    PageReader(std::shared_ptr<Driver> driver, Statement statement, const query::OperationContext& context)
        : driver_(std::move(driver)), statement_(std::move(statement)), context_(context) {}
    /// No pages: what an empty IN gives (semantics rule 14).
    explicit PageReader(const query::OperationContext& context) : context_(context), more_(false) {}

    /// Whether there is a page to read: true before the first one.
    [[nodiscard]] bool has_more() const noexcept { return more_; }
    /// The next page; it may be empty with more to come (semantics rule 23). Throws what the driver reports.
    [[nodiscard]] Result next();
    [[nodiscard]] const Statement& statement() const noexcept { return statement_; }
    [[nodiscard]] const query::OperationContext& context() const noexcept { return context_; }

private:
    std::shared_ptr<Driver> driver_;
    Statement statement_;
    query::OperationContext context_;
    bool more_ = true;
};

}  // namespace coodie::sync::detail
