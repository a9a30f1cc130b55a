// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/query_builder.hpp>
#include <coodie/schema/keyspaces.hpp>
#include <coodie/schema/sync_table.hpp>
#include <coodie/schema/tables.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string_view>

/// Schema operations. Arguments are checked when a function is called, the awaitable owns all it needs. A
/// cancellation ends them between two statements, or at the one that is being executed.
namespace coodie::aio {

using boost::asio::awaitable;

namespace detail {

[[nodiscard]] awaitable<SyncResult> sync_table(const ModelInfo& model, const SyncOptions& options);
[[nodiscard]] awaitable<SyncResult> sync_type(const DataType& type, const SyncOptions& options);
[[nodiscard]] awaitable<void> drop_table(const ModelInfo& model, const DropOptions& options);
[[nodiscard]] awaitable<void> truncate(const ModelInfo& model, const TruncateOptions& options);

}  // namespace detail

/// Creates T's table, or adds what is new to it: see schema::sync_table. Returns the CQL that ran.
template <Model T>
awaitable<SyncResult> sync_table(SyncOptions options = {}) {
    static_assert(model<T>);
    return detail::sync_table(model_info<T>(), options);
}
/// Creates or extends the user-defined type of T, and those that it uses, on the default connection.
template <UserType T>
awaitable<SyncResult> sync_type(SyncOptions options = {}) {
    return detail::sync_type(Codec<T>::type(), options);
}
/// DROP TABLE.
template <Model T>
awaitable<void> drop_table(DropOptions options = {}) {
    return detail::drop_table(model_info<T>(), options);
}
/// Removes every row of T's table.
template <Model T>
awaitable<void> truncate(TruncateOptions options = {}) {
    return detail::truncate(model_info<T>(), options);
}

/// CREATE KEYSPACE on the connection of that name ("": the default one).
awaitable<void> create_keyspace(std::string_view name, KeyspaceOptions options = {},
                                std::string_view connection = {});
awaitable<void> create_keyspace(std::string_view name, const Replication& replication,
                                KeyspaceOptions options = {}, std::string_view connection = {});
awaitable<void> alter_keyspace(std::string_view name, KeyspaceOptions options,
                               std::string_view connection = {});
awaitable<void> alter_keyspace(std::string_view name, const Replication& replication,
                               KeyspaceOptions options = {}, std::string_view connection = {});
/// DROP KEYSPACE with everything in it. @param must_exist whether a missing one is an error.
awaitable<void> drop_keyspace(std::string_view name, bool must_exist = false,
                              std::string_view connection = {});

}  // namespace coodie::aio
