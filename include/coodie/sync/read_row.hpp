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
    query::FirstPage first(operation, true);
    const Result* page = read_first_page(first, operation);
    if (page == nullptr) query::throw_not_found(operation.context());
    return query::FirstRow<T, Row>(*page);
}

/// The first row of a query; nullopt when there is none. `only`: throws MultipleDocumentsFound when there is
/// a second one.
template <class T, class Row>
[[nodiscard]] std::optional<Row> read_first(query::Operation operation, bool only) {
    query::FirstPage first(operation, only);
    const Result* page = read_first_page(first, operation);
    std::optional<Row> row;
    if (page != nullptr) row.emplace(query::FirstRow<T, Row>(*page));
    return row;
}

template <class T>
[[nodiscard]] LwtResult<T> lwt_result(const WriteOutcome& outcome) {
    if (outcome.in_batch) return LwtResult<T>(LwtResult<T>::State::in_batch);
    return query::lwt_result<T>(outcome.result);
}

}  // namespace coodie::sync::detail
