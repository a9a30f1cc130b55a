// SPDX-License-Identifier: Apache-2.0
// The stub as a null server for benchmarks: a driver's whole cost, and next to none of the server's. One
// thread.
//
// usage: stub_server [--port N] [--rows N]
// Prints "listening on 127.0.0.1:PORT" and runs until its standard input ends. Tables bench.products and
// bench.products_w of bench/driver: nine columns of about 300 bytes, partition key `id`. A SELECT with WHERE
// gives one row, one without WHERE all rows at once, a write void.
#include "stub/server.hpp"

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace coodie;
using namespace coodie::stub;

Table products(std::string name, std::size_t rows) {
    Table table{.columns = {{"id", TypeId::uuid},
                            {"name", TypeId::text},
                            {"brand", TypeId::text},
                            {"category", TypeId::text},
                            {"price", TypeId::float_},
                            {"description", TypeId::text},
                            {"tags", DataType::list(TypeId::text)},
                            {"metadata", DataType::map(TypeId::text, TypeId::text)},
                            {"created_at", TypeId::timestamp}},
                .keyspace = "bench",
                .name = std::move(name)};
    for (std::size_t i = 0; i < rows; ++i) {
        Body created;
        created.long_(1'700'000'000'000);
        table.rows.push_back({value_of(uuid(0x4000, 0x8000000000000000U + i)),
                              value_of("Quick Light Compact Chair"), value_of("Initech"),
                              value_of("garden-tools"), value_of(12.5F),
                              value_of("durable and modern for home or office, classic edition without pack, "
                                       "wireless portable premium steel with soft leather, bright"),
                              value_of(std::vector<std::string>{"cotton", "premium", "travel"}),
                              value_of(std::map<std::string, std::string>{
                                  {"color", "black"}, {"origin", "Germany"}, {"warranty", "24-months"}}),
                              created.view()});
    }
    return table;
}

}  // namespace

int main(int argc, char** argv) {
    ServerOptions options{.record = false, .fast = true};
    std::size_t rows = 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const unsigned long value = std::strtoul(argv[i + 1], nullptr, 10);
        if (name == "--port") options.port = static_cast<std::uint16_t>(value);
        if (name == "--rows") rows = value;
    }
    options.tables = {products("products", rows), products("products_w", 0)};
    options.keyspaces = {
        {"bench", {{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", "1"}}}};
    const Server server(options);
    std::cout << "listening on " << server.contact_point() << std::endl;
    for (std::string line; std::getline(std::cin, line);) continue;
    return 0;
}
