// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
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

/// Reads a keyspace's schema through a driver. Errors are raised with `doing` in front.
class LiveSchema {
public:
    LiveSchema(Driver& driver, std::string_view keyspace, std::string_view doing)
        : driver_(driver), keyspace_(keyspace), doing_(doing) {}

    [[nodiscard]] bool keyspace_exists() const;
    /// nullopt when there is no such table.
    [[nodiscard]] std::optional<LiveTable> table(std::string_view name) const;
    /// Every index of the keyspace: their names are unique in it.
    [[nodiscard]] std::vector<LiveIndex> indexes() const;
    [[nodiscard]] std::map<std::string, LiveType, std::less<>> types() const;

private:
    void read_columns(std::string_view table, LiveTable& into) const;
    void read_dropped_columns(std::string_view table, LiveTable& into) const;

    Driver& driver_;
    std::string keyspace_;
    std::string doing_;
};

}  // namespace coodie::schema
