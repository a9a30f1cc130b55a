// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

using SchemaId = std::array<std::byte, 16>;
/// Options whose value is a map, in the order that Cassandra prints.
using StringMap = std::map<std::string, std::string>;

enum class ColumnKind : std::uint8_t { partition_key, clustering, static_, regular };

struct Column {
    std::string name;
    DataType type{TypeId::custom};  ///< UDTs with their fields
    ColumnKind kind = ColumnKind::regular;
    std::uint16_t position = 0;  ///< within the partition key or the clustering key; else 0
    /// What stored cells say instead of the name. Never used twice in a table, so that the cells of a dropped
    /// column never show in one that is added later under the same name. From 1.
    std::uint16_t id = 0;
    bool descending = false;  ///< a clustering column stored in reverse

    [[nodiscard]] bool is_key() const noexcept {
        return kind == ColumnKind::partition_key || kind == ColumnKind::clustering;
    }
    [[nodiscard]] bool is_static() const noexcept { return kind == ColumnKind::static_; }
    [[nodiscard]] bool is_counter() const noexcept { return type.id() == TypeId::counter; }
    friend bool operator==(const Column&, const Column&) = default;
};

/// The last column of that name that was dropped: adding it again with another type is refused (semantics
/// rule 29). Stays when it is added again, as system_schema.dropped_columns shows it.
struct DroppedColumn {
    std::string name;
    DataType type{TypeId::custom};
    bool is_static = false;
    std::int64_t dropped_at = 0;  ///< microseconds since 1970
    std::uint16_t id = 0;         ///< the id that its cells carry
    friend bool operator==(const DroppedColumn&, const DroppedColumn&) = default;
};

enum class IndexKind : std::uint8_t { composites, custom };
/// What of the column is indexed: its value, a map's keys, a collection's elements, a map's entries, a frozen
/// collection as a whole.
enum class IndexTarget : std::uint8_t { value, keys, values, entries, full };

struct Index {
    std::string name;
    IndexKind kind = IndexKind::composites;
    IndexTarget target = IndexTarget::value;
    std::uint16_t column_id = 0;  ///< Column::id
    std::uint32_t storage_id = 0;
    StringMap
        options;  ///< as system_schema.indexes shows them: "target" and, for custom ones, "class_name", ...
    friend bool operator==(const Index&, const Index&) = default;
};

/// The options of WITH, with Cassandra 5's defaults.
struct TableOptions {
    std::string additional_write_policy = "99p";
    bool allow_auto_snapshot = true;
    double bloom_filter_fp_chance = 0.01;
    StringMap caching{{"keys", "ALL"}, {"rows_per_partition", "NONE"}};
    bool cdc = false;
    std::string comment;
    StringMap compaction{{"class", "org.apache.cassandra.db.compaction.SizeTieredCompactionStrategy"},
                         {"max_threshold", "32"},
                         {"min_threshold", "4"}};
    StringMap compression{{"chunk_length_in_kb", "16"},
                          {"class", "org.apache.cassandra.io.compress.LZ4Compressor"}};
    double crc_check_chance = 1.0;
    std::int32_t default_time_to_live = 0;  ///< seconds; 0: never expire
    std::map<std::string, Bytes> extensions;
    std::int32_t gc_grace_seconds = 864000;
    bool incremental_backups = true;
    std::int32_t max_index_interval = 2048;
    std::string memtable = "default";
    std::int32_t memtable_flush_period_in_ms = 0;
    std::int32_t min_index_interval = 128;
    std::string read_repair = "BLOCKING";
    std::string speculative_retry = "99p";
    friend bool operator==(const TableOptions&, const TableOptions&) = default;
};

struct Table {
    std::string keyspace;
    std::string name;
    SchemaId id{};
    /// What storage keys start with. Never used twice; a table dropped and created again has a new one.
    std::uint32_t storage_id = 0;
    /// In the order of `SELECT *`: partition key, clustering key, static and regular columns by name. What
    /// plans call a column's index is its place here.
    std::vector<Column> columns;
    std::uint16_t partition_key_size = 0;  ///< columns[0 .. partition_key_size)
    std::uint16_t clustering_size = 0;     ///< the next ones
    std::uint16_t static_size = 0;         ///< the next ones
    bool is_counter = false;
    /// Rows come from the engine (system_schema and so on), not from storage; read only.
    bool is_virtual = false;
    std::uint16_t next_column_id = 1;
    TableOptions options;
    std::vector<Index> indexes;  ///< by name
    std::vector<DroppedColumn> dropped;

    [[nodiscard]] std::size_t key_size() const noexcept {
        return std::size_t{partition_key_size} + clustering_size;
    }
    [[nodiscard]] const Column* find(std::string_view column) const noexcept;
    [[nodiscard]] const Column* find(std::uint16_t column_id) const noexcept;
    /// The column's place in `columns`; it must be one of them.
    [[nodiscard]] std::uint16_t index_of(const Column& column) const noexcept {
        return static_cast<std::uint16_t>(&column - columns.data());
    }
    [[nodiscard]] const Column& clustering(std::size_t position) const noexcept {
        return columns[partition_key_size + position];
    }
    [[nodiscard]] const Index* find_index(std::string_view index) const noexcept;
    [[nodiscard]] bool has_statics() const noexcept { return static_size != 0; }
    /// Sorts `columns` as told above and sets the sizes and `is_counter`.
    void arrange();

    friend bool operator==(const Table&, const Table&) = default;
};

}  // namespace coodie::embedded
