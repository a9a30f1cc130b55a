// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/record_io.hpp"
#include "embedded/catalog/records.hpp"
#include "embedded/catalog/types.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace coodie::embedded {
namespace {

TableOptions read_options(RecordReader& in) {
    TableOptions options;
    options.additional_write_policy = in.text();
    options.allow_auto_snapshot = in.number<bool>();
    options.bloom_filter_fp_chance = in.number<double>();
    options.caching = in.map();
    options.cdc = in.number<bool>();
    options.comment = in.text();
    options.compaction = in.map();
    options.compression = in.map();
    options.crc_check_chance = in.number<double>();
    options.default_time_to_live = in.number<std::int32_t>();
    in.list([&] {
        std::string key = in.text();
        const std::string value = in.text();
        const auto* data = reinterpret_cast<const std::byte*>(value.data());
        options.extensions.insert_or_assign(std::move(key), Bytes(data, data + value.size()));
    });
    options.gc_grace_seconds = in.number<std::int32_t>();
    options.incremental_backups = in.number<bool>();
    options.max_index_interval = in.number<std::int32_t>();
    options.memtable = in.text();
    options.memtable_flush_period_in_ms = in.number<std::int32_t>();
    options.min_index_interval = in.number<std::int32_t>();
    options.read_repair = in.text();
    options.speculative_retry = in.text();
    return options;
}

Column read_column(RecordReader& in) {
    Column column;
    column.name = in.text();
    column.type = in.type();
    column.kind = in.enumeration(ColumnKind::regular);
    column.position = in.number<std::uint16_t>();
    column.id = in.number<std::uint16_t>();
    column.descending = in.number<bool>();
    return column;
}

Index read_index(RecordReader& in) {
    Index index;
    index.name = in.text();
    index.kind = in.enumeration(IndexKind::custom);
    index.target = in.enumeration(IndexTarget::full);
    index.column_id = in.number<std::uint16_t>();
    index.storage_id = in.number<std::uint32_t>();
    index.options = in.map();
    return index;
}

DroppedColumn read_dropped(RecordReader& in) {
    DroppedColumn dropped;
    dropped.name = in.text();
    dropped.type = in.type();
    dropped.is_static = in.number<bool>();
    dropped.dropped_at = in.number<std::int64_t>();
    dropped.id = in.number<std::uint16_t>();
    return dropped;
}

/// Keys in order without gaps, names and ids unique, indexes of columns that exist.
void check(const Table& table) {
    if (table.partition_key_size == 0) throw DamagedRecord{};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Column& column = table.columns[i];
        const std::size_t expected = i < table.partition_key_size ? i : i - table.partition_key_size;
        if (column.is_key() && column.position != expected) throw DamagedRecord{};
        if (column.id == 0 || column.id >= table.next_column_id) throw DamagedRecord{};
        if (table.find(column.name) != &column || table.find(column.id) != &column) throw DamagedRecord{};
    }
    for (const Index& index : table.indexes)
        if (table.find(index.column_id) == nullptr) throw DamagedRecord{};
}

Table read_table(BytesView bytes) {
    RecordReader in(bytes);
    Table table;
    table.keyspace = in.text();
    table.name = in.text();
    table.id = in.id();
    table.storage_id = in.number<std::uint32_t>();
    in.list([&] { table.columns.push_back(read_column(in)); });
    table.next_column_id = in.number<std::uint16_t>();
    table.options = read_options(in);
    in.list([&] { table.indexes.push_back(read_index(in)); });
    in.list([&] { table.dropped.push_back(read_dropped(in)); });
    in.end();
    table.arrange();
    check(table);
    return table;
}

Keyspace read_keyspace(BytesView bytes) {
    RecordReader in(bytes);
    Keyspace keyspace;
    keyspace.name = in.text();
    keyspace.replication = in.map();
    keyspace.durable_writes = in.number<bool>();
    in.end();
    return keyspace;
}

UserType read_type(BytesView bytes) {
    RecordReader in(bytes);
    UserType type;
    type.keyspace = in.text();
    type.name = in.text();
    in.list([&] {
        type.field_names.push_back(in.text());
        type.field_types.push_back(in.type());
    });
    in.end();
    return type;
}

bool links(const DataType& type, const ByName<UserType>& known) {
    if (type.id() == TypeId::udt && !known.contains(type.name())) return false;
    return std::ranges::all_of(type.children(), [&](const DataType& child) { return links(child, known); });
}

/// Links the types in dependency order; one that never gets its turn names an unknown type or itself.
ByName<UserType> link_types(std::vector<UserType> types, std::string_view keyspace) {
    ByName<UserType> linked;
    while (!types.empty()) {
        const std::size_t before = types.size();
        std::erase_if(types, [&](UserType& type) {
            if (!std::ranges::all_of(type.field_types, [&](const DataType& t) { return links(t, linked); }))
                return false;
            for (DataType& field : type.field_types) field = relink_type(field, keyspace, linked);
            linked.emplace(type.name, std::make_shared<const UserType>(type));
            return true;
        });
        if (types.size() == before) throw DamagedRecord{};
    }
    return linked;
}

struct Loaded {
    std::map<std::string, Keyspace, std::less<>> keyspaces;
    std::map<std::string, std::vector<UserType>> types;
    std::map<std::string, std::vector<Table>> tables;
    std::uint32_t next_storage_id = 1;
};

void read_record(std::string_view name, BytesView bytes, Loaded& out) {
    if (name == storage_ids_record_name) {
        RecordReader in(bytes);
        out.next_storage_id = in.number<std::uint32_t>();
        in.end();
    } else if (name.starts_with("keyspace/")) {
        Keyspace keyspace = read_keyspace(bytes);
        if (keyspace_record_name(keyspace.name) != name) throw DamagedRecord{};
        out.keyspaces.emplace(keyspace.name, std::move(keyspace));
    } else if (name.starts_with("table/")) {
        Table table = read_table(bytes);
        if (table_record_name(table.keyspace, table.name) != name) throw DamagedRecord{};
        out.tables[table.keyspace].push_back(std::move(table));
    } else if (name.starts_with("type/")) {
        UserType type = read_type(bytes);
        if (type_record_name(type.keyspace, type.name) != name) throw DamagedRecord{};
        out.types[type.keyspace].push_back(std::move(type));
    } else {
        throw DamagedRecord{};
    }
}

std::shared_ptr<const Catalog> assemble(Loaded loaded) {
    for (auto& [name, types] : loaded.types) {
        const auto keyspace = loaded.keyspaces.find(name);
        if (keyspace == loaded.keyspaces.end()) throw DamagedRecord{};
        keyspace->second.types = link_types(std::move(types), name);
    }
    for (auto& [name, tables] : loaded.tables) {
        const auto found = loaded.keyspaces.find(name);
        if (found == loaded.keyspaces.end()) throw DamagedRecord{};
        Keyspace& keyspace = found->second;
        for (Table& table : tables) {
            for (Column& column : table.columns) {
                if (!links(column.type, keyspace.types)) throw DamagedRecord{};
                column.type = relink_type(column.type, name, keyspace.types);
            }
            for (DroppedColumn& dropped : table.dropped)
                dropped.type = relink_type(dropped.type, name, keyspace.types);
            keyspace.tables.emplace(table.name, std::make_shared<const Table>(table));
        }
    }
    std::shared_ptr<const Catalog> catalog = Catalog::initial();
    for (auto& [name, keyspace] : loaded.keyspaces)
        catalog = catalog->with(std::move(keyspace), loaded.next_storage_id);
    return catalog->with_storage_ids(loaded.next_storage_id);
}

Error damaged(std::string_view record) {
    return {ErrorKind::connection,
            "the schema record \"" + std::string(record) + "\" is damaged: restore the folder from a backup"};
}

}  // namespace

std::variant<std::shared_ptr<const Catalog>, Error> Catalog::load(
    std::span<const std::pair<std::string, Bytes>> records) {
    Loaded loaded;
    for (const auto& [name, bytes] : records) {
        try {
            read_record(name, bytes, loaded);
        } catch (const DamagedRecord&) {
            return damaged(name);
        }
    }
    try {
        return assemble(std::move(loaded));
    } catch (const DamagedRecord&) {
        return damaged("*");
    }
}

}  // namespace coodie::embedded
