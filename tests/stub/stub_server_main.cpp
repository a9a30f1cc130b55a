// SPDX-License-Identifier: Apache-2.0
// The stub as a null server for benchmarks: a driver's whole cost, and next to none of the server's. One
// thread.
//
// usage: stub_server [--port N] [--rows N]
// Prints "listening on 127.0.0.1:PORT" and runs until its standard input ends. Table bench.users: nine
// columns of about 300 bytes, partition key `id`. A SELECT with WHERE gives one row, one without WHERE all
// rows in pages, a write void.
#include "stub/server.hpp"

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace coodie;
using namespace coodie::stub;

Table users(std::size_t rows) {
    Table table{.columns = {{"id", TypeId::uuid},
                            {"name", TypeId::text},
                            {"email", TypeId::text},
                            {"age", TypeId::int_},
                            {"balance", TypeId::double_},
                            {"active", TypeId::boolean},
                            {"created", TypeId::timestamp},
                            {"tags", DataType::set(TypeId::text)},
                            {"attributes", DataType::map(TypeId::text, TypeId::text)}},
                .keyspace = "bench",
                .name = "users"};
    for (std::size_t i = 0; i < rows; ++i) {
        Body created;
        created.long_(1'700'000'000'000);
        table.rows.push_back({value_of(uuid(0x0123456789ab4defU, 0x8000000000000000U + i)),
                              value_of("Ada Lovelace"), value_of("ada.lovelace@example.com"),
                              value_of(std::int32_t{36}), value_of(1234.5), value_of(true), created.view(),
                              value_of(std::set<std::string>{"mathematician", "poet", "programmer"}),
                              value_of(std::map<std::string, std::string>{
                                  {"city", "London"}, {"language", "English"}, {"title", "Countess"}})});
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
    options.tables = {users(rows)};
    options.keyspaces = {
        {"bench", {{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", "1"}}}};
    const Server server(options);
    std::cout << "listening on " << server.contact_point() << std::endl;
    for (std::string line; std::getline(std::cin, line);) continue;
    return 0;
}
