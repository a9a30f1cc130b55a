// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/rows.hpp>
#include <coodie/sync/execute.hpp>

namespace coodie::sync::detail {

/// The first row of a query, into `row`; false when there is none. `only`: throws MultipleDocumentsFound when
/// there is a second one.
template <class T, class Row>
bool read_row(query::Operation& operation, Row& row, bool only) {
    bool found = false;
    while (operation.has_more()) {
        const Result page = run(operation);
        if (!query::take_first_row<T>(operation, page, only, found, row)) break;
    }
    return found;
}

template <class T>
[[nodiscard]] LwtResult<T> lwt_result(const WriteOutcome& outcome) {
    if (outcome.in_batch) return LwtResult<T>(LwtResult<T>::State::in_batch);
    return query::lwt_result<T>(outcome.result);
}

}  // namespace coodie::sync::detail
