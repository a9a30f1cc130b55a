// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/catalog.hpp"

#include <initializer_list>

namespace coodie::embedded {
namespace {

/// A column of a system table: its type as system_schema.columns of Cassandra 5.0 spells it.
struct ColumnText {
    std::string_view name;
    std::string_view type;
};
struct TableText {
    std::string_view name;
    std::size_t partition_key_size;
    std::size_t clustering_size;
    std::vector<ColumnText> columns;
};

constexpr std::string_view text_map = "frozen<map<text, text>>";
constexpr std::string_view text_list = "frozen<list<text>>";

Table make_table(const std::string& keyspace, const TableText& text) {
    Table table;
    table.keyspace = keyspace;
    table.name = text.name;
    table.is_virtual = true;
    table.options.gc_grace_seconds = keyspace == "system" ? 0 : 604800;
    for (std::size_t i = 0; i < text.columns.size(); ++i) {
        Column column;
        column.name = text.columns[i].name;
        column.type = DataType::parse(text.columns[i].type).value();
        column.id = table.next_column_id++;
        if (i < text.partition_key_size) {
            column.kind = ColumnKind::partition_key;
            column.position = static_cast<std::uint16_t>(i);
        } else if (i < text.partition_key_size + text.clustering_size) {
            column.kind = ColumnKind::clustering;
            column.position = static_cast<std::uint16_t>(i - text.partition_key_size);
        }
        table.columns.push_back(std::move(column));
    }
    table.arrange();
    // Told apart from users' tables, and the same on every machine: 16 bytes of a hash of the name.
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::size_t i = 0; i < table.id.size(); ++i) {
        for (const char c : keyspace + "." + table.name)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        table.id[i] = static_cast<std::byte>(hash >> 32);
    }
    table.id[6] = (table.id[6] & std::byte{0x0f}) | std::byte{0x30};
    table.id[8] = (table.id[8] & std::byte{0x3f}) | std::byte{0x80};
    return table;
}

std::shared_ptr<const Keyspace> make_keyspace(std::string name, const std::vector<TableText>& tables) {
    auto keyspace = std::make_shared<Keyspace>();
    keyspace->name = std::move(name);
    keyspace->is_system = true;
    keyspace->replication = {{"class", "org.apache.cassandra.locator.LocalStrategy"}};
    for (const TableText& text : tables)
        keyspace->tables.emplace(text.name, std::make_shared<const Table>(make_table(keyspace->name, text)));
    return keyspace;
}

const std::vector<TableText>& system_tables() {
    static const std::vector<TableText> tables{
        {"local",
         1,
         0,
         {{"key", "text"},
          {"bootstrapped", "text"},
          {"broadcast_address", "inet"},
          {"broadcast_port", "int"},
          {"cluster_name", "text"},
          {"cql_version", "text"},
          {"data_center", "text"},
          {"gossip_generation", "int"},
          {"host_id", "uuid"},
          {"listen_address", "inet"},
          {"listen_port", "int"},
          {"native_protocol_version", "text"},
          {"partitioner", "text"},
          {"rack", "text"},
          {"release_version", "text"},
          {"rpc_address", "inet"},
          {"rpc_port", "int"},
          {"schema_version", "uuid"},
          {"tokens", "set<text>"},
          {"truncated_at", "map<uuid, blob>"}}},
        {"peers",
         1,
         0,
         {{"peer", "inet"},
          {"data_center", "text"},
          {"host_id", "uuid"},
          {"preferred_ip", "inet"},
          {"rack", "text"},
          {"release_version", "text"},
          {"rpc_address", "inet"},
          {"schema_version", "uuid"},
          {"tokens", "set<text>"}}},
        {"peers_v2",
         1,
         1,
         {{"peer", "inet"},
          {"peer_port", "int"},
          {"data_center", "text"},
          {"host_id", "uuid"},
          {"native_address", "inet"},
          {"native_port", "int"},
          {"preferred_ip", "inet"},
          {"preferred_port", "int"},
          {"rack", "text"},
          {"release_version", "text"},
          {"schema_version", "uuid"},
          {"tokens", "set<text>"}}},
        {"size_estimates",
         1,
         3,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"range_start", "text"},
          {"range_end", "text"},
          {"mean_partition_size", "bigint"},
          {"partitions_count", "bigint"}}},
    };
    return tables;
}

/// The options that system_schema.tables and system_schema.views share.
std::vector<ColumnText> with_table_options(std::vector<ColumnText> columns) {
    for (const ColumnText& column :
         std::initializer_list<ColumnText>{{"additional_write_policy", "text"},
                                           {"allow_auto_snapshot", "boolean"},
                                           {"bloom_filter_fp_chance", "double"},
                                           {"caching", text_map},
                                           {"cdc", "boolean"},
                                           {"comment", "text"},
                                           {"compaction", text_map},
                                           {"compression", text_map},
                                           {"crc_check_chance", "double"},
                                           {"dclocal_read_repair_chance", "double"},
                                           {"default_time_to_live", "int"},
                                           {"extensions", "frozen<map<text, blob>>"},
                                           {"gc_grace_seconds", "int"},
                                           {"id", "uuid"},
                                           {"incremental_backups", "boolean"},
                                           {"max_index_interval", "int"},
                                           {"memtable", "text"},
                                           {"memtable_flush_period_in_ms", "int"},
                                           {"min_index_interval", "int"},
                                           {"read_repair", "text"},
                                           {"read_repair_chance", "double"},
                                           {"speculative_retry", "text"}})
        columns.push_back(column);
    return columns;
}

const std::vector<TableText>& schema_tables() {
    static const std::vector<TableText> tables{
        {"keyspaces",
         1,
         0,
         {{"keyspace_name", "text"}, {"durable_writes", "boolean"}, {"replication", text_map}}},
        {"tables", 1, 1,
         with_table_options(
             {{"keyspace_name", "text"}, {"table_name", "text"}, {"flags", "frozen<set<text>>"}})},
        {"columns",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"column_name", "text"},
          {"clustering_order", "text"},
          {"column_name_bytes", "blob"},
          {"kind", "text"},
          {"position", "int"},
          {"type", "text"}}},
        {"column_masks",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"column_name", "text"},
          {"function_argument_nulls", "frozen<list<boolean>>"},
          {"function_argument_types", text_list},
          {"function_argument_values", text_list},
          {"function_keyspace", "text"},
          {"function_name", "text"}}},
        {"dropped_columns",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"column_name", "text"},
          {"dropped_time", "timestamp"},
          {"kind", "text"},
          {"type", "text"}}},
        {"indexes",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"index_name", "text"},
          {"kind", "text"},
          {"options", text_map}}},
        {"types",
         1,
         1,
         {{"keyspace_name", "text"},
          {"type_name", "text"},
          {"field_names", text_list},
          {"field_types", text_list}}},
        {"views", 1, 1,
         with_table_options({{"keyspace_name", "text"},
                             {"view_name", "text"},
                             {"base_table_id", "uuid"},
                             {"base_table_name", "text"},
                             {"include_all_columns", "boolean"},
                             {"where_clause", "text"}})},
        {"triggers",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"trigger_name", "text"},
          {"options", text_map}}},
        {"functions",
         1,
         2,
         {{"keyspace_name", "text"},
          {"function_name", "text"},
          {"argument_types", text_list},
          {"argument_names", text_list},
          {"body", "text"},
          {"called_on_null_input", "boolean"},
          {"language", "text"},
          {"return_type", "text"}}},
        {"aggregates",
         1,
         2,
         {{"keyspace_name", "text"},
          {"aggregate_name", "text"},
          {"argument_types", text_list},
          {"final_func", "text"},
          {"initcond", "text"},
          {"return_type", "text"},
          {"state_func", "text"},
          {"state_type", "text"}}},
    };
    return tables;
}

const std::vector<TableText>& virtual_schema_tables() {
    static const std::vector<TableText> tables{
        {"keyspaces", 1, 0, {{"keyspace_name", "text"}}},
        {"tables", 1, 1, {{"keyspace_name", "text"}, {"table_name", "text"}, {"comment", "text"}}},
        {"columns",
         1,
         2,
         {{"keyspace_name", "text"},
          {"table_name", "text"},
          {"column_name", "text"},
          {"clustering_order", "text"},
          {"column_name_bytes", "blob"},
          {"kind", "text"},
          {"position", "int"},
          {"type", "text"}}},
    };
    return tables;
}

}  // namespace

std::shared_ptr<const Catalog> Catalog::initial() {
    static const std::shared_ptr<const Catalog> initial = [] {
        auto catalog = std::make_shared<Catalog>();
        catalog->keyspaces_.emplace("system", make_keyspace("system", system_tables()));
        catalog->keyspaces_.emplace("system_schema", make_keyspace("system_schema", schema_tables()));
        catalog->keyspaces_.emplace("system_virtual_schema",
                                    make_keyspace("system_virtual_schema", virtual_schema_tables()));
        return catalog;
    }();
    return initial;
}

}  // namespace coodie::embedded
