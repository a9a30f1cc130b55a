// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/raw.hpp>

#include "aio/describe.hpp"

#include <coodie/driver/registry.hpp>

#include <memory>

namespace coodie::aio {
namespace {

awaitable<bool> read_next(query::Operation& operation, query::RawPage& page, Row& row) {
    while (page.done()) {
        if (!operation.has_more()) co_return false;
        Outcome outcome;
        co_await detail::send(operation, outcome);
        page.load(operation.take(std::move(outcome)));
    }
    page.read(row);
    co_return true;
}

query::Operation operation_of(std::shared_ptr<Driver> driver, Statement statement) {
    return {{.operation = "execute_raw"}, std::move(driver), std::move(statement)};
}

awaitable<Rows> open(query::Operation operation) {
    Outcome outcome;
    co_await detail::send(operation, outcome);
    Result page = operation.take(std::move(outcome));
    co_return Rows(std::move(operation), std::move(page));
}

awaitable<Rows> describe_and_open(std::shared_ptr<Driver> driver, StatementText text,
                                  query::RawArguments arguments, RawOptions options, std::string keyspace) {
    options.keyspace = keyspace;
    const Description description = co_await detail::describe(driver, text);
    Statement statement = query::raw_statement(std::move(text), arguments, &description, options);
    query::Operation operation = operation_of(std::move(driver), std::move(statement));
    Outcome outcome;
    co_await detail::send(operation, outcome);
    Result page = operation.take(std::move(outcome));
    co_return Rows(std::move(operation), std::move(page));
}

}  // namespace

awaitable<bool> Rows::next(Row& row) { return read_next(operation_, page_, row); }

awaitable<std::vector<Row>> Rows::all() { return read_as<Row>(*this); }

namespace detail {

awaitable<Rows> execute_raw(const RawOptions& options, std::string_view cql, query::RawArguments arguments) {
    std::shared_ptr<Driver> driver = get_driver(options.driver);
    StatementText text = query::raw_text(cql, arguments);
    // Checks the options, too, whatever the arguments are.
    Statement statement = query::raw_statement(text, query::RawArguments(), nullptr, options);
    if (arguments.size() == 0) return open(operation_of(std::move(driver), std::move(statement)));
    return describe_and_open(std::move(driver), std::move(text), std::move(arguments), options,
                             std::string(options.keyspace));
}

}  // namespace detail
}  // namespace coodie::aio
