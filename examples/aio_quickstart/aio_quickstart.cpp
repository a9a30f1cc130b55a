// SPDX-License-Identifier: Apache-2.0
// The product catalog of examples/quickstart with co_await. usage: aio_quickstart [URL]   (default: memory:)
// Run it twice on one folder (embedded:///tmp/catalog): the second run finds the first one's rows.
#include <coodie/aio.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <set>
#include <string>

namespace asio = boost::asio;
using namespace coodie::literals;

struct Product : coodie::aio::Document<Product> {
    std::string category;
    std::string sku;
    std::string name;
    double price = 0;
    std::int32_t stock = 0;
    std::set<std::string> tags;
    std::optional<std::string> description;
    coodie::timestamp added_at = coodie::now();

    static constexpr auto schema() {
        return coodie::table("products")
            .keyspace("catalog")
            .partition_key<&Product::category>()
            .clustering_key<&Product::sku>()
            .index<&Product::stock>();
    }
};

static void print(const Product& product) {
    std::printf("  %-8s %-22s %8.2f  stock %2d  %s\n", product.sku.c_str(), product.name.c_str(),
                product.price, product.stock, product.description.value_or("-").c_str());
}

static asio::awaitable<void> fill() {
    Product desk{.category = "lamps",
                 .sku = "L-100",
                 .name = "Desk lamp",
                 .price = 39.5,
                 .stock = 12,
                 .tags = {"led", "office"}};
    co_await desk.save();
    // Every document has a name: GCC 12 destroys a temporary one of a co_await expression twice.
    const Product cafe{.category = "lamps",
                       .sku = "L-200",
                       .name = "Café lamp",
                       .price = 129,
                       .stock = 3,
                       .description = "brass, made in Lyon"};
    co_await cafe.save();
    const Product old{.category = "lamps", .sku = "L-300", .name = "Old lamp", .price = 5};
    co_await old.save();
    const Product stool{.category = "chairs", .sku = "C-100", .name = "Stool", .price = 25, .stock = 3};
    co_await stool.save();

    const Product one = co_await Product::get("category"_c == "lamps", "sku"_c == "L-100");
    std::printf("get:\n");
    print(one);

    co_await desk.update("price"_c = 35.0, "tags"_c += "sale");
    co_await Product::find("category"_c == "lamps", "sku"_c == "L-300").remove();
}

static asio::awaitable<void> run() {
    co_await coodie::aio::create_keyspace("catalog", {.replication_factor = 1});

    const auto synced = co_await Product::sync_table();
    std::printf("sync_table ran %zu statements\n", synced.statements().size());

    const auto before = co_await Product::find("category"_c == "lamps").all();
    std::printf("lamps from an earlier run: %zu\n", before.size());
    for (const Product& product : before) print(product);

    co_await fill();

    std::printf("lamps, the last first:\n");
    auto lamps = Product::find("category"_c == "lamps").order_by(-"sku"_c).cursor();
    while (const auto product = co_await lamps.next()) print(*product);

    const auto count = co_await Product::find("stock"_c == 3).count();
    std::printf("everything with a stock of 3, through the index: %lld\n", static_cast<long long>(count));
}

int main(int argc, char** argv) {
    try {
        asio::io_context context;
        auto db = coodie::aio::init_coodie(context.get_executor(), argc > 1 ? argv[1] : "memory:");
        std::exception_ptr failure;
        asio::co_spawn(context, run(), [&](std::exception_ptr thrown) {
            failure = thrown;
            db.close();  // open connections are work: run() returns when they are gone
        });
        context.run();
        if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "aio_quickstart: %s\n", error.what());
        return 1;
    }
    return 0;
}
