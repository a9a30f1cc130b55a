// SPDX-License-Identifier: Apache-2.0
#include "coroutines.hpp"

#include <coodie/aio.hpp>

using namespace coodie::literals;

namespace coodie_bench {
namespace {

struct Odm {
    static awaitable<Product> get(const coodie::uuid& id) { return coodie::aio::get<Product>("id"_c == id); }
    static awaitable<void> insert(const WrittenProduct& product) { return coodie::aio::save(product); }
    static awaitable<std::size_t> scan(Latencies& latencies) {
        std::size_t rows = 0;
        std::string token;
        do {
            const auto begin = Clock::now();
            const auto page = co_await coodie::aio::find<Product>().fetch_size(page_rows).paged_all(token);
            latencies.push_back(Clock::now() - begin);
            rows += page.data.size();
            token = page.paging_state;
            if (!page.data.empty()) check_product(page.data.back());
        } while (!token.empty());
        co_return rows;
    }
};

}  // namespace

void run_coroutines(const Task& task) {
    boost::asio::io_context context(1);
    const auto connection = coodie::aio::init_coodie(context.get_executor(), task.url);
    static_cast<const coodie::Connection&>(connection).connect();
    Odm client;
    run_on_executor(task, client, context);
    connection.close();
}

}  // namespace coodie_bench
