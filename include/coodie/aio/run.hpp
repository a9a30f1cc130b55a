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

/// One page of a read that is after the first row (query::take_first_row). Not a part of the coroutines
/// below: what they hold is in their frames, and Asio keeps only frames of up to 1020 bytes for the next one.
template <class T, class Row>
[[nodiscard]] bool take_first(query::Operation& operation, Outcome&& outcome, bool only, bool& found,
                              Row& row) {
    const Result page = operation.take(std::move(outcome));
    return query::take_first_row<T>(operation, page, only, found, row);
}

/// The first row, which is decoded where it belongs: in the coroutine's result.
template <class T, class Row>
[[nodiscard]] awaitable<Row> read_existing(query::Operation operation) {
    Row row{};
    bool found = false;
    while (operation.has_more()) {
        Outcome outcome = co_await send(operation);
        if (!take_first<T>(operation, std::move(outcome), true, found, row)) break;
    }
    if (!found) query::throw_not_found(operation.context());
    co_return row;
}

template <class T, class Row>
[[nodiscard]] awaitable<std::optional<Row>> read_first(query::Operation operation, bool only) {
    std::optional<Row> row(std::in_place);
    bool found = false;
    while (operation.has_more()) {
        Outcome outcome = co_await send(operation);
        if (!take_first<T>(operation, std::move(outcome), only, found, *row)) break;
    }
    if (!found) row.reset();
    co_return row;
}

template <class T, class Row>
[[nodiscard]] awaitable<std::vector<Row>> read_all(query::Operation operation) {
    std::vector<Row> rows;
    while (operation.has_more()) {
        Outcome outcome = co_await send(operation);
        query::append_rows<T>(operation.take(std::move(outcome)), rows);
    }
    co_return rows;
}

/// A write whose result tells whether it was applied.
template <class T>
[[nodiscard]] awaitable<LwtResult<T>> write_result(query::Operation operation, bool in_batch) {
    if (in_batch) co_return LwtResult<T>(LwtResult<T>::State::in_batch);
    if (!operation.has_more()) co_return LwtResult<T>();
    Outcome outcome = co_await send(operation);
    co_return query::lwt_result<T>(operation.take(std::move(outcome)));
}

}  // namespace coodie::aio::detail
