// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/sync/query_set.hpp>

#include <optional>
#include <utility>

namespace coodie::sync {

/// A query of model T by conditions that must all hold; without conditions, of all rows. Sends nothing yet.
template <Model T, query::ConditionExpression... C>
[[nodiscard]] QuerySet<T> find(const C&... conditions) {
    static_assert(model<T>);
    return QuerySet<T>(query::where_list<T>(conditions...));
}

/// The row that meets the conditions; nullopt when there is none. Throws MultipleDocumentsFound when there
/// are several.
template <Model T, query::ConditionExpression... C>
[[nodiscard]] std::optional<T> find_one(const C&... conditions) {
    static_assert(sizeof...(C) > 0, "coodie: find_one needs a condition; find<T>().first() takes any row");
    return detail::read_first<T, T>(
        query::read_operation(model_info<T>(), query::where_list<T>(conditions...), "find_one"), true);
}

/// The row that meets the conditions. Throws DocumentNotFound when there is none, MultipleDocumentsFound when
/// there are several, ValidationError for a null that its field cannot hold.
template <Model T, query::ConditionExpression... C>
[[nodiscard]] T get(const C&... conditions) {
    static_assert(sizeof...(C) > 0, "coodie: get needs a condition; find<T>().first() takes any row");
    return detail::read_existing<T, T>(
        query::read_operation(model_info<T>(), query::where_list<T>(conditions...), "get"));
}

}  // namespace coodie::sync
