// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/batch_result.hpp>
#include <coodie/query/batch_state.hpp>
#include <coodie/query/raw.hpp>

#include <boost/asio/awaitable.hpp>

#include <string_view>

namespace coodie::aio {

using boost::asio::awaitable;

/// Writes that go as one. Each write takes `.batch = &batch` and has joined it when the call returns:
///
///     BatchQuery batch{BatchType::unlogged, {.timeout = 2s}};
///     co_await review.save({.batch = &batch});
///     co_await batch.execute();
///
/// Nothing is sent at the end of the scope: what was not executed is dropped. An empty batch sends nothing.
/// One thread at a time.
class BatchQuery : public query::BatchState {
public:
    explicit BatchQuery(BatchType type = BatchType::logged, BatchOptions options = {})
        : BatchState(type, options) {}
    explicit BatchQuery(BatchOptions options) : BatchQuery(BatchType::logged, options) {}

    /// Sends the batch; the awaitable owns all it needs. Throws InvalidQueryError (when it is called) the
    /// second time, and (awaited) what the driver reports. Cancelled by cancellation_type::terminal.
    awaitable<BatchResult> execute();

    /// Joins a write made by hand; arguments as for execute_raw. The batch must outlive the awaitable: with
    /// arguments, the driver is asked for the parameters' types first.
    template <class... V>
    awaitable<void> add(std::string_view cql, const V&... arguments) {
        return add_raw(cql, query::RawArguments::of(arguments...));
    }

private:
    awaitable<void> add_raw(std::string_view cql, query::RawArguments arguments);
};

}  // namespace coodie::aio
