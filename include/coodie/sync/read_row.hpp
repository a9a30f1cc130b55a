// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/rows.hpp>
#include <coodie/sync/execute.hpp>

#include <optional>

namespace coodie::sync::detail {

/// The row of a query. Throws DocumentNotFound when there is none, MultipleDocumentsFound when there are
/// several.
template <class T, class Row>
[[nodiscard]] Row read_existing(query::Operation operation) {
    const Result page = first_page(operation, true);
    if (page.row_count() == 0) query::throw_not_found(operation.context());
    return query::FirstRow<T, Row>(page);
}

/// The first row of a query; nullopt when there is none. `only`: throws MultipleDocumentsFound when there is
/// a second one.
template <class T, class Row>
[[nodiscard]] std::optional<Row> read_first(query::Operation operation, bool only) {
    const Result page = first_page(operation, only);
    std::optional<Row> row;
    if (page.row_count() > 0) row.emplace(query::FirstRow<T, Row>(page));
    return row;
}

template <class T>
[[nodiscard]] LwtResult<T> lwt_result(const WriteOutcome& outcome) {
    if (outcome.in_batch) return LwtResult<T>(LwtResult<T>::State::in_batch);
    return query::lwt_result<T>(outcome.result);
}

}  // namespace coodie::sync::detail
