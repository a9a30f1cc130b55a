// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/query/batch_state.hpp>
#include <coodie/query/operation.hpp>

/// Executing, for the blocking front: compiled code between operations and drivers.
namespace coodie::sync::detail {

/// Sends the operation's next page and waits for it. Throws what the driver reports, with operation and
/// table.
[[nodiscard]] Result run(query::Operation& operation);
[[nodiscard]] Result run(Driver& driver, const BatchStatement& batch);

/// A write's outcome; `in_batch` when it joined a batch instead of being sent.
struct WriteOutcome {
    Result result;
    bool in_batch = false;
};
/// Sends a write, or lets it join `batch`. Sends nothing for an empty IN (semantics rule 14).
WriteOutcome write(query::Operation operation, query::BatchState* batch);

/// The page that has the first row of `operation`, which is that of `first`; nullptr when there is none.
[[nodiscard]] const Result* read_first_page(query::FirstPage& first, const query::Operation& operation);

[[nodiscard]] std::int64_t count(query::Operation operation);

}  // namespace coodie::sync::detail
