// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/raw.hpp>
#include <coodie/query/rows.hpp>
#include <coodie/sync/execute.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
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
    Rows(std::shared_ptr<Driver> driver, Statement statement);

    /// Columns of the rows; empty when the statement gives none.
    [[nodiscard]] const ColumnSpecs& columns() const noexcept { return page_.columns(); }
    /// Whether a conditional write was applied; true for any other statement.
    [[nodiscard]] bool applied() const { return query::read_applied(page_).applied; }
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return page_.warnings(); }

    /// The next row, of the next page if need be; false after the last one.
    bool next(Row& row);
    /// What is left, at once.
    [[nodiscard]] std::vector<Row> all();

    /// What is left as documents of a model (columns by name; fields without a column keep their defaults),
    /// or, for a value type, the first column.
    template <class T>
    [[nodiscard]] std::vector<T> as() {
        std::vector<T> list;
        if constexpr (Model<T>) {
            while (load_page()) append(list);
        } else {
            static_assert(CqlValue<T>, "coodie: as<T>() takes a model, or a C++ type that is a CQL type");
            for (Row row; next(row);) list.push_back(row[0].template as<T>());
        }
        return list;
    }
    /// The only row likewise; nullopt when there is none. Throws MultipleDocumentsFound when there are
    /// several.
    template <class T>
    [[nodiscard]] std::optional<T> one() {
        std::vector<T> list = as<T>();
        if (list.size() > 1) refuse_several();
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
    [[noreturn]] static void refuse_several();
    template <class T>
    void append(std::vector<T>& list) {
        Result rest(page_.shared_columns(), page_.body(), reader_.rest(), left_);
        query::append_rows<T>(rest, list);
        left_ = 0;
    }

    detail::PageReader pages_;
    Result page_;
    RowReader reader_;
    std::uint32_t left_ = 0;
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
