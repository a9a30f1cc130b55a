// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/execute.hpp>

#include <coodie/query/row_decoder.hpp>
#include <coodie/types/error.hpp>

#include <utility>
#include <variant>

namespace coodie::sync::detail {

namespace {

Outcome execute(const query::Operation& operation) {
    return operation.driver()->execute(operation.statement());
}

}  // namespace

Result run(query::Operation& operation) { return operation.take(execute(operation)); }

const Result* read_first_page(query::FirstPage& first, const query::Operation& operation) {
    while (first.wants_more()) {
        first.outcome() = execute(operation);
        first.take();
    }
    return first.page();
}

Result run(Driver& driver, const BatchStatement& batch) {
    Outcome outcome = driver.execute(batch);
    if (const Error* error = std::get_if<Error>(&outcome)) raise(query::explained_batch(*error));
    return std::move(*std::get_if<Result>(&outcome));
}

WriteOutcome write(query::Operation operation, query::BatchState* batch) {
    if (operation.join(batch)) return {.in_batch = true};
    if (!operation.has_more()) return {};
    return {.result = run(operation)};
}

std::int64_t count(query::Operation operation) {
    while (operation.has_more()) {
        const Result page = run(operation);
        if (page.row_count() > 0) return query::read_count(page);
    }
    return 0;
}

}  // namespace coodie::sync::detail
