// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/sync/query_set.hpp>

#include <optional>
#include <utility>

namespace coodie::sync {

namespace detail {

/// get and find_one go straight from conditions to a statement, without a QuerySet.
template <class T>
bool read_by(query::PredicateList&& where, T& document, const char* operation) {
    const ModelInfo& model = model_info<T>();
    query::OperationContext context{.model = &model, .operation = operation};
    if (where.matches_nothing()) return false;
    std::shared_ptr<Driver> driver = query::driver_of(model);
    Statement statement = query::select_one_statement(model, std::move(where));
    context.where = where.items();
    PageReader reader(std::move(driver), std::move(statement), context);
    return read_row<T>(reader, document, true);
}

}  // namespace detail

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
    std::optional<T> document(std::in_place);
    if (!detail::read_by<T>(query::where_list<T>(conditions...), *document, "find_one")) document.reset();
    return document;
}

/// The row that meets the conditions. Throws DocumentNotFound when there is none, MultipleDocumentsFound when
/// there are several, ValidationError for a null that its field cannot hold.
template <Model T, query::ConditionExpression... C>
[[nodiscard]] T get(const C&... conditions) {
    static_assert(sizeof...(C) > 0, "coodie: get needs a condition; find<T>().first() takes any row");
    T document{};
    query::PredicateList where = query::where_list<T>(conditions...);
    if (!detail::read_by<T>(std::move(where), document, "get"))
        query::throw_not_found({.model = &model_info<T>(), .operation = "get", .where = where.items()});
    return document;
}

}  // namespace coodie::sync
