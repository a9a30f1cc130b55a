// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/batch_result.hpp>
#include <coodie/query/batch_state.hpp>
#include <coodie/query/raw.hpp>

#include <string_view>

namespace coodie::sync {

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

}  // namespace coodie::sync
