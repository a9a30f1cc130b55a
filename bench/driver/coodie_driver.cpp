// SPDX-License-Identifier: Apache-2.0
// One run of the driver benchmark by coodie: prints one report line (bench/README.md tells its fields).
//
// usage: coodie_driver HOST:PORT|URL MODE OP IN_FLIGHT N [WARM_UP]
//        coodie_driver HOST:PORT|URL seed
// MODE: sync (IN_FLIGHT blocking threads), aio (IN_FLIGHT coroutines on one thread), bare-sync and bare-aio
// (the driver without the ODM, rows decoded by hand), copy (no database: what a Product itself allocates).
// OP: get, insert, page (N is rows then). WARM_UP operations come first, unmeasured (default 0).
#include "clients.hpp"

#include <coodie/sync.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string_view>

namespace coodie_bench {

const std::vector<WrittenProduct>& products_to_write() {
    static const std::vector<WrittenProduct> products = [] {
        std::vector<WrittenProduct> made;
        for (std::size_t i = 0; i < product_count; ++i) made.push_back(make_product(i));
        return made;
    }();
    return products;
}

void seed(const Task& task) {
    const auto connection = coodie::sync::init_coodie(task.url);
    coodie::sync::create_keyspace("bench", {.replication_factor = 1});
    coodie::sync::drop_table<Product>();
    coodie::sync::drop_table<WrittenProduct>();
    coodie::sync::sync_table<Product>();
    coodie::sync::sync_table<WrittenProduct>();
    coodie::sync::insert_many<Product>(products_to_write()).or_throw();
    connection.close();
}

namespace {

// Like a read but without a database: the difference to a read is what reading costs beyond the document.
void run_copies(const Task& task) {
    const Product original = make_product(0);
    const Measurement measurement;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < task.count; ++i) {
        const Product copy = original;
        sum += copy.metadata.size();
    }
    if (sum != 3 * task.count) std::abort();
    measurement.report(task, task.count, {});
}

const std::map<std::string_view, std::function<void(const Task&)>> modes{
    {"sync", run_blocking},
    {"aio", run_coroutines},
    {"bare-sync", run_bare_blocking},
    {"bare-aio", run_bare_coroutines},
    {"copy", run_copies},
    {"seed", seed},
};

int usage() {
    std::fputs(
        "usage: coodie_driver HOST:PORT|URL sync|aio|bare-sync|bare-aio|copy get|insert|page IN_FLIGHT N"
        " [WARM_UP]\n       coodie_driver HOST:PORT|URL seed\n",
        stderr);
    return 2;
}

}  // namespace
}  // namespace coodie_bench

int main(int argc, char** argv) {
    using namespace coodie_bench;
    if (argc < 3) return usage();
    Task task{.url = argv[1], .mode = argv[2]};
    if (task.url.find(':') == task.url.rfind(':')) task.url = "cassandra://" + task.url;
    if (argc > 3) task.operation = argv[3];
    if (argc > 4) task.in_flight = std::strtoul(argv[4], nullptr, 10);
    if (argc > 5) task.count = std::strtoul(argv[5], nullptr, 10);
    if (argc > 6) task.warm_up = std::strtoul(argv[6], nullptr, 10);
    const bool known = task.operation == "get" || task.operation == "insert" || task.operation == "page";
    const auto mode = modes.find(task.mode);
    if (mode == modes.end() || (task.mode != "seed" && (!known || task.in_flight == 0))) return usage();
    try {
        mode->second(task);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "coodie_driver: %s\n", error.what());
        return 1;
    }
    return 0;
}
