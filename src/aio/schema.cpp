// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/schema.hpp>

#include "aio/start.hpp"
#include "schema/schema_steps.hpp"

#include <utility>

namespace coodie::aio {
namespace {

/// Carries steps out without blocking.
template <class T>
awaitable<T> carry_out(schema::Steps<T> steps, std::shared_ptr<Driver> driver) {
    while (steps.advance()) {
        Outcome outcome;
        co_await detail::Execution<detail::SendStatement>(detail::SendStatement(driver, steps.statement()),
                                                          outcome);
        steps.answer(std::move(outcome));
    }
    co_return steps.result();
}

Replication simple(const KeyspaceOptions& options) { return Replication::simple(options.replication_factor); }

}  // namespace

namespace detail {

awaitable<SyncResult> sync_table(const ModelInfo& model, const SyncOptions& options) {
    std::shared_ptr<Driver> driver = query::named_driver(model.connection);
    return carry_out(schema::sync_table_steps(model, *driver, options), driver);
}

awaitable<SyncResult> sync_type(const DataType& type, const SyncOptions& options) {
    std::shared_ptr<Driver> driver = query::named_driver({});
    return carry_out(schema::sync_type_steps(type, *driver, options), driver);
}

awaitable<void> drop_table(const ModelInfo& model, const DropOptions& options) {
    std::shared_ptr<Driver> driver = query::named_driver(model.connection);
    return carry_out(schema::drop_table_steps(model, *driver, options), driver);
}

awaitable<void> truncate(const ModelInfo& model, const TruncateOptions& options) {
    std::shared_ptr<Driver> driver = query::named_driver(model.connection);
    return carry_out(schema::truncate_steps(model, *driver, options.keyspace), driver);
}

}  // namespace detail

awaitable<void> create_keyspace(std::string_view name, KeyspaceOptions options, std::string_view connection) {
    return aio::create_keyspace(name, simple(options), options, connection);
}

awaitable<void> create_keyspace(std::string_view name, const Replication& replication,
                                KeyspaceOptions options, std::string_view connection) {
    return carry_out(schema::create_keyspace_steps(name, replication, options),
                     query::named_driver(connection));
}

awaitable<void> alter_keyspace(std::string_view name, KeyspaceOptions options, std::string_view connection) {
    return aio::alter_keyspace(name, simple(options), options, connection);
}

awaitable<void> alter_keyspace(std::string_view name, const Replication& replication, KeyspaceOptions options,
                               std::string_view connection) {
    return carry_out(schema::alter_keyspace_steps(name, replication, options),
                     query::named_driver(connection));
}

awaitable<void> drop_keyspace(std::string_view name, bool must_exist, std::string_view connection) {
    return carry_out(schema::drop_keyspace_steps(name, must_exist), query::named_driver(connection));
}

}  // namespace coodie::aio
