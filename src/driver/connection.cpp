// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/connection.hpp>

#include "driver/registry_table.hpp"

#include <variant>

namespace coodie {

Driver& Connection::driver() const {
    if (driver_ == nullptr)
        throw ConfigurationError(
            "this Connection refers to no driver: assign what init_coodie(url) returns first");
    return *driver_;
}

std::string Connection::keyspace() const { return driver().keyspace(); }

void Connection::connect() const {
    const Outcome outcome = driver().connect();
    if (const Error* error = std::get_if<Error>(&outcome)) raise(*error);
}

void Connection::close() const noexcept {
    if (driver_ == nullptr) return;
    RegistryTable::instance().forget(*driver_);
    driver_->close();
}

}  // namespace coodie
