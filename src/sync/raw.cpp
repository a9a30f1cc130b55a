// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/raw.hpp>

#include <coodie/driver/registry.hpp>
#include <coodie/sync/execute.hpp>

#include <memory>
#include <utility>

namespace coodie::sync {

Rows::Rows(query::Operation operation) : operation_(std::move(operation)), page_(detail::run(operation_)) {}

bool Rows::load_page() {
    while (page_.done()) {
        if (!operation_.has_more()) return false;
        page_.load(detail::run(operation_));
    }
    return true;
}

bool Rows::next(Row& row) {
    if (!load_page()) return false;
    page_.read(row);
    return true;
}

std::vector<Row> Rows::all() {
    std::vector<Row> rows;
    while (load_page()) page_.append_to(rows);
    return rows;
}

namespace detail {

Rows execute_raw(const RawOptions& options, std::string_view cql, const query::RawArguments& arguments) {
    std::shared_ptr<Driver> driver = get_driver(options.driver);
    Statement statement = query::raw_statement(*driver, cql, arguments, options);
    return Rows(query::Operation({.operation = "execute_raw"}, std::move(driver), std::move(statement)));
}

}  // namespace detail
}  // namespace coodie::sync
