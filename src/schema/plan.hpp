// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/live_schema.hpp"

#include <coodie/cql/identifier.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/types/data_type.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The planning half of a sync: models and what the database has go in, CQL comes out; nothing is executed.
namespace coodie::schema {

/// Collects what a sync will do.
struct Plan {
    std::string doing;  ///< for messages: `sync_table of "ks"."t" (model Review)`
    std::vector<std::string> statements;
    std::vector<std::string> notes;

    /// Throws MigrationError. @param reason what differs and what to do.
    [[noreturn]] void refuse(std::string_view reason) const;
};

/// Whether system_schema's spelling means this type.
[[nodiscard]] bool same_type(const DataType& wanted, std::string_view live);

/// CREATE TYPE and ALTER TYPE for the user-defined types inside `types`, those that others use first
/// (semantics rule 30).
void plan_types(std::span<const DataType> types, std::string_view keyspace,
                const std::map<std::string, LiveType, std::less<>>& live, Plan& plan);

struct WantedOption {
    std::string name;
    std::string value;  ///< CQL
};

/// The table options that a model sets, its comment and default TTL among them. Where one is set twice the
/// last counts.
[[nodiscard]] std::vector<WantedOption> wanted_options(const ModelInfo& model);

/// CREATE TABLE.
void plan_new_table(const ModelInfo& model, const cql::TableName& table, Plan& plan);
/// ALTER TABLE; refuses what cannot be altered (semantics rule 29).
void plan_table_changes(const ModelInfo& model, const cql::TableName& table, const LiveTable& live,
                        Plan& plan);
/// ALTER TABLE ... WITH for options that differ; part of plan_table_changes.
void plan_option_changes(const ModelInfo& model, const cql::TableName& table, const LiveTable& live,
                         Plan& plan);
/// CREATE INDEX for indexed columns that have none. @param live every index of the keyspace.
void plan_indexes(const ModelInfo& model, const cql::TableName& table, std::span<const LiveIndex> live,
                  Plan& plan);

}  // namespace coodie::schema
