// SPDX-License-Identifier: Apache-2.0
#include <coodie/schema/keyspaces.hpp>

#include "schema/execution.hpp"

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

void run_keyspace(Driver& driver, cql::KeyspaceStatement statement, std::string_view what,
                  std::string_view name, const Replication& replication, const KeyspaceOptions& options) {
    check(what, name, options);
    statement.replication(replication).durable_writes(options.durable_writes);
    run_ddl(driver, statement.cql(), describe(what, name));
}

}  // namespace

void create_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options) {
    create_keyspace(driver, name, Replication::simple(options.replication_factor), options);
}

void create_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                     const KeyspaceOptions& options) {
    cql::KeyspaceStatement statement = cql::create_keyspace(name);
    if (!options.must_be_new) statement.if_not_exists();
    run_keyspace(driver, statement, "create_keyspace", name, replication, options);
}

void alter_keyspace(Driver& driver, std::string_view name, const KeyspaceOptions& options) {
    alter_keyspace(driver, name, Replication::simple(options.replication_factor), options);
}

void alter_keyspace(Driver& driver, std::string_view name, const Replication& replication,
                    const KeyspaceOptions& options) {
    run_keyspace(driver, cql::alter_keyspace(name), "alter_keyspace", name, replication, options);
}

void drop_keyspace(Driver& driver, std::string_view name, bool must_exist) {
    check("drop_keyspace", name, {});
    cql::Drop statement = cql::drop_keyspace(name);
    if (!must_exist) statement.if_exists();
    run_ddl(driver, statement.cql(), describe("drop_keyspace", name));
}

}  // namespace coodie::schema
