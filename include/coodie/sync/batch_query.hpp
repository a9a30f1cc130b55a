// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/batch_state.hpp>
#include <coodie/query/raw.hpp>
#include <coodie/query/row_decoder.hpp>

#include <string_view>

namespace coodie {

/// What became of a batch.
class BatchResult {
public:
    BatchResult() = default;
    explicit BatchResult(Result result)
        : result_(std::move(result)), applied_(query::read_applied(result_).applied) {}

    /// False when a write's condition did not hold: then nothing of the batch was written.
    [[nodiscard]] bool applied() const noexcept { return applied_; }
    [[nodiscard]] explicit operator bool() const noexcept { return applied_; }
    /// Throws NotApplied.
    void or_throw() const;
    /// The rows of a conditional batch that was not applied.
    [[nodiscard]] const Result& result() const noexcept { return result_; }

private:
    Result result_;
    bool applied_ = true;
};

namespace sync {

/// Writes that go as one. Each write takes `.batch = &batch` and joins it:
///
///     BatchQuery batch{BatchType::unlogged, {.timeout = 2s}};
///     review.save({.batch = &batch});
///     batch.execute();
///
/// What was not executed is sent at the end of the scope, unless the scope is left by an exception; an empty
/// batch sends nothing. One thread.
class BatchQuery : public query::BatchState {
public:
    explicit BatchQuery(BatchType type = BatchType::logged, BatchOptions options = {});
    explicit BatchQuery(BatchOptions options) : BatchQuery(BatchType::logged, options) {}
    /// Sends what was not executed; throws what that throws.
    ~BatchQuery() noexcept(false);
    BatchQuery(const BatchQuery&) = delete;
    BatchQuery& operator=(const BatchQuery&) = delete;

    /// Sends the batch. Throws InvalidQueryError the second time, and what the driver reports.
    BatchResult execute();

    /// Joins a write made by hand; arguments as for execute_raw.
    template <class... V>
    void add(std::string_view cql, const V&... arguments) {
        add_raw(cql, query::RawArguments::of(arguments...));
    }

private:
    void add_raw(std::string_view cql, const query::RawArguments& arguments);

    int exceptions_;  ///< under way when the batch was made
};

}  // namespace sync
}  // namespace coodie
