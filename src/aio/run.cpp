// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/run.hpp>

#include <coodie/query/row_decoder.hpp>

namespace coodie::aio::detail {

awaitable<void> write(query::Operation operation) {
    if (!operation.has_more()) co_return;
    Outcome outcome;
    co_await send(operation, outcome);
    static_cast<void>(operation.take(std::move(outcome)));
}

awaitable<std::int64_t> count(query::Operation operation) {
    while (operation.has_more()) {
        Outcome outcome;
        co_await send(operation, outcome);
        const Result page = operation.take(std::move(outcome));
        if (page.row_count() > 0) co_return query::read_count(page);
    }
    co_return 0;
}

}  // namespace coodie::aio::detail
