// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <memory>
#include <string>
#include <utility>

namespace coodie {

/// A shared handle to a driver, as `init_coodie` returns it; the registry keeps one, too. Cheap to copy; any
/// thread.
class Connection {
public:
    /// Refers to nothing; only `operator bool`, `close()` and assignment are of use.
    Connection() = default;
    Connection(std::string name, std::shared_ptr<Driver> driver)
        : name_(std::move(name)), driver_(std::move(driver)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return driver_ != nullptr; }
    /// The name in the registry: "default" unless `init_coodie` was given one.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Throws ConfigurationError when this refers to nothing.
    [[nodiscard]] Driver& driver() const;
    [[nodiscard]] const std::shared_ptr<Driver>& shared_driver() const noexcept { return driver_; }
    /// The keyspace of unqualified names; "" when there is none. Throws ConfigurationError as driver() does.
    [[nodiscard]] std::string keyspace() const;
    /// Reaches the database now, not at the first statement. Throws what the driver reports.
    void connect() const;
    /// Completes everything that is pending and lets go of files and sockets; idempotent. Whoever still holds
    /// a handle gets CancelledError from then on. The registry forgets the driver.
    void close() const noexcept;

private:
    std::string name_;
    std::shared_ptr<Driver> driver_;
};

}  // namespace coodie
