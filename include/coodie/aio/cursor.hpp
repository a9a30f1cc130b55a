// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/run.hpp>
#include <coodie/query/operation.hpp>
#include <coodie/query/rows.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace coodie::aio {

using boost::asio::awaitable;

/// Walks the rows of a query page by page: at most one page is held. One coroutine at a time; owns all it
/// needs, and must outlive what is awaited of it.
///
///     auto cursor = Review::find().cursor();
///     while (auto review = co_await cursor.next()) ...
template <class T, class Row = T>
class Cursor {
public:
    explicit Cursor(const query::QueryState& state) : walk_(std::make_unique<Walk>(state)) {}

    /// The next row; nullopt after the last one. Throws what the driver reports, ValidationError for a row
    /// that the model cannot hold. After an error it goes on with the page that failed, or behind the row.
    [[nodiscard]] awaitable<std::optional<Row>> next() { return next_of(*walk_); }
    /// The same into a row that is there already; false after the last one.
    [[nodiscard]] awaitable<bool> read(Row& row) { return read_of(*walk_, row); }

private:
    struct Walk {
        explicit Walk(const query::QueryState& state)
            : operation(query::select_operation(state, query::SelectKind::rows, "find")) {}
        /// Whether the page that is here has a row.
        [[nodiscard]] bool has_row() const noexcept { return decoder && decoder->rows_left() > 0; }
        void load(Outcome outcome) {
            decoder.reset();
            page = operation.take(std::move(outcome));
            decoder.emplace(model_info<T>(), page);
        }

        query::Operation operation;
        Result page;
        std::optional<query::RowDecoder> decoder;
    };

    static awaitable<std::optional<Row>> next_of(Walk& walk) {
        std::optional<Row> row(std::in_place);
        while (!walk.has_row()) {
            if (!walk.operation.has_more()) co_return std::nullopt;
            Outcome outcome;
            co_await detail::send(walk.operation, outcome);
            walk.load(std::move(outcome));
        }
        query::RowOf<T, Row>::read(*walk.decoder, *row);
        co_return row;
    }
    static awaitable<bool> read_of(Walk& walk, Row& row) {
        while (!walk.has_row()) {
            if (!walk.operation.has_more()) co_return false;
            Outcome outcome;
            co_await detail::send(walk.operation, outcome);
            walk.load(std::move(outcome));
        }
        query::RowOf<T, Row>::read(*walk.decoder, row);
        co_return true;
    }

    std::unique_ptr<Walk> walk_;
};

}  // namespace coodie::aio
