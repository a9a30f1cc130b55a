// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/apply.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/write_options.hpp>
#include <coodie/sync/execute.hpp>
#include <coodie/sync/read_row.hpp>

#include <utility>

namespace coodie::sync {

namespace detail {

template <class T>
LwtResult<T> update_document(T& document, const UpdateOptions& options,
                             const query::PredicateList& conditions, const query::ChangeList& changes) {
    const ModelInfo& model = model_info<T>();
    const WriteOutcome outcome =
        write(query::update_operation(model, &document, changes, conditions, options), options.batch);
    LwtResult<T> result = lwt_result<T>(outcome);
    if (!outcome.in_batch && result.applied()) query::apply_changes(model, changes, &document);
    return result;
}

template <class T>
LwtResult<T> remove_document(const T& document, const RemoveOptions& options,
                             const query::PredicateList& conditions) {
    return lwt_result<T>(
        write(query::remove_operation(model_info<T>(), &document, conditions, options), options.batch));
}

}  // namespace detail

/// Writes the whole document (an upsert): afterwards the row equals it, an empty optional having written a
/// null unless `options.nulls` or the schema's `skip_nulls()` say otherwise. Throws ValidationError naming
/// table and column for a value that does not fit, ConfigurationError without driver or keyspace, and what
/// the driver reports. Like all functions here: blocks until the database has answered; any thread, one at a
/// time per document.
template <Model T>
void save(const T& document, SaveOptions options = {}) {
    query::check_insertable<T>();
    detail::write(query::save_operation(model_info<T>(), &document, options), options.batch);
}

/// Writes the document if there is no such row (IF NOT EXISTS). Empty optionals are left unset. A result that
/// is not applied has the row that is there.
template <Model T>
[[nodiscard]] LwtResult<T> insert(const T& document, InsertOptions options = {}) {
    query::check_insertable<T>();
    return detail::lwt_result<T>(
        detail::write(query::insert_operation(model_info<T>(), &document, options), options.batch));
}

/// Saves a document and returns it.
template <Model T>
T create(T document, SaveOptions options = {}) {
    sync::save(document, options);
    return document;
}

/// Writes only these columns of the document's row, and to the document, too, once the database has applied
/// them (not when the write joins a batch). Throws as `save` does, and InvalidQueryError for what cannot go
/// together.
template <Model T, query::AssignmentExpression... A>
LwtResult<T> update(T& document, UpdateOptions options, const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update_document(document, options, {}, query::change_list<T>(assignments...));
}
template <Model T, query::AssignmentExpression... A>
    requires(sizeof...(A) > 0)
LwtResult<T> update(T& document, const A&... assignments) {
    return detail::update_document(document, {}, {}, query::change_list<T>(assignments...));
}
/// The same if the row's present values meet the conditions. Not applied: the document is as it was.
template <Model T, class... C, query::AssignmentExpression... A>
[[nodiscard]] LwtResult<T> update(T& document, UpdateOptions options, const query::OnlyIf<C...>& only_if,
                                  const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update_document(document, options, query::if_list<T>(only_if),
                                   query::change_list<T>(assignments...));
}
template <Model T, class... C, query::AssignmentExpression... A>
[[nodiscard]] LwtResult<T> update(T& document, const query::OnlyIf<C...>& only_if, const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update_document(document, {}, query::if_list<T>(only_if),
                                   query::change_list<T>(assignments...));
}

/// Removes the document's row. Without `if_exists` it is no error when there is none.
template <Model T>
LwtResult<T> remove(const T& document, RemoveOptions options = {}) {
    return detail::remove_document(document, options, {});
}
/// The same if the row's present values meet the conditions.
template <Model T, class... C>
[[nodiscard]] LwtResult<T> remove(const T& document, const query::OnlyIf<C...>& only_if) {
    return detail::remove_document(document, {}, query::if_list<T>(only_if));
}
template <Model T, class... C>
[[nodiscard]] LwtResult<T> remove(const T& document, RemoveOptions options,
                                  const query::OnlyIf<C...>& only_if) {
    return detail::remove_document(document, options, query::if_list<T>(only_if));
}

}  // namespace coodie::sync
