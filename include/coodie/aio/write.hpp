// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/run.hpp>
#include <coodie/aio/temporary.hpp>
#include <coodie/model/model.hpp>
#include <coodie/query/apply.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/operation.hpp>
#include <coodie/query/write_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <utility>

/// Writes. Each function checks and encodes its arguments when it is called (and then throws ValidationError,
/// InvalidQueryError, ConfigurationError); a write that joins a batch has joined it by then. The awaitable
/// owns all it needs, save a document that is written back (`update`), which must outlive it. `co_await`
/// throws what the driver reports, CancelledError when a cancellation reached the driver in time; Asio itself
/// throws boost::system::system_error (operation_aborted) when the coroutine was cancelled before. Any
/// thread.
namespace coodie::aio {

using boost::asio::awaitable;

namespace detail {

template <class T>
[[nodiscard]] awaitable<LwtResult<T>> update_document(T& document, query::Operation operation,
                                                      query::ChangeList changes) {
    Outcome outcome;
    co_await send(operation, outcome);
    LwtResult<T> result = query::lwt_result<T>(operation.take(std::move(outcome)));
    if (result.applied()) query::apply_changes(model_info<T>(), changes, &document);
    co_return result;
}

template <class T>
[[nodiscard]] awaitable<LwtResult<T>> update(T& document, const UpdateOptions& options,
                                             const query::PredicateList& conditions,
                                             query::ChangeList changes) {
    query::Operation operation =
        query::update_operation(model_info<T>(), &document, changes, conditions, options);
    if (operation.join(options.batch)) return write_result<T>(std::move(operation), true);
    return update_document(document, std::move(operation), std::move(changes));
}

template <class T>
[[nodiscard]] awaitable<LwtResult<T>> write_or_join(query::Operation operation, query::BatchState* batch) {
    const bool in_batch = operation.join(batch);
    return write_result<T>(std::move(operation), in_batch);
}

template <class T>
[[nodiscard]] awaitable<T> write_and_return(query::Operation operation, T document) {
    if (operation.has_more()) {
        Outcome outcome;
        co_await send(operation, outcome);
        static_cast<void>(operation.take(std::move(outcome)));
    }
    co_return document;
}

}  // namespace detail

/// Writes the whole document (an upsert): afterwards the row equals it, an empty optional having written a
/// null unless `options.nulls` or the schema's `skip_nulls()` say otherwise.
template <Model T>
awaitable<void> save(const T& document, SaveOptions options = {}) {
    query::check_insertable<T>();
    query::Operation operation = query::save_operation(model_info<T>(), &document, options);
    static_cast<void>(operation.join(options.batch));
    return detail::write(std::move(operation));
}
template <Model T>
awaitable<void> save(const T&& document, SaveOptions options = {}) {
    detail::check_temporary<T>();
    return aio::save(document, options);
}

/// Writes the document if there is no such row (IF NOT EXISTS). Empty optionals are left unset. A result that
/// is not applied has the row that is there.
template <Model T>
awaitable<LwtResult<T>> insert(const T& document, InsertOptions options = {}) {
    query::check_insertable<T>();
    return detail::write_or_join<T>(query::insert_operation(model_info<T>(), &document, options),
                                    options.batch);
}
template <Model T>
awaitable<LwtResult<T>> insert(const T&& document, InsertOptions options = {}) {
    detail::check_temporary<T>();
    return aio::insert(document, options);
}

/// Saves a document and returns a copy of it.
template <Model T>
awaitable<T> create(const T& document, SaveOptions options = {}) {
    query::check_insertable<T>();
    query::Operation operation = query::save_operation(model_info<T>(), &document, options);
    static_cast<void>(operation.join(options.batch));
    return detail::write_and_return<T>(std::move(operation), document);
}
template <Model T>
awaitable<T> create(const T&& document, SaveOptions options = {}) {
    detail::check_temporary<T>();
    return aio::create(document, options);
}

/// Writes only these columns of the document's row, and to the document, too, once the database has applied
/// them (not when the write joins a batch): the document must outlive the awaitable.
template <Model T, query::AssignmentExpression... A>
awaitable<LwtResult<T>> update(T& document, UpdateOptions options, const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update(document, options, {}, query::change_list<T>(assignments...));
}
template <Model T, query::AssignmentExpression... A>
    requires(sizeof...(A) > 0)
awaitable<LwtResult<T>> update(T& document, const A&... assignments) {
    return detail::update(document, {}, {}, query::change_list<T>(assignments...));
}
/// The same if the row's present values meet the conditions. Not applied: the document is as it was.
template <Model T, class... C, query::AssignmentExpression... A>
awaitable<LwtResult<T>> update(T& document, UpdateOptions options, const query::OnlyIf<C...>& only_if,
                               const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update(document, options, query::if_list<T>(only_if),
                          query::change_list<T>(assignments...));
}
template <Model T, class... C, query::AssignmentExpression... A>
awaitable<LwtResult<T>> update(T& document, const query::OnlyIf<C...>& only_if, const A&... assignments) {
    static_assert(sizeof...(A) > 0, "coodie: update needs an assignment, e.g. \"column\"_c = value");
    return detail::update(document, {}, query::if_list<T>(only_if), query::change_list<T>(assignments...));
}

/// Removes the document's row. Without `if_exists` it is no error when there is none.
template <Model T>
awaitable<LwtResult<T>> remove(const T& document, RemoveOptions options = {}) {
    return detail::write_or_join<T>(query::remove_operation(model_info<T>(), &document, {}, options),
                                    options.batch);
}
template <Model T>
awaitable<LwtResult<T>> remove(const T&& document, RemoveOptions options = {}) {
    detail::check_temporary<T>();
    return aio::remove(document, options);
}
/// The same if the row's present values meet the conditions.
template <Model T, class... C>
awaitable<LwtResult<T>> remove(const T& document, RemoveOptions options, const query::OnlyIf<C...>& only_if) {
    return detail::write_or_join<T>(
        query::remove_operation(model_info<T>(), &document, query::if_list<T>(only_if), options),
        options.batch);
}
template <Model T, class... C>
awaitable<LwtResult<T>> remove(const T& document, const query::OnlyIf<C...>& only_if) {
    return aio::remove(document, RemoveOptions{}, only_if);
}
template <Model T, class... C>
awaitable<LwtResult<T>> remove(const T&& document, RemoveOptions options,
                               const query::OnlyIf<C...>& only_if) {
    detail::check_temporary<T>();
    return aio::remove(document, options, only_if);
}
template <Model T, class... C>
awaitable<LwtResult<T>> remove(const T&& document, const query::OnlyIf<C...>& only_if) {
    detail::check_temporary<T>();
    return aio::remove(document, RemoveOptions{}, only_if);
}

}  // namespace coodie::aio
