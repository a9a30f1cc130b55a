// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/registry.hpp>

#include "driver/registry_table.hpp"

#include <utility>

namespace coodie {
namespace {

void check_name(std::string_view name) {
    if (name.empty())
        throw ConfigurationError(
            "register_driver: the name is empty; give one, e.g. \"default\" or \"analytics\"");
}

}  // namespace

Connection register_driver(std::string_view name, std::shared_ptr<Driver> driver, RegisterOptions options) {
    check_name(name);
    if (driver == nullptr)
        throw ConfigurationError("register_driver(\"" + std::string(name) + "\"): the driver is null");
    RegistryTable::instance().add(name, driver, DriverOwner::registry, options.make_default);
    return Connection(std::string(name), std::move(driver));
}

Connection register_driver(std::string_view name, Driver& driver, RegisterOptions options) {
    check_name(name);
    std::shared_ptr<Driver> borrowed(std::shared_ptr<void>(), &driver);
    RegistryTable::instance().add(name, borrowed, DriverOwner::caller, options.make_default);
    return Connection(std::string(name), std::move(borrowed));
}

std::variant<std::shared_ptr<Driver>, Error> find_driver(std::string_view name) {
    const RegistryTable& table = RegistryTable::instance();
    if (std::shared_ptr<Driver> driver = table.find(name)) return driver;
    return table.missing(name);
}

std::shared_ptr<Driver> get_driver(std::string_view name) {
    const RegistryTable& table = RegistryTable::instance();
    std::shared_ptr<Driver> driver = table.find(name);
    if (driver == nullptr) raise(table.missing(name));
    return driver;
}

std::vector<std::string> driver_names() { return RegistryTable::instance().names(); }

void set_default_driver(std::string_view name) {
    if (name.empty()) throw ConfigurationError("set_default_driver: the name is empty");
    if (RegistryTable::instance().set_default(name)) return;
    static_cast<void>(get_driver(name));  // throws with the known names
}

void unregister_driver(std::string_view name) noexcept { RegistryTable::instance().remove(name); }

void shutdown() noexcept { RegistryTable::instance().close_all(); }

}  // namespace coodie
