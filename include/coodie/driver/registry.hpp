// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/connection.hpp>
#include <coodie/driver/driver.hpp>
#include <coodie/types/error.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The drivers of this process by name. Any function may be called from any thread at any time, also before
/// main() and during exit: the table is never destroyed. Drivers are closed by `Connection::close()`,
/// `shutdown()`, or when the last handle goes.
namespace coodie {

/// The name of the connection that `init_coodie` makes without one.
inline constexpr std::string_view default_connection_name = "default";

struct RegisterOptions {
    /// Whether models that name no connection use this driver from now on. The first driver always becomes
    /// the default.
    bool make_default{};
};

/// Registers a driver under a name; a driver of that name is replaced (handles to it stay usable).
/// Throws ConfigurationError for an empty name or a null driver.
Connection register_driver(std::string_view name, std::shared_ptr<Driver> driver,
                           RegisterOptions options = {});
/// The same for a driver whose lifetime is the caller's: unregister it before it is destroyed. `shutdown()`
/// forgets it, but does not close it.
Connection register_driver(std::string_view name, Driver& driver, RegisterOptions options = {});

/// The driver of that name; "" means the default one. Throws ConfigurationError, which names the call that is
/// missing and the names that are known.
[[nodiscard]] std::shared_ptr<Driver> get_driver(std::string_view name = {});
/// The same with the error as a value.
[[nodiscard]] std::variant<std::shared_ptr<Driver>, Error> find_driver(std::string_view name = {});
/// The names that are registered, sorted.
[[nodiscard]] std::vector<std::string> driver_names();

/// Throws ConfigurationError when there is no such driver.
void set_default_driver(std::string_view name);
/// Forgets a driver (does not close it). A no-op when there is none of that name. When it was the default,
/// there is no default until the next `set_default_driver`, nameless `init_coodie`, or first driver.
void unregister_driver(std::string_view name) noexcept;
/// Closes every driver of the registry and forgets them all; `init_coodie` works again afterwards. Call it at
/// the end of main(): nothing of it happens by itself during static destruction.
void shutdown() noexcept;

}  // namespace coodie
