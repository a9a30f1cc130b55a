// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/steps.hpp"
#include "schema/system_rows.hpp"

#include <coodie/model/model_info.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What system_schema says of a keyspace: the database's side of a sync.
namespace coodie::schema {

struct LiveColumn {
    std::string name;
    std::string type;  ///< CQL
    ColumnKind kind = ColumnKind::regular;
    std::int32_t position = 0;
    Order order = Order::asc;
};

struct LiveIndex {
    std::string name;
    std::string table;
    std::string target;  ///< as the database writes it: `rating`, `values(tags)`, `keys("My Map")`
};

/// A table option as system_schema gives it: a map, or anything else as text (`0.1`, `864000`, `it's`,
/// `true`).
using LiveOption = std::variant<std::string, std::map<std::string, std::string>>;

struct LiveTable {
    std::vector<LiveColumn> columns;
    std::map<std::string, LiveOption, std::less<>> options;
    std::map<std::string, std::string, std::less<>> dropped_columns;  ///< name to CQL type

    [[nodiscard]] const LiveColumn* find(std::string_view column) const noexcept;
    /// The columns of the partition key or the clustering key in order.
    [[nodiscard]] std::vector<const LiveColumn*> key(ColumnKind kind) const;
};

struct LiveType {
    std::vector<std::string> field_names;
    std::vector<std::string> field_types;  ///< CQL
};

using LiveTypes = std::map<std::string, LiveType, std::less<>>;

/// Reads a keyspace's schema. Must outlive the steps. Errors are raised with `doing` in front.
class LiveSchema {
public:
    LiveSchema(std::string_view keyspace, std::string_view doing) : keyspace_(keyspace), doing_(doing) {}

    [[nodiscard]] Steps<bool> keyspace_exists() const;
    /// nullopt when there is no such table.
    [[nodiscard]] Steps<std::optional<LiveTable>> table(std::string name) const;
    /// Every index of the keyspace: their names are unique in it.
    [[nodiscard]] Steps<std::vector<LiveIndex>> indexes() const;
    [[nodiscard]] Steps<LiveTypes> types() const;

private:
    [[nodiscard]] Steps<void> read_columns(const std::string& table, LiveTable& into) const;
    [[nodiscard]] Steps<void> read_dropped_columns(const std::string& table, LiveTable& into) const;
    /// All rows of a table of system_schema that concern the keyspace, and the table if one is named.
    [[nodiscard]] Steps<SystemRows> rows(const char* system_table, const std::vector<std::string>& columns,
                                         std::string_view table) const;

    std::string keyspace_;
    std::string doing_;
};

}  // namespace coodie::schema
