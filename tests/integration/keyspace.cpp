// SPDX-License-Identifier: Apache-2.0
#include "keyspace.hpp"

#include "worker.hpp"

#include <unistd.h>

#include <cstdio>

namespace integration {

Keyspace::Keyspace(std::string_view name, const std::string& url, std::uint32_t replication_factor)
    : connection_(coodie::sync::init_coodie(url, {.name = name})),
      name_(std::string(name) + "_" + std::to_string(getpid())) {
    coodie::sync::create_keyspace(name_, {.replication_factor = replication_factor}, name);
    for (const std::string& table : worker_tables())
        coodie::sync::execute_raw({.driver = name, .keyspace = name_}, table);
}

Keyspace::~Keyspace() {
    try {
        coodie::sync::drop_keyspace(name_, false, connection_.name());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "keyspace %s stays: %s\n", name_.c_str(), error.what());
    }
    connection_.close();
}

}  // namespace integration
