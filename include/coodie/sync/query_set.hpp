// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/page.hpp>
#include <coodie/query/query_builder.hpp>
#include <coodie/sync/cursor.hpp>
#include <coodie/sync/partial.hpp>
#include <coodie/sync/read_row.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coodie::sync {

/// A query of model T: an immutable value; what it gives for a row is T, after `only` or `defer` a
/// Partial<T>. Nothing is sent before it ends in one of the functions below, each of which refuses
/// (InvalidQueryError) what was said that it cannot honour. Any thread.
template <class T, class Row = T>
class QuerySet : public query::QueryBuilder<QuerySet<T, Row>, T, QuerySet<T, Partial<T>>> {
    using Builder = query::QueryBuilder<QuerySet<T, Row>, T, QuerySet<T, Partial<T>>>;

public:
    using value_type = Row;

    QuerySet() = default;
    explicit QuerySet(query::PredicateList where) : Builder(std::move(where)) {}
    explicit QuerySet(query::QueryState state) : Builder(std::move(state)) {}

    /// Every row, at once; iterate when there may be many.
    [[nodiscard]] std::vector<Row> all() const {
        std::vector<Row> rows;
        query::Operation operation = select(query::SelectKind::rows, "find");
        while (operation.has_more()) query::append_rows<T>(detail::run(operation), rows);
        return rows;
    }
    /// The first row; nullopt when there is none.
    [[nodiscard]] std::optional<Row> first() const {
        return detail::read_first<T, Row>(select(query::SelectKind::first, "first"), false);
    }
    /// The row; nullopt when there is none. Throws MultipleDocumentsFound when there are several.
    [[nodiscard]] std::optional<Row> find_one() const {
        return detail::read_first<T, Row>(select(query::SelectKind::one, "find_one"), true);
    }
    /// The row. Throws DocumentNotFound when there is none, MultipleDocumentsFound when there are several.
    [[nodiscard]] Row get() const {
        return detail::read_existing<T, Row>(select(query::SelectKind::one, "get"));
    }
    /// COUNT(*): the server reads all rows that match.
    [[nodiscard]] std::int64_t count() const {
        return detail::count(select(query::SelectKind::count, "count"));
    }

    /// One page, and the token to go on with: `paged_all(token)`, or `page(token).paged_all()`.
    [[nodiscard]] Page<Row> paged_all() const {
        std::vector<Row> rows;
        query::Operation operation = select(query::SelectKind::rows, "paged_all");
        if (!operation.has_more()) return {};
        const Result page = detail::run(operation);
        query::append_rows<T>(page, rows);
        return Page<Row>(std::move(rows), query::page_token(operation, page));
    }
    [[nodiscard]] Page<Row> paged_all(std::string_view token) const { return this->page(token).paged_all(); }

    /// Walks the rows page by page.
    [[nodiscard]] Cursor<T, Row> cursor() const { return Cursor<T, Row>(this->state()); }
    [[nodiscard]] RowIterator<T, Row> begin() const { return RowIterator<T, Row>(this->state()); }
    [[nodiscard]] typename RowIterator<T, Row>::End end() const noexcept { return {}; }

    /// UPDATE of the rows named by the primary key (static columns: by the partition key).
    template <query::AssignmentExpression... A>
    LwtResult<T> update(UpdateOptions options, const A&... assignments) const {
        static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
        return detail::lwt_result<T>(detail::write(
            query::bulk_update_operation(this->state(), query::change_list<T>(assignments...), options),
            options.batch));
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    LwtResult<T> update(const A&... assignments) const {
        return update(UpdateOptions{}, assignments...);
    }
    /// DELETE of whole partitions, ranges or rows. Refused without a partition key: see truncate().
    LwtResult<T> remove(RemoveOptions options = {}) const {
        return detail::lwt_result<T>(
            detail::write(query::bulk_remove_operation(this->state(), options), options.batch));
    }

private:
    [[nodiscard]] query::Operation select(query::SelectKind kind, const char* name) const {
        return query::select_operation(this->state(), kind, name);
    }
};

}  // namespace coodie::sync
