// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"

#include <coodie/driver/driver.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace coodie {

/// Who closes a driver at `shutdown()`.
enum class DriverOwner { registry, caller };

/// The table behind the functions of registry.hpp. Thread safe. No driver is called or destroyed under its
/// lock.
class RegistryTable {
public:
    /// Made at first use, never destroyed: it serves static initialisers and what runs during exit.
    static RegistryTable& instance();

    void add(std::string_view name, std::shared_ptr<Driver> driver, DriverOwner owner, bool make_default);
    /// nullptr: there is none; missing() says so.
    [[nodiscard]] std::shared_ptr<Driver> find(std::string_view name) const;
    [[nodiscard]] Error missing(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] bool set_default(std::string_view name);
    void remove(std::string_view name) noexcept;
    /// Removes every entry of this driver.
    void forget(const Driver& driver) noexcept;
    void close_all() noexcept;

private:
    struct Entry {
        std::shared_ptr<Driver> driver;
        DriverOwner owner = DriverOwner::registry;
    };
    using Entries = std::map<std::string, Entry, std::less<>>;

    mutable LightMutex mutex_;
    Entries entries_;
    std::string default_name_;                ///< meaningful while default_driver_ is set
    std::shared_ptr<Driver> default_driver_;  ///< beside entries_: the lookup of every operation
};

}  // namespace coodie
