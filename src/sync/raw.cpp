// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/raw.hpp>

#include <coodie/driver/registry.hpp>
#include <coodie/types/error.hpp>

namespace coodie::sync {

Rows::Rows(std::shared_ptr<Driver> driver, Statement statement)
    : pages_(std::move(driver), std::move(statement), {.operation = "execute_raw"}),
      page_(pages_.next()),
      reader_(page_),
      left_(page_.row_count()) {}

bool Rows::load_page() {
    while (left_ == 0) {
        if (!pages_.has_more()) return false;
        page_ = pages_.next();
        reader_ = RowReader(page_);
        left_ = page_.row_count();
    }
    return true;
}

bool Rows::next(Row& row) {
    if (!load_page()) return false;
    row.read(page_, reader_);
    --left_;
    return true;
}

std::vector<Row> Rows::all() {
    std::vector<Row> rows;
    for (Row row; next(row);) rows.push_back(std::move(row));
    return rows;
}

void Rows::refuse_several() {
    throw MultipleDocumentsFound("execute_raw: the statement gave several rows where one() expects one");
}

namespace detail {

Rows execute_raw(const RawOptions& options, std::string_view cql, const query::RawArguments& arguments) {
    std::shared_ptr<Driver> driver = get_driver(options.driver);
    Statement statement = query::raw_statement(*driver, cql, arguments, options);
    return {std::move(driver), std::move(statement)};
}

}  // namespace detail
}  // namespace coodie::sync
