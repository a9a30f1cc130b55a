// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/registry.hpp>
#include <coodie/query/query_builder.hpp>
#include <coodie/types/error.hpp>

namespace coodie::query {
namespace {

void require_keyspace(const ModelInfo& model, std::string_view keyspace, Driver& driver) {
    if (!keyspace.empty() || !model.keyspace.empty() || !driver.keyspace().empty()) return;
    throw ConfigurationError(
        "no keyspace for table " + std::string(model.table) + " of " + std::string(model.type_name) + " on " +
        driver.name() +
        ": name one in the schema (.keyspace(\"...\")), in the URL given to init_coodie, or with "
        "in_keyspace(\"...\")");
}

}  // namespace

std::shared_ptr<Driver> driver_of(const ModelInfo& model, std::string_view keyspace) {
    std::shared_ptr<Driver> driver = get_driver(model.connection);
    require_keyspace(model, keyspace, *driver);
    return driver;
}

std::shared_ptr<Driver> driver_of(const QueryState& state, std::string_view keyspace) {
    if (keyspace.empty()) keyspace = state.keyspace;
    if (!state.driver) return driver_of(*state.model, keyspace);
    require_keyspace(*state.model, keyspace, *state.driver);
    return state.driver;
}

std::shared_ptr<Driver> named_driver(std::string_view name) { return get_driver(name); }

}  // namespace coodie::query
