// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/steps.hpp"

#include <coodie/schema/keyspaces.hpp>
#include <coodie/schema/sync_table.hpp>
#include <coodie/schema/tables.hpp>

#include <string_view>

/// The operations of include/coodie/schema as steps, for fronts that do not block. Each function checks its
/// arguments when it is called and copies what it needs; it asks `driver` for the keyspace only.
namespace coodie::schema {

[[nodiscard]] Steps<SyncResult> sync_table_steps(const ModelInfo& model, const Driver& driver,
                                                 const SyncOptions& options);
[[nodiscard]] Steps<SyncResult> sync_type_steps(const DataType& type, const Driver& driver,
                                                const SyncOptions& options);
[[nodiscard]] Steps<void> drop_table_steps(const ModelInfo& model, const Driver& driver,
                                           const DropOptions& options);
[[nodiscard]] Steps<void> truncate_steps(const ModelInfo& model, const Driver& driver,
                                         std::string_view keyspace);
[[nodiscard]] Steps<void> create_keyspace_steps(std::string_view name, const Replication& replication,
                                                const KeyspaceOptions& options);
[[nodiscard]] Steps<void> alter_keyspace_steps(std::string_view name, const Replication& replication,
                                               const KeyspaceOptions& options);
[[nodiscard]] Steps<void> drop_keyspace_steps(std::string_view name, bool must_exist);

}  // namespace coodie::schema
