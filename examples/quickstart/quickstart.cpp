// SPDX-License-Identifier: Apache-2.0
// A product catalog in one file. usage: quickstart [URL]   (default: memory:)
// Run it twice on one folder (embedded:///tmp/catalog): the second run finds the first one's rows.
#include <coodie/sync.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <set>
#include <string>

using namespace coodie::literals;

struct Product : coodie::sync::Document<Product> {
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

static void run(const char* url) {
    auto db = coodie::sync::init_coodie(url);
    coodie::sync::create_keyspace("catalog", {.replication_factor = 1});

    const auto synced = Product::sync_table();
    std::printf("sync_table ran %zu statements\n", synced.statements().size());

    const auto before = Product::find("category"_c == "lamps").all();
    std::printf("lamps from an earlier run: %zu\n", before.size());
    for (const Product& product : before) print(product);

    Product desk{.category = "lamps",
                 .sku = "L-100",
                 .name = "Desk lamp",
                 .price = 39.5,
                 .stock = 12,
                 .tags = {"led", "office"}};
    desk.save();
    Product{.category = "lamps",
            .sku = "L-200",
            .name = "Café lamp",
            .price = 129,
            .stock = 3,
            .description = "brass, made in Lyon"}
        .save();
    Product{.category = "lamps", .sku = "L-300", .name = "Old lamp", .price = 5}.save();
    Product{.category = "chairs", .sku = "C-100", .name = "Stool", .price = 25, .stock = 3}.save();

    const Product one = Product::get("category"_c == "lamps", "sku"_c == "L-100");
    std::printf("get:\n");
    print(one);

    desk.update("price"_c = 35.0, "tags"_c += std::set<std::string>{"sale"});
    Product::find("category"_c == "lamps", "sku"_c == "L-300").remove();

    std::printf("lamps, the last first:\n");
    for (const Product& product : Product::find("category"_c == "lamps").order_by(-"sku"_c)) print(product);

    std::printf("everything with a stock of 3, through the index: %lld\n",
                static_cast<long long>(Product::find("stock"_c == 3).count()));
}

int main(int argc, char** argv) {
    try {
        run(argc > 1 ? argv[1] : "memory:");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "quickstart: %s\n", error.what());
        return 1;
    }
    return 0;
}
