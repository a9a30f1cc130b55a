// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/keyspace.hpp>
#include <coodie/driver/driver.hpp>

#include <cstdint>
#include <string_view>

namespace coodie {

using cql::Replication;
using cql::replication;

/// Trivially destructible.
struct KeyspaceOptions {
    /// Copies of each row (SimpleStrategy), at least 1. For several data centers give a Replication instead.
    std::uint32_t replication_factor = 1;
    /// false: writes skip the commit log.
    bool durable_writes = true;
    /// create_keyspace: whether an existing keyspace of that name is an error.
    bool must_be_new{};
};

namespace schema {

/// CREATE KEYSPACE. Throws ConfigurationError for an empty name or a replication factor of 0, and what the
/// driver reports.
void create_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options = {});
/// The same with the replication given: `replication().datacenter("dc1", 3)`; options.replication_factor is
/// ignored.
void create_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                     const KeyspaceOptions& options = {});
/// ALTER KEYSPACE: sets replication and durable writes. Throws likewise.
void alter_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options);
void alter_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                    const KeyspaceOptions& options = {});
/// DROP KEYSPACE with everything in it. @param must_exist whether a missing keyspace is an error.
void drop_keyspace(Driver& driver, std::string_view name, bool must_exist = false);

}  // namespace schema
}  // namespace coodie
