// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/batch_query.hpp>

#include "aio/describe.hpp"
#include "aio/start.hpp"

#include <coodie/query/explain.hpp>
#include <coodie/types/error.hpp>

#include <utility>
#include <variant>

namespace coodie::aio {
namespace {

awaitable<BatchResult> execute_batch(std::shared_ptr<Driver> driver, BatchStatement batch) {
    if (batch.statements().empty()) co_return BatchResult();
    Outcome outcome;
    co_await detail::Execution<detail::SendBatch>(detail::SendBatch(std::move(driver), std::move(batch)),
                                                  outcome);
    if (const Error* error = std::get_if<Error>(&outcome)) raise(query::explained_batch(*error));
    co_return BatchResult(std::move(*std::get_if<Result>(&outcome)));
}

awaitable<void> done() { co_return; }

awaitable<void> describe_and_join(query::BatchState& batch, std::shared_ptr<Driver> driver,
                                  StatementText text, query::RawArguments arguments) {
    const Description description = co_await detail::describe(driver, text);
    const RawOptions options;
    batch.join_raw(std::move(driver),
                   query::raw_statement(std::move(text), arguments, &description, options));
}

}  // namespace

awaitable<BatchResult> BatchQuery::execute() {
    BatchStatement batch = take();
    return execute_batch(driver(), std::move(batch));
}

awaitable<void> BatchQuery::add_raw(std::string_view cql, query::RawArguments arguments) {
    std::shared_ptr<Driver> driver = driver_for_raw();
    StatementText text = query::raw_text(cql, arguments);
    if (arguments.size() > 0)
        return describe_and_join(*this, std::move(driver), std::move(text), std::move(arguments));
    join_raw(std::move(driver), query::raw_statement(std::move(text), arguments, nullptr, {}));
    return done();
}

}  // namespace coodie::aio
