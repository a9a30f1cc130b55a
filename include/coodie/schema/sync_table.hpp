// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/types/data_type.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie {

/// How to sync; trivially destructible.
struct SyncOptions {
    /// Makes the plan and changes nothing.
    bool dry_run{};
    /// In place of the model's and the driver's keyspace; borrowed for the call.
    std::string_view keyspace{};
};

/// What a sync did.
class SyncResult {
public:
    SyncResult() = default;
    SyncResult(std::vector<std::string> statements, std::vector<std::string> notes)
        : statements_(std::move(statements)), notes_(std::move(notes)) {}

    /// The CQL that ran, in order (with dry_run: that would run). Empty when the database has what the model
    /// says.
    [[nodiscard]] const std::vector<std::string>& statements() const noexcept { return statements_; }
    /// Differences that were left alone: columns, fields and indexes that only the database has; options that
    /// the model does not set.
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_; }
    [[nodiscard]] bool empty() const noexcept { return statements_.empty(); }
    [[nodiscard]] auto begin() const noexcept { return statements_.begin(); }
    [[nodiscard]] auto end() const noexcept { return statements_.end(); }

private:
    std::vector<std::string> statements_;
    std::vector<std::string> notes_;
};

namespace schema {

/// Brings a model's table to the database: the user-defined types first, in dependency order (semantics rule
/// 30), then CREATE TABLE, or ALTER TABLE for new columns and changed options, then CREATE INDEX for columns
/// without one. Nothing is ever dropped. The plan is complete before the first statement runs, so a refusal
/// changes nothing. Throws MigrationError for what cannot be done to a table (rule 29: a changed type, key,
/// clustering order or static-ness; a dropped column added with another type; another type of a field of a
/// user-defined type), ConfigurationError when no keyspace is known or it does not exist, and what the driver
/// reports. Thread safe; processes may sync at the same time.
SyncResult sync_table(const ModelInfo& model, Driver& driver, const SyncOptions& options = {});

/// The same for one user-defined type (with its field names) and the types it uses.
SyncResult sync_type(const DataType& type, Driver& driver, const SyncOptions& options = {});

}  // namespace schema
}  // namespace coodie
