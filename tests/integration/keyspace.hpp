// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/sync.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace integration {

/// A connection and a keyspace with worker_tables(), for as long as this lives.
class Keyspace {
public:
    /// @param name of the connection, and of the keyspace with this process's id.
    Keyspace(std::string_view name, const std::string& url, std::uint32_t replication_factor);
    ~Keyspace();
    Keyspace(const Keyspace&) = delete;
    Keyspace& operator=(const Keyspace&) = delete;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::string& connection() const noexcept { return connection_.name(); }

private:
    coodie::Connection connection_;
    std::string name_;
};

}  // namespace integration
