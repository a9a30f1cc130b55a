// SPDX-License-Identifier: Apache-2.0
#include "bare.hpp"
#include "coroutines.hpp"

#include "aio/start.hpp"

#include <coodie/aio.hpp>
#include <coodie/sync.hpp>

namespace coodie_bench {
namespace {

using coodie::Outcome;
using coodie::Result;

struct Blocking {
    coodie::Driver& driver;

    [[nodiscard]] Product get(const coodie::uuid& id) const {
        return bare::one_product(bare::checked(driver.execute(bare::get_statement(id))));
    }
    void insert(const WrittenProduct& product) const {
        static_cast<void>(bare::checked(driver.execute(bare::insert_statement(product))));
    }
    [[nodiscard]] std::size_t scan(Latencies& latencies) const {
        std::size_t rows = 0;
        coodie::Bytes state;
        do {
            const auto begin = Clock::now();
            const Result page = bare::checked(driver.execute(bare::page_statement(state)));
            rows += bare::all_products(page).size();
            state.assign(page.paging_state().begin(), page.paging_state().end());
            latencies.push_back(Clock::now() - begin);
        } while (!state.empty());
        return rows;
    }
};

/// Statements are awaited as the coroutine front awaits its own.
struct Coroutines {
    std::shared_ptr<coodie::Driver> driver;

    using Send = coodie::aio::detail::Execution<coodie::aio::detail::SendStatement>;
    [[nodiscard]] Send send(coodie::Statement statement, Outcome& outcome) const {
        return {coodie::aio::detail::SendStatement(driver, std::move(statement)), outcome};
    }

    [[nodiscard]] awaitable<Product> get(coodie::uuid id) const {
        coodie::Statement statement = bare::get_statement(id);
        Outcome outcome;
        co_await send(std::move(statement), outcome);
        co_return bare::one_product(bare::checked(std::move(outcome)));
    }
    [[nodiscard]] awaitable<void> insert(const WrittenProduct& product) const {
        coodie::Statement statement = bare::insert_statement(product);
        Outcome outcome;
        co_await send(std::move(statement), outcome);
        static_cast<void>(bare::checked(std::move(outcome)));
    }
    [[nodiscard]] awaitable<std::size_t> scan(Latencies& latencies) const {
        std::size_t rows = 0;
        coodie::Bytes state;
        do {
            const auto begin = Clock::now();
            coodie::Statement statement = bare::page_statement(state);
            Outcome outcome;
            co_await send(std::move(statement), outcome);
            const Result page = bare::checked(std::move(outcome));
            rows += bare::all_products(page).size();
            state.assign(page.paging_state().begin(), page.paging_state().end());
            latencies.push_back(Clock::now() - begin);
        } while (!state.empty());
        co_return rows;
    }
};

}  // namespace

void run_bare_blocking(const Task& task) {
    const auto connection = coodie::sync::init_coodie(task.url);
    connection.connect();
    Blocking client{connection.driver()};
    run_on_threads(task, client);
    connection.close();
}

void run_bare_coroutines(const Task& task) {
    boost::asio::io_context context(1);
    const auto connection = coodie::aio::init_coodie(context.get_executor(), task.url);
    static_cast<const coodie::Connection&>(connection).connect();
    Coroutines client{connection.shared_driver()};
    run_on_executor(task, client, context);
    connection.close();
}

}  // namespace coodie_bench
