// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/query_builder.hpp>
#include <coodie/schema/keyspaces.hpp>
#include <coodie/schema/sync_table.hpp>
#include <coodie/schema/tables.hpp>

#include <string_view>

namespace coodie::sync {

/// Creates T's table, or adds what is new to it: see schema::sync_table. Returns the CQL that ran.
template <Model T>
SyncResult sync_table(SyncOptions options = {}) {
    static_assert(model<T>);
    return schema::sync_table(model_info<T>(), *query::named_driver(model_info<T>().connection), options);
}
/// Creates or extends the user-defined type of T, and those that it uses, on the default connection.
template <UserType T>
SyncResult sync_type(SyncOptions options = {}) {
    return schema::sync_type(Codec<T>::type(), *query::named_driver({}), options);
}
/// DROP TABLE.
template <Model T>
void drop_table(DropOptions options = {}) {
    schema::drop_table(model_info<T>(), *query::named_driver(model_info<T>().connection), options);
}
/// Removes every row of T's table.
template <Model T>
void truncate(TruncateOptions options = {}) {
    schema::truncate(model_info<T>(), *query::named_driver(model_info<T>().connection), options.keyspace);
}

/// CREATE KEYSPACE on the connection of that name ("": the default one).
inline void create_keyspace(std::string_view name, KeyspaceOptions options = {},
                            std::string_view connection = {}) {
    schema::create_keyspace(*query::named_driver(connection), name, options);
}
inline void create_keyspace(std::string_view name, const Replication& replication,
                            KeyspaceOptions options = {}, std::string_view connection = {}) {
    schema::create_keyspace(*query::named_driver(connection), name, replication, options);
}
inline void alter_keyspace(std::string_view name, KeyspaceOptions options, std::string_view connection = {}) {
    schema::alter_keyspace(*query::named_driver(connection), name, options);
}
inline void alter_keyspace(std::string_view name, const Replication& replication,
                           KeyspaceOptions options = {}, std::string_view connection = {}) {
    schema::alter_keyspace(*query::named_driver(connection), name, replication, options);
}
/// DROP KEYSPACE with everything in it. @param must_exist whether a missing one is an error.
inline void drop_keyspace(std::string_view name, bool must_exist = false, std::string_view connection = {}) {
    schema::drop_keyspace(*query::named_driver(connection), name, must_exist);
}

}  // namespace coodie::sync
