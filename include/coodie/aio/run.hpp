// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/execution.hpp>
#include <coodie/query/rows.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// The coroutines behind the operations: one frame each, which owns the operation.
namespace coodie::aio::detail {

using boost::asio::awaitable;

/// A write without a result of interest. Sends nothing when the operation has nothing to send.
[[nodiscard]] awaitable<void> write(query::Operation operation);
[[nodiscard]] awaitable<std::int64_t> count(query::Operation operation);

template <class T, class Row>
[[nodiscard]] awaitable<Row> read_existing(query::Operation operation) {
    query::FirstPage first(operation, true);
    while (first.wants_more()) {
        co_await send(operation, first.outcome());
        first.take();
    }
    if (first.page() == nullptr) query::throw_not_found(operation.context());
    co_return query::FirstRow<T, Row>(*first.page());
}

template <class T, class Row>
[[nodiscard]] awaitable<std::optional<Row>> read_first(query::Operation operation, bool only) {
    query::FirstPage first(operation, only);
    while (first.wants_more()) {
        co_await send(operation, first.outcome());
        first.take();
    }
    if (first.page() == nullptr) co_return std::nullopt;
    co_return query::FirstRow<T, Row>(*first.page());
}

template <class T, class Row>
[[nodiscard]] awaitable<std::vector<Row>> read_all(query::Operation operation) {
    std::vector<Row> rows;
    while (operation.has_more()) {
        Outcome outcome;
        co_await send(operation, outcome);
        query::append_rows<T>(operation.take(std::move(outcome)), rows);
    }
    co_return rows;
}

/// A write whose result tells whether it was applied.
template <class T>
[[nodiscard]] awaitable<LwtResult<T>> write_result(query::Operation operation, bool in_batch) {
    if (in_batch) co_return LwtResult<T>(LwtResult<T>::State::in_batch);
    if (!operation.has_more()) co_return LwtResult<T>();
    Outcome outcome;
    co_await send(operation, outcome);
    co_return query::lwt_result<T>(operation.take(std::move(outcome)));
}

}  // namespace coodie::aio::detail
