// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/ddl.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

/// How a keyspace is replicated: so many copies (SimpleStrategy), or so many in each data center
/// (NetworkTopologyStrategy): `replication().datacenter("dc1", 3).datacenter("dc2", 2)`.
class Replication {
public:
    Replication() = default;
    [[nodiscard]] static Replication simple(std::uint32_t factor);

    Replication& datacenter(std::string_view name, std::uint32_t factor);

    /// `{'class': 'NetworkTopologyStrategy', 'dc1': '3'}`. Without data centers: SimpleStrategy.
    [[nodiscard]] std::string cql() const;

private:
    std::uint32_t factor_ = 1;
    std::vector<std::pair<std::string, std::uint32_t>> datacenters_;
};

[[nodiscard]] Replication replication();

/// CREATE KEYSPACE and ALTER KEYSPACE.
class KeyspaceStatement final : public Ddl {
public:
    enum class Kind : std::uint8_t { create, alter };
    KeyspaceStatement(Kind kind, std::string_view name) : name_(name), kind_(kind) {}

    /// CREATE only.
    KeyspaceStatement& if_not_exists();
    KeyspaceStatement& replication(Replication replication);
    KeyspaceStatement& durable_writes(bool on);

    [[nodiscard]] std::string cql() const override;

private:
    std::string name_;
    std::optional<Replication> replication_;
    std::optional<bool> durable_writes_;
    Kind kind_;
    bool if_not_exists_ = false;
};

/// Replicated once, unless replication() says otherwise.
[[nodiscard]] KeyspaceStatement create_keyspace(std::string_view name);
[[nodiscard]] KeyspaceStatement alter_keyspace(std::string_view name);

}  // namespace coodie::cql
