// SPDX-License-Identifier: Apache-2.0
#include "blocking.hpp"

#include <coodie/sync.hpp>

using namespace coodie::literals;

namespace coodie_bench {
namespace {

struct Odm {
    static Product get(const coodie::uuid& id) { return coodie::sync::get<Product>("id"_c == id); }
    static void insert(const WrittenProduct& product) { coodie::sync::save(product); }
    static std::size_t scan(Latencies& latencies) {
        std::size_t rows = 0;
        std::string token;
        do {
            const auto begin = Clock::now();
            const auto page = coodie::sync::find<Product>().fetch_size(page_rows).paged_all(token);
            latencies.push_back(Clock::now() - begin);
            rows += page.data.size();
            token = page.paging_state;
            if (!page.data.empty()) check_product(page.data.back());
        } while (!token.empty());
        return rows;
    }
};

}  // namespace

void run_blocking(const Task& task) {
    const auto connection = coodie::sync::init_coodie(task.url);
    connection.connect();
    Odm client;
    run_on_threads(task, client);
    connection.close();
}

}  // namespace coodie_bench
