// SPDX-License-Identifier: Apache-2.0
#include "mock/mock_paging.hpp"

#include <coodie/mock/mock_driver.hpp>

#include <algorithm>
#include <utility>

namespace coodie {

MockAnswers& MockAnswers::returns(const MockRows& rows) { return returns_pages(std::vector<MockRows>{rows}); }

MockAnswers& MockAnswers::returns(std::initializer_list<MockColumn> columns,
                                  std::initializer_list<std::initializer_list<MockValue>> rows) {
    MockRows all(columns);
    for (const std::initializer_list<MockValue>& row : rows) all.row(row);
    return returns(all);
}

MockAnswers& MockAnswers::returns_pages(const MockRows& rows, std::uint32_t rows_per_page) {
    const std::uint32_t step = std::max<std::uint32_t>(rows_per_page, 1);
    std::vector<Result> pages;
    for (std::uint32_t first = 0; first == 0 || first < rows.row_count(); first += step)
        pages.push_back(rows.result(first, std::min(first + step, rows.row_count())));
    return add_pages(std::move(pages));
}

MockAnswers& MockAnswers::returns_pages(const std::vector<MockRows>& pages) {
    std::vector<Result> results;
    results.reserve(pages.size());
    for (const MockRows& page : pages) results.push_back(page.result());
    return add_pages(std::move(results));
}

MockAnswers& MockAnswers::add_pages(std::vector<Result> pages) {
    const std::lock_guard lock(driver_->mutex_);
    MockPosition position{static_cast<std::uint32_t>(rule_),
                          static_cast<std::uint32_t>(driver_->rules_[rule_].answers.size()), 0};
    std::vector<Outcome> outcomes;
    outcomes.reserve(pages.size());
    for (Result& page : pages) {
        ++position.page;
        Bytes state = position.page < pages.size() ? position.to_bytes() : Bytes();
        outcomes.emplace_back(
            Result(page.shared_columns(), page.body(), page.row_bytes(), page.row_count(), std::move(state)));
    }
    if (outcomes.empty()) outcomes.emplace_back(Result());
    driver_->add_answer(rule_, std::move(outcomes));
    return *this;
}

MockAnswers& MockAnswers::succeeds() { return add_pages({Result()}); }

MockAnswers& MockAnswers::applied(bool yes, const MockRows& existing) {
    std::vector<MockColumn> columns{{"[applied]", TypeId::boolean}};
    Bytes row;
    MockValue(yes).append_to(row, columns.front());
    if (existing.row_count() != 0) {
        columns.insert(columns.end(), existing.columns().begin(), existing.columns().end());
        const Result first = existing.result(0, 1);
        row.insert(row.end(), first.row_bytes().begin(), first.row_bytes().end());
    }
    auto specs = std::make_shared<ColumnSpecs>();
    for (const MockColumn& column : columns) specs->push_back({"", "", column.name, column.type});
    auto body = std::make_shared<const Bytes>(std::move(row));
    const BytesView view(*body);
    return add_pages({Result(std::move(specs), std::move(body), view, 1)});
}

MockAnswers& MockAnswers::fails(Error error) {
    const std::lock_guard lock(driver_->mutex_);
    driver_->add_answer(rule_, {Outcome(std::move(error))});
    return *this;
}

MockAnswers& MockAnswers::takes(std::vector<MockColumn> parameters) {
    ColumnSpecs specs;
    for (MockColumn& column : parameters)
        specs.push_back({"", "", std::move(column.name), std::move(column.type)});
    const std::lock_guard lock(driver_->mutex_);
    driver_->rules_[rule_].parameters = std::move(specs);
    return *this;
}

}  // namespace coodie
