// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/cursor.hpp>
#include <coodie/aio/partial.hpp>
#include <coodie/aio/run.hpp>
#include <coodie/query/page.hpp>
#include <coodie/query/query_builder.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::aio {

namespace detail {

template <class T, class Row>
[[nodiscard]] awaitable<Page<Row>> read_page(query::Operation operation) {
    if (!operation.has_more()) co_return Page<Row>();
    Outcome outcome;
    co_await send(operation, outcome);
    const Result page = operation.take(std::move(outcome));
    std::vector<Row> rows;
    query::append_rows<T>(page, rows);
    co_return Page<Row>(std::move(rows), query::page_token(operation, page));
}

}  // namespace detail

/// A query of model T: an immutable value; what it gives for a row is T, after `only` or `defer` a
/// Partial<T>. Nothing is sent before it ends in one of the functions below, each of which refuses
/// (InvalidQueryError, when it is called) what was said that it cannot honour. The awaitables own all they
/// need. Any thread.
template <class T, class Row = T>
class QuerySet : public query::QueryBuilder<QuerySet<T, Row>, T, QuerySet<T, Partial<T>>> {
    using Builder = query::QueryBuilder<QuerySet<T, Row>, T, QuerySet<T, Partial<T>>>;

public:
    using value_type = Row;

    QuerySet() = default;
    explicit QuerySet(query::PredicateList where) : Builder(std::move(where)) {}
    explicit QuerySet(query::QueryState state) : Builder(std::move(state)) {}

    /// Every row, at once; take a cursor when there may be many.
    [[nodiscard]] awaitable<std::vector<Row>> all() const {
        return detail::read_all<T, Row>(select(query::SelectKind::rows, "find"));
    }
    /// The first row; nullopt when there is none.
    [[nodiscard]] awaitable<std::optional<Row>> first() const {
        return detail::read_first<T, Row>(select(query::SelectKind::first, "first"), false);
    }
    /// The row; nullopt when there is none. Throws MultipleDocumentsFound when there are several.
    [[nodiscard]] awaitable<std::optional<Row>> find_one() const {
        return detail::read_first<T, Row>(select(query::SelectKind::one, "find_one"), true);
    }
    /// The row. Throws DocumentNotFound when there is none, MultipleDocumentsFound when there are several.
    [[nodiscard]] awaitable<Row> get() const {
        return detail::read_existing<T, Row>(select(query::SelectKind::one, "get"));
    }
    /// COUNT(*): the server reads all rows that match.
    [[nodiscard]] awaitable<std::int64_t> count() const {
        return detail::count(select(query::SelectKind::count, "count"));
    }

    /// One page, and the token to go on with: `paged_all(token)`, or `page(token).paged_all()`.
    [[nodiscard]] awaitable<Page<Row>> paged_all() const {
        return detail::read_page<T, Row>(select(query::SelectKind::rows, "paged_all"));
    }
    [[nodiscard]] awaitable<Page<Row>> paged_all(std::string_view token) const {
        return this->page(token).paged_all();
    }

    /// Walks the rows page by page.
    [[nodiscard]] Cursor<T, Row> cursor() const { return Cursor<T, Row>(this->state()); }

    /// UPDATE of the rows named by the primary key (static columns: by the partition key).
    template <query::AssignmentExpression... A>
    awaitable<LwtResult<T>> update(UpdateOptions options, const A&... assignments) const {
        static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
        return detail::write_or_join<T>(
            query::bulk_update_operation(this->state(), query::change_list<T>(assignments...), options),
            options.batch);
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    awaitable<LwtResult<T>> update(const A&... assignments) const {
        return update(UpdateOptions{}, assignments...);
    }
    /// DELETE of whole partitions, ranges or rows. Refused without a partition key: see truncate().
    awaitable<LwtResult<T>> remove(RemoveOptions options = {}) const {
        return detail::write_or_join<T>(query::bulk_remove_operation(this->state(), options), options.batch);
    }

private:
    [[nodiscard]] query::Operation select(query::SelectKind kind, const char* name) const {
        return query::select_operation(this->state(), kind, name);
    }
};

}  // namespace coodie::aio
