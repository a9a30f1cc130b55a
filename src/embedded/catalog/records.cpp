// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/records.hpp"

#include "embedded/catalog/record_io.hpp"

namespace coodie::embedded {
namespace {

void write_options(RecordWriter& out, const TableOptions& options) {
    out.text(options.additional_write_policy);
    out.number(options.allow_auto_snapshot);
    out.number(options.bloom_filter_fp_chance);
    out.map(options.caching);
    out.number(options.cdc);
    out.text(options.comment);
    out.map(options.compaction);
    out.map(options.compression);
    out.number(options.crc_check_chance);
    out.number(options.default_time_to_live);
    out.list(options.extensions, [&](const auto& entry) { out.text(entry.first), out.blob(entry.second); });
    out.number(options.gc_grace_seconds);
    out.number(options.incremental_backups);
    out.number(options.max_index_interval);
    out.text(options.memtable);
    out.number(options.memtable_flush_period_in_ms);
    out.number(options.min_index_interval);
    out.text(options.read_repair);
    out.text(options.speculative_retry);
}

}  // namespace

std::string keyspace_record_name(std::string_view keyspace) { return "keyspace/" + std::string(keyspace); }
std::string table_record_name(std::string_view keyspace, std::string_view table) {
    return "table/" + std::string(keyspace) + "/" + std::string(table);
}
std::string type_record_name(std::string_view keyspace, std::string_view type) {
    return "type/" + std::string(keyspace) + "/" + std::string(type);
}

Bytes write_record(const Keyspace& keyspace) {
    RecordWriter out;
    out.text(keyspace.name);
    out.map(keyspace.replication);
    out.number(keyspace.durable_writes);
    return out.take();
}

Bytes write_record(const Table& table) {
    RecordWriter out;
    out.text(table.keyspace);
    out.text(table.name);
    out.id(table.id);
    out.number(table.storage_id);
    out.list(table.columns, [&](const Column& column) {
        out.text(column.name);
        out.type(column.type);
        out.number(column.kind);
        out.number(column.position);
        out.number(column.id);
        out.number(column.descending);
    });
    out.number(table.next_column_id);
    write_options(out, table.options);
    out.list(table.indexes, [&](const Index& index) {
        out.text(index.name);
        out.number(index.kind);
        out.number(index.target);
        out.number(index.column_id);
        out.number(index.storage_id);
        out.map(index.options);
    });
    out.list(table.dropped, [&](const DroppedColumn& dropped) {
        out.text(dropped.name);
        out.type(dropped.type);
        out.number(dropped.is_static);
        out.number(dropped.dropped_at);
        out.number(dropped.id);
    });
    return out.take();
}

Bytes write_record(const UserType& type) {
    RecordWriter out;
    out.text(type.keyspace);
    out.text(type.name);
    out.number(static_cast<std::uint32_t>(type.field_names.size()));
    for (std::size_t i = 0; i < type.field_names.size(); ++i) {
        out.text(type.field_names[i]);
        out.type(type.field_types[i]);
    }
    return out.take();
}

Bytes write_storage_ids_record(std::uint32_t next_storage_id) {
    RecordWriter out;
    out.number(next_storage_id);
    return out.take();
}

}  // namespace coodie::embedded
