// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/query_builder.hpp>
#include <coodie/query/rows.hpp>
#include <coodie/sync/execute.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace coodie::sync {

/// Walks the rows of a query page by page: at most one page is held. One thread at a time; owns all it needs.
///
///     auto cursor = Review::find().cursor();
///     while (auto review = cursor.next()) ...
template <class T, class Row = T>
class Cursor {
public:
    explicit Cursor(const query::QueryState& state) : walk_(std::make_unique<Walk>(state)) {}

    /// The next row; nullopt after the last one. Throws what the driver reports, ValidationError for a row
    /// that the model cannot hold.
    [[nodiscard]] std::optional<Row> next() {
        std::optional<Row> row(std::in_place);
        if (!read(*row)) row.reset();
        return row;
    }
    /// The same into a row that is there already; false after the last one.
    bool read(Row& row) {
        Walk& walk = *walk_;
        while (!walk.decoder || walk.decoder->rows_left() == 0) {
            if (!walk.operation.has_more()) return false;
            walk.decoder.reset();
            walk.page = detail::run(walk.operation);
            walk.decoder.emplace(model_info<T>(), walk.page);
        }
        query::RowOf<T, Row>::read(*walk.decoder, row);
        return true;
    }

private:
    struct Walk {
        explicit Walk(const query::QueryState& state)
            : operation(query::select_operation(state, query::SelectKind::rows, "find")) {}
        query::Operation operation;
        Result page;
        std::optional<query::RowDecoder> decoder;
    };
    std::unique_ptr<Walk> walk_;
};

/// The iterator of `for (const Review& review : Review::find())`: an input iterator over a cursor of its own.
template <class T, class Row>
class RowIterator {
public:
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    struct End {};

    explicit RowIterator(const query::QueryState& state) : cursor_(std::make_shared<Cursor<T, Row>>(state)) {
        ++*this;
    }
    [[nodiscard]] const Row& operator*() const noexcept { return *row_; }
    [[nodiscard]] const Row* operator->() const noexcept { return &*row_; }
    RowIterator& operator++() {
        row_.emplace();
        if (!cursor_->read(*row_)) row_.reset();
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const RowIterator& it, End) noexcept { return !it.row_.has_value(); }

private:
    std::shared_ptr<Cursor<T, Row>> cursor_;
    std::optional<Row> row_;
};

}  // namespace coodie::sync
