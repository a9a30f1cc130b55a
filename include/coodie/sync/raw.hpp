// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/operation.hpp>
#include <coodie/query/raw.hpp>
#include <coodie/query/raw_page.hpp>
#include <coodie/sync/execute.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::sync {

/// What `execute_raw` gave: rows, page by page; each is read once. One thread.
class Rows {
public:
    /// Executes and reads the first page.
    explicit Rows(query::Operation operation);

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
    bool next(Row& row);
    /// What is left, at once.
    [[nodiscard]] std::vector<Row> all();

    /// What is left as documents of a model (columns by name; fields without a column keep their defaults),
    /// or, for a value type, the first column.
    template <class T>
    [[nodiscard]] std::vector<T> as() {
        std::vector<T> list;
        while (load_page()) page_.append_to(list);
        return list;
    }
    /// The only row likewise; nullopt when there is none. Throws MultipleDocumentsFound when there are
    /// several.
    template <class T>
    [[nodiscard]] std::optional<T> one() {
        std::vector<T> list = as<T>();
        if (list.size() > 1) query::refuse_several_raw();
        if (list.empty()) return std::nullopt;
        return std::move(list.front());
    }

    class Iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(Rows& rows) : rows_(&rows) { ++*this; }
        [[nodiscard]] const Row& operator*() const noexcept { return row_; }
        [[nodiscard]] const Row* operator->() const noexcept { return &row_; }
        Iterator& operator++() {
            more_ = rows_->next(row_);
            return *this;
        }
        void operator++(int) { ++*this; }
        struct End {};
        friend bool operator==(const Iterator& it, End) noexcept { return !it.more_; }

    private:
        Rows* rows_;
        Row row_;
        bool more_ = false;
    };
    [[nodiscard]] Iterator begin() { return Iterator(*this); }
    [[nodiscard]] Iterator::End end() const noexcept { return {}; }

private:
    /// Whether there is a row on the present page, after reading the next ones if need be.
    bool load_page();

    query::Operation operation_;
    query::RawPage page_;
};

namespace detail {
[[nodiscard]] Rows execute_raw(const RawOptions& options, std::string_view cql,
                               const query::RawArguments& arguments);
}

/// Executes CQL with bound arguments; arguments are converted to the parameters' types (range-checked).
/// Throws InvalidQueryError for a wrong number of arguments, ValidationError for one that does not fit,
/// ConfigurationError without a driver, and what the driver reports.
template <class... V>
Rows execute_raw(const RawOptions& options, std::string_view cql, const V&... arguments) {
    return detail::execute_raw(options, cql, query::RawArguments::of(arguments...));
}
template <class... V>
Rows execute_raw(std::string_view cql, const V&... arguments) {
    return detail::execute_raw({}, cql, query::RawArguments::of(arguments...));
}

}  // namespace coodie::sync
