// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/result.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::native {

/// "3", or "3/1": three replicas, of which one is transient (Cassandra 4) and holds no full data.
struct ReplicationFactor {
    std::uint32_t all = 0;
    std::uint32_t transient = 0;

    /// nullopt unless it is a number, or two with transient < all.
    [[nodiscard]] static std::optional<ReplicationFactor> parse(std::string_view text);
    friend bool operator==(const ReplicationFactor&, const ReplicationFactor&) = default;
};

/// How a keyspace spreads its replicas: the `replication` map of system_schema.keyspaces.
struct ReplicationStrategy {
    enum class Kind : std::uint8_t {
        unknown,  ///< a class this driver does not know, or options it cannot read: no token awareness
        local,    ///< LocalStrategy: each node has its own; no token awareness
        simple,
        network_topology,
    };
    Kind kind = Kind::unknown;
    /// SimpleStrategy's factor; NetworkTopologyStrategy's for datacenters that are not listed (0: none
    /// there).
    ReplicationFactor factor;
    /// NetworkTopologyStrategy: by datacenter, sorted by name.
    std::vector<std::pair<std::string, ReplicationFactor>> datacenters;

    using Options = std::span<const std::pair<std::string, std::string>>;
    /// @param options of the map, "class" among them, in any order; the class with or without its package.
    [[nodiscard]] static ReplicationStrategy parse(Options options);
    /// The factor of a datacenter.
    [[nodiscard]] ReplicationFactor in(std::string_view datacenter) const noexcept;
    /// Whether a token tells replicas.
    [[nodiscard]] bool has_replicas() const noexcept {
        return kind == Kind::simple || kind == Kind::network_topology;
    }

    friend bool operator==(const ReplicationStrategy&, const ReplicationStrategy&) = default;
};

struct KeyspaceRecord {
    std::string name;
    ReplicationStrategy replication;
};

/// The statement whose result `read_keyspaces` reads.
inline constexpr std::string_view select_keyspaces =
    "SELECT keyspace_name, replication FROM system_schema.keyspaces";

/// Rows whose name is null or whose map's bytes lie are skipped.
[[nodiscard]] std::vector<KeyspaceRecord> read_keyspaces(const Result& keyspaces);

}  // namespace coodie::native
