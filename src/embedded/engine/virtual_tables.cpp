// SPDX-License-Identifier: Apache-2.0
// Columns and spellings are those of Cassandra 5.0.
#include "embedded/engine/virtual_tables.hpp"

#include "embedded/engine/siphash.hpp"
#include "embedded/engine/wire.hpp"

#include <coodie/codec/token.hpp>

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <tuple>

namespace coodie::embedded {

namespace {

constexpr std::string_view release = "5.0.0-coodie";

Bytes text(std::string_view value) {
    const auto view = as_bytes(value);
    return {view.begin(), view.end()};
}
Bytes number(std::int32_t value) {
    Bytes bytes;
    append_int(bytes, value);
    return bytes;
}
Bytes real(double value) {
    Bytes bytes;
    append_long(bytes, std::bit_cast<std::int64_t>(value));
    return bytes;
}
Bytes boolean(bool value) { return {static_cast<std::byte>(value ? 1 : 0)}; }
template <class Id>
Bytes id_bytes(const Id& id) {
    return {id.begin(), id.end()};
}
Bytes loopback() { return {std::byte{127}, std::byte{0}, std::byte{0}, std::byte{1}}; }

template <class Range>
Bytes texts(const Range& values) {
    Bytes bytes;
    append_int(bytes, static_cast<std::int32_t>(std::size(values)));
    for (const auto& value : values) append_value(bytes, as_bytes(value));
    return bytes;
}
Bytes encoded_map(const std::map<std::string, std::string>& values) {
    Bytes bytes;
    append_int(bytes, static_cast<std::int32_t>(values.size()));
    for (const auto& [key, value] : values) {
        append_value(bytes, as_bytes(key));
        append_value(bytes, as_bytes(value));
    }
    return bytes;
}
Bytes blob_map(const std::map<std::string, Bytes>& values) {
    Bytes bytes;
    append_int(bytes, static_cast<std::int32_t>(values.size()));
    for (const auto& [key, value] : values) {
        append_value(bytes, as_bytes(key));
        append_value(bytes, value);
    }
    return bytes;
}

/// The same schema gives the same version, another one another, as drivers expect of schema_version.
Bytes schema_version(const Catalog& catalog) {
    Bytes state;
    append_long(state, static_cast<std::int64_t>(catalog.version()));
    for (const auto& [name, keyspace] : catalog.keyspaces())
        for (const auto& [table_name, table] : keyspace->tables) append_bytes(state, table->id);
    const BytesView parts[] = {state};
    Bytes id;
    append_long(id, static_cast<std::int64_t>(siphash({1, 2}, parts)));
    append_long(id, static_cast<std::int64_t>(siphash({3, 4}, parts)));
    id[6] = (id[6] & std::byte{0x0F}) | std::byte{0x40};
    id[8] = (id[8] & std::byte{0x3F}) | std::byte{0x80};
    return id;
}

/// Collects rows of one system table by column name.
class Rows {
public:
    explicit Rows(const Table& table) : table_(table) {}

    void begin() {
        rows_.emplace_back();
        rows_.back().cells.resize(table_.columns.size());
    }
    Rows& set(std::string_view column, Bytes value) {
        if (const auto* found = table_.find(column))
            rows_.back().cells[table_.index_of(*found)] = std::move(value);
        return *this;
    }
    std::vector<VirtualRow> finish() {
        const auto key_size = table_.partition_key_size;
        for (auto& row : rows_) {
            if (key_size == 1) {
                row.token = murmur3_token(*row.cells[0]);
                continue;
            }
            std::vector<BytesView> components;
            for (std::size_t i = 0; i < key_size; ++i) components.emplace_back(*row.cells[i]);
            row.token = murmur3_token(routing_key(components));
        }
        std::stable_sort(rows_.begin(), rows_.end(), [this](const VirtualRow& a, const VirtualRow& b) {
            if (a.token != b.token) return a.token < b.token;
            for (std::size_t i = 0; i < table_.key_size(); ++i)
                if (*a.cells[i] != *b.cells[i]) return *a.cells[i] < *b.cells[i];
            return false;
        });
        return std::move(rows_);
    }

private:
    const Table& table_;
    std::vector<VirtualRow> rows_;
};

void add_local(Rows& rows, const Catalog& catalog, const NodeFacts& facts) {
    rows.begin();
    rows.set("key", text("local"))
        .set("bootstrapped", text("COMPLETED"))
        .set("broadcast_address", loopback())
        .set("broadcast_port", number(7000))
        .set("cluster_name", text("coodie"))
        .set("cql_version", text("3.4.7"))
        .set("data_center", text("datacenter1"))
        .set("gossip_generation", number(1))
        .set("host_id", id_bytes(facts.host_id))
        .set("listen_address", loopback())
        .set("listen_port", number(7000))
        .set("native_protocol_version", text("5"))
        .set("partitioner", text("org.apache.cassandra.dht.Murmur3Partitioner"))
        .set("rack", text("rack1"))
        .set("release_version", text(release))
        .set("rpc_address", loopback())
        .set("rpc_port", number(9042))
        .set("schema_version", schema_version(catalog))
        .set("tokens", texts(std::array<std::string_view, 1>{"-9223372036854775808"}));
}

void add_keyspace(Rows& rows, const Keyspace& keyspace) {
    rows.begin();
    rows.set("keyspace_name", text(keyspace.name))
        .set("durable_writes", boolean(keyspace.durable_writes))
        .set("replication", encoded_map(keyspace.replication));
}

void add_options(Rows& rows, const TableOptions& options) {
    rows.set("additional_write_policy", text(options.additional_write_policy))
        .set("bloom_filter_fp_chance", real(options.bloom_filter_fp_chance))
        .set("caching", encoded_map(options.caching))
        .set("comment", text(options.comment))
        .set("compaction", encoded_map(options.compaction))
        .set("compression", encoded_map(options.compression))
        .set("crc_check_chance", real(options.crc_check_chance))
        .set("dclocal_read_repair_chance", real(0))
        .set("default_time_to_live", number(options.default_time_to_live))
        .set("extensions", blob_map(options.extensions))
        .set("gc_grace_seconds", number(options.gc_grace_seconds))
        .set("max_index_interval", number(options.max_index_interval))
        .set("memtable_flush_period_in_ms", number(options.memtable_flush_period_in_ms))
        .set("min_index_interval", number(options.min_index_interval))
        .set("read_repair", text(options.read_repair))
        .set("read_repair_chance", real(0))
        .set("speculative_retry", text(options.speculative_retry));
    // Cassandra stores these only when they differ from the default.
    if (!options.allow_auto_snapshot) rows.set("allow_auto_snapshot", boolean(false));
    if (!options.incremental_backups) rows.set("incremental_backups", boolean(false));
    if (options.cdc) rows.set("cdc", boolean(true));
    if (options.memtable != "default") rows.set("memtable", text(options.memtable));
}

void add_table(Rows& rows, const Table& table) {
    std::vector<std::string_view> flags{"compound"};
    if (table.is_counter) flags.insert(flags.begin(), "counter");
    std::sort(flags.begin(), flags.end());
    rows.begin();
    rows.set("keyspace_name", text(table.keyspace))
        .set("table_name", text(table.name))
        .set("flags", texts(flags))
        .set("id", id_bytes(table.id));
    add_options(rows, table.options);
}

std::string_view kind_name(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::partition_key: return "partition_key";
        case ColumnKind::clustering: return "clustering";
        case ColumnKind::static_: return "static";
        case ColumnKind::regular: return "regular";
    }
    return "regular";
}

void add_columns(Rows& rows, const Table& table) {
    for (const auto& column : table.columns) {
        const bool clustering = column.kind == ColumnKind::clustering;
        rows.begin();
        rows.set("keyspace_name", text(table.keyspace))
            .set("table_name", text(table.name))
            .set("column_name", text(column.name))
            .set("clustering_order", text(!clustering         ? "none"
                                          : column.descending ? "desc"
                                                              : "asc"))
            .set("column_name_bytes", text(column.name))
            .set("kind", text(kind_name(column.kind)))
            .set("position", number(column.is_key() ? column.position : -1))
            .set("type", text(column.type.to_string()));
    }
}

void add_dropped_columns(Rows& rows, const Table& table) {
    for (const auto& column : table.dropped) {
        Bytes time;
        append_long(time, column.dropped_at / 1000);
        rows.begin();
        rows.set("keyspace_name", text(table.keyspace))
            .set("table_name", text(table.name))
            .set("column_name", text(column.name))
            .set("dropped_time", time)
            .set("kind", text(column.is_static ? "static" : "regular"))
            .set("type", text(column.type.to_string()));
    }
}

void add_indexes(Rows& rows, const Table& table) {
    for (const auto& index : table.indexes) {
        rows.begin();
        rows.set("keyspace_name", text(table.keyspace))
            .set("table_name", text(table.name))
            .set("index_name", text(index.name))
            .set("kind", text(index.kind == IndexKind::custom ? "CUSTOM" : "COMPOSITES"))
            .set("options", encoded_map(index.options));
    }
}

void add_type(Rows& rows, const UserType& type) {
    std::vector<std::string> field_types;
    for (const auto& field : type.field_types) field_types.push_back(field.to_string());
    rows.begin();
    rows.set("keyspace_name", text(type.keyspace))
        .set("type_name", text(type.name))
        .set("field_names", texts(type.field_names))
        .set("field_types", texts(field_types));
}

void add_virtual_table(Rows& rows, const Table& table) {
    rows.begin();
    rows.set("keyspace_name", text(table.keyspace))
        .set("table_name", text(table.name))
        .set("comment", text(table.options.comment));
}

/// Rows of system_schema.* and system_virtual_schema.*, of the keyspaces that table tells of.
void add_schema(Rows& rows, std::string_view name, const Catalog& catalog, bool of_virtual) {
    for (const auto& [keyspace_name, keyspace] : catalog.keyspaces()) {
        if ((keyspace_name == "system_virtual_schema") != of_virtual) continue;
        if (name == "keyspaces") add_keyspace(rows, *keyspace);
        if (name == "types")
            for (const auto& [type_name, type] : keyspace->types) add_type(rows, *type);
        for (const auto& [table_name, table] : keyspace->tables) {
            if (name == "tables" && of_virtual) add_virtual_table(rows, *table);
            if (name == "tables" && !of_virtual) add_table(rows, *table);
            if (name == "columns") add_columns(rows, *table);
            if (name == "dropped_columns") add_dropped_columns(rows, *table);
            if (name == "indexes") add_indexes(rows, *table);
        }
    }
}

}  // namespace

std::vector<VirtualRow> virtual_rows(const Table& table, const Catalog& catalog, const NodeFacts& facts) {
    Rows rows(table);
    if (table.keyspace == "system" && table.name == "local") add_local(rows, catalog, facts);
    if (table.keyspace == "system_schema") add_schema(rows, table.name, catalog, false);
    if (table.keyspace == "system_virtual_schema") add_schema(rows, table.name, catalog, true);
    return rows.finish();
}

}  // namespace coodie::embedded
