// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace coodie {

enum class ColumnKind : std::uint8_t { partition_key, clustering, static_, regular };
enum class Order : std::uint8_t { asc, desc };

/// One column of a model: a constant. Everything below the templates works on it.
struct ColumnInfo {
    std::string_view name;      ///< the column's name in CQL (unquoted)
    std::string_view field;     ///< the C++ member's name
    std::string_view cql_type;  ///< as in `CREATE TABLE`: "map<text, int>", "frozen<address>"
    ColumnKind kind = ColumnKind::regular;
    std::uint16_t position = 0;     ///< 0-based within the partition key or the clustering key; else 0
    Order order = Order::asc;       ///< of a clustering column
    bool indexed = false;           ///< has a secondary index
    std::string_view index_name{};  ///< "" unless the schema names it: then `{table}_{column}_idx`
    bool nullable = false;          ///< std::optional, a non-frozen collection, or null_as_default
    bool multi_cell = false;        ///< a non-frozen collection or UDT
    bool counter = false;

    DataType (*type)() = nullptr;
    /// Appends `[int] length + content` (-1 for null). Throws ValidationError (with the reason only; callers
    /// add table and column) when the value does not fit.
    void (*encode)(const void* document, Bytes& out) = nullptr;
    /// Stores a cell in the document's field. Throws ValidationError likewise, also for a null that the field
    /// cannot hold.
    void (*decode)(void* document, Cell cell) = nullptr;
    /// Whether the field is null as a save sees it: an empty optional (a non-frozen collection that is empty,
    /// too).
    bool (*is_null)(const void* document) = nullptr;
};

/// `schema().option("compaction", "{'class': '...'}")`: name and CQL text of the value, as written after
/// `WITH`.
struct TableOption {
    std::string_view name;
    std::string_view value;
};

/// One model: a constant. `columns` are in the order of the struct's fields.
struct ModelInfo {
    std::string_view type_name;   ///< the C++ struct's name, for messages
    std::string_view table;       ///< unquoted
    std::string_view keyspace;    ///< "" means the driver's
    std::string_view connection;  ///< name in the registry; "" means the default one
    std::span<const ColumnInfo> columns;
    std::span<const std::uint16_t> partition_key;  ///< indexes into columns, in key order
    std::span<const std::uint16_t> clustering;     ///< indexes into columns, in key order
    std::span<const TableOption> options;
    std::string_view comment;
    std::int32_t default_ttl = 0;  ///< seconds; 0: none
    std::optional<Consistency> consistency;
    bool skip_nulls = false;
    bool abstract = false;  ///< no table of its own: operations on it are refused
    bool counter_table = false;

    /// The column of that CQL name; nullptr when there is none.
    [[nodiscard]] const ColumnInfo* find(std::string_view column) const noexcept {
        for (const ColumnInfo& info : columns)
            if (info.name == column) return &info;
        return nullptr;
    }
};

}  // namespace coodie
