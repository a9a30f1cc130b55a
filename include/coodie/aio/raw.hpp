// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/execution.hpp>
#include <coodie/query/operation.hpp>
#include <coodie/query/raw.hpp>
#include <coodie/query/raw_page.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::aio {

using boost::asio::awaitable;

/// What `execute_raw` gave: rows, page by page; each is read once. One coroutine at a time; must outlive what
/// is awaited of it.
class Rows {
public:
    /// With the first page read already.
    Rows(query::Operation operation, Result first_page)
        : operation_(std::move(operation)), page_(std::move(first_page)) {}

    /// Columns of the rows; empty when the statement gives none.
    [[nodiscard]] const ColumnSpecs& columns() const noexcept { return page_.result().columns(); }
    /// Whether a conditional write was applied; true for any other statement.
    [[nodiscard]] bool applied() const { return query::read_applied(page_.result()).applied; }
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept {
        return page_.result().warnings();
    }
    /// With RawOptions::tracing, of the current page: its `session_id` in `system_traces.sessions`.
    [[nodiscard]] const std::optional<uuid>& tracing_id() const noexcept {
        return page_.result().tracing_id();
    }

    /// The next row, of the next page if need be; false after the last one.
    [[nodiscard]] awaitable<bool> next(Row& row);
    /// What is left, at once.
    [[nodiscard]] awaitable<std::vector<Row>> all();

    /// What is left as documents of a model (columns by name; fields without a column keep their defaults),
    /// or, for a value type, the first column.
    template <class T>
    [[nodiscard]] awaitable<std::vector<T>> as() {
        return read_as<T>(*this);
    }
    /// The only row likewise; nullopt when there is none. Throws MultipleDocumentsFound when there are
    /// several.
    template <class T>
    [[nodiscard]] awaitable<std::optional<T>> one() {
        return read_one<T>(*this);
    }

private:
    template <class T>
    static awaitable<std::vector<T>> read_as(Rows& rows) {
        std::vector<T> list;
        while (true) {
            rows.page_.append_to(list);
            if (!rows.operation_.has_more()) co_return list;
            Outcome outcome;
            co_await detail::send(rows.operation_, outcome);
            rows.page_.load(rows.operation_.take(std::move(outcome)));
        }
    }
    template <class T>
    static awaitable<std::optional<T>> read_one(Rows& rows) {
        std::vector<T> list = co_await read_as<T>(rows);
        if (list.size() > 1) query::refuse_several_raw();
        if (list.empty()) co_return std::nullopt;
        co_return std::move(list.front());
    }

    query::Operation operation_;
    query::RawPage page_;
};

namespace detail {
[[nodiscard]] awaitable<Rows> execute_raw(const RawOptions& options, std::string_view cql,
                                          query::RawArguments arguments);
}

/// Executes CQL with bound arguments, which are encoded when it is called. Throws ConfigurationError without
/// a driver and InvalidQueryError for an option out of range at once. Awaited it throws what the driver
/// reports, and, since only the driver knows the parameters, InvalidQueryError for a wrong number of
/// arguments and ValidationError for one that does not fit its parameter's type.
template <class... V>
awaitable<Rows> execute_raw(const RawOptions& options, std::string_view cql, const V&... arguments) {
    return detail::execute_raw(options, cql, query::RawArguments::of(arguments...));
}
template <class... V>
awaitable<Rows> execute_raw(std::string_view cql, const V&... arguments) {
    return detail::execute_raw({}, cql, query::RawArguments::of(arguments...));
}

}  // namespace coodie::aio
