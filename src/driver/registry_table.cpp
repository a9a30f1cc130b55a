// SPDX-License-Identifier: Apache-2.0
#include "driver/registry_table.hpp"

#include <utility>

namespace coodie {

RegistryTable& RegistryTable::instance() {
    static RegistryTable& made = *new RegistryTable;
    return made;
}

void RegistryTable::add(std::string_view name, std::shared_ptr<Driver> driver, DriverOwner owner,
                        bool make_default) {
    Entry previous;  // destroyed after the lock is released: its driver may join threads
    std::shared_ptr<Driver> previous_default;
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[std::string(name)];
    previous = std::exchange(entry, Entry{std::move(driver), owner});
    if (make_default || default_driver_ == nullptr || default_name_ == name) {
        default_name_ = name;
        previous_default = std::exchange(default_driver_, entry.driver);
    }
}

std::shared_ptr<Driver> RegistryTable::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    if (name.empty()) return default_driver_;
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : found->second.driver;
}

Error RegistryTable::missing(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const std::string quoted = '"' + std::string(name) + '"';
    std::string known;
    for (const auto& [each, entry] : entries_) known += (known.empty() ? "" : ", ") + each;
    std::string message;
    if (!name.empty()) {
        message = "there is no connection named " + quoted + " (known: " + (known.empty() ? "none" : known) +
                  "): call init_coodie(url, {.name = " + quoted + "}) or register_driver(" + quoted +
                  ", driver) first";
    } else if (known.empty()) {
        message =
            "there is no connection to a database: call init_coodie(url) or register_driver(name, driver) "
            "first";
    } else {
        message = "there is no default connection (known: " + known +
                  "): call set_default_driver(name), or bind the model to one with .connection(name)";
    }
    return Error(ErrorKind::configuration, std::move(message));
}

std::vector<std::string> RegistryTable::names() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    names.reserve(entries_.size());
    for (const auto& [name, entry] : entries_) names.push_back(name);
    return names;
}

bool RegistryTable::set_default(std::string_view name) {
    std::shared_ptr<Driver> previous;
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end()) return false;
    default_name_ = name;
    previous = std::exchange(default_driver_, found->second.driver);
    return true;
}

void RegistryTable::remove(std::string_view name) noexcept {
    Entries::node_type removed;
    std::shared_ptr<Driver> previous_default;
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end()) return;
    if (default_name_ == name) previous_default = std::exchange(default_driver_, nullptr);
    removed = entries_.extract(found);
}

void RegistryTable::forget(const Driver& driver) noexcept {
    std::shared_ptr<Driver> kept;  // one reference outlives the lock, so no driver is destroyed under it
    const std::lock_guard lock(mutex_);
    if (default_driver_.get() == &driver) kept = std::exchange(default_driver_, nullptr);
    for (auto it = entries_.begin(); it != entries_.end();) {
        if (it->second.driver.get() != &driver) {
            ++it;
            continue;
        }
        kept = std::move(it->second.driver);
        it = entries_.erase(it);
    }
}

void RegistryTable::close_all() noexcept {
    Entries entries;
    std::shared_ptr<Driver> previous_default;
    {
        const std::lock_guard lock(mutex_);
        entries.swap(entries_);
        previous_default = std::exchange(default_driver_, nullptr);
    }
    for (auto& [name, entry] : entries)
        if (entry.owner == DriverOwner::registry) entry.driver->close();
}

}  // namespace coodie
