// SPDX-License-Identifier: Apache-2.0
#include <coodie/schema/keyspaces.hpp>

#include "schema/execution.hpp"
#include "schema/schema_steps.hpp"

#include <coodie/cql/drop.hpp>
#include <coodie/types/error.hpp>

#include <string>

namespace coodie::schema {
namespace {

std::string describe(std::string_view what, std::string_view name) {
    return std::string(what) + '(' + cql::quote(name) + ')';
}

void check(std::string_view what, std::string_view name, const KeyspaceOptions& options) {
    if (name.empty()) throw ConfigurationError(std::string(what) + ": the keyspace's name is empty");
    if (options.replication_factor == 0)
        throw ConfigurationError(describe(what, name) +
                                 ": a replication factor of 0 keeps no row: give at least 1");
}

Steps<void> keyspace_steps(cql::KeyspaceStatement statement, std::string_view what, std::string_view name,
                           const Replication& replication, const KeyspaceOptions& options) {
    check(what, name, options);
    statement.replication(replication).durable_writes(options.durable_writes);
    return run_ddl(statement.cql(), describe(what, name));
}

Replication simple(const KeyspaceOptions& options) { return Replication::simple(options.replication_factor); }

}  // namespace

Steps<void> create_keyspace_steps(std::string_view name, const Replication& replication,
                                  const KeyspaceOptions& options) {
    cql::KeyspaceStatement statement = cql::create_keyspace(name);
    if (!options.must_be_new) statement.if_not_exists();
    return keyspace_steps(statement, "create_keyspace", name, replication, options);
}

Steps<void> alter_keyspace_steps(std::string_view name, const Replication& replication,
                                 const KeyspaceOptions& options) {
    return keyspace_steps(cql::alter_keyspace(name), "alter_keyspace", name, replication, options);
}

Steps<void> drop_keyspace_steps(std::string_view name, bool must_exist) {
    check("drop_keyspace", name, {});
    cql::Drop statement = cql::drop_keyspace(name);
    if (!must_exist) statement.if_exists();
    return run_ddl(statement.cql(), describe("drop_keyspace", name));
}

void create_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options) {
    create_keyspace(driver, name, simple(options), options);
}

void create_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                     const KeyspaceOptions& options) {
    carry_out(create_keyspace_steps(name, replication, options), driver);
}

void alter_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options) {
    alter_keyspace(driver, name, simple(options), options);
}

void alter_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                    const KeyspaceOptions& options) {
    carry_out(alter_keyspace_steps(name, replication, options), driver);
}

void drop_keyspace(Driver& driver, std::string_view name, bool must_exist) {
    carry_out(drop_keyspace_steps(name, must_exist), driver);
}

}  // namespace coodie::schema
