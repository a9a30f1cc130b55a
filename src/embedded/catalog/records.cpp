// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/records.hpp"

#include "embedded/catalog/types.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>

namespace coodie::embedded {
namespace {

constexpr std::uint8_t format_number = 1;

class Writer {
public:
    Writer() { number(format_number); }

    template <class T>
    void number(T value) {
        if constexpr (std::is_same_v<T, double>) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, &value, sizeof bits);
            number(bits);
        } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool>) {
            number(static_cast<std::uint8_t>(value));
        } else {
            const auto bits = static_cast<std::make_unsigned_t<T>>(value);
            for (std::size_t i = sizeof(T); i-- > 0;)
                bytes_.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(bits) >> (8 * i)));
        }
    }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        const auto* data = reinterpret_cast<const std::byte*>(value.data());
        bytes_.insert(bytes_.end(), data, data + value.size());
    }
    template <class List, class F>
    void list(const List& values, F&& write) {
        number(static_cast<std::uint32_t>(values.size()));
        for (const auto& value : values) write(value);
    }
    void map(const StringMap& values) {
        list(values, [&](const auto& entry) { text(entry.first), text(entry.second); });
    }
    void id(const SchemaId& value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }
    void blob(BytesView value) { text({reinterpret_cast<const char*>(value.data()), value.size()}); }
    void type(const DataType& value) { text(value.to_string()); }

    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Thrown for bytes that are no record; leaves this file as an Error.
struct Damaged {};

class Reader {
public:
    explicit Reader(BytesView bytes) : rest_(bytes) {
        if (number<std::uint8_t>() != format_number) throw Damaged{};
    }

    template <class T>
    T number() {
        if constexpr (std::is_same_v<T, double>) {
            const auto bits = number<std::uint64_t>();
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            return value;
        } else if constexpr (std::is_same_v<T, bool>) {
            const auto value = number<std::uint8_t>();
            if (value > 1) throw Damaged{};
            return value == 1;
        } else {
            std::uint64_t bits = 0;
            for (const std::byte b : take(sizeof(T))) bits = bits << 8 | std::to_integer<std::uint64_t>(b);
            return static_cast<T>(bits);
        }
    }
    template <class E>
    E enumeration(E last) {
        const auto value = number<std::uint8_t>();
        if (value > static_cast<std::uint8_t>(last)) throw Damaged{};
        return static_cast<E>(value);
    }
    std::string text() {
        const BytesView bytes = take(number<std::uint32_t>());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    template <class F>
    void list(F&& read) {
        for (auto count = number<std::uint32_t>(); count > 0; --count) read();
    }
    StringMap map() {
        StringMap values;
        list([&] {
            std::string key = text();
            values.insert_or_assign(std::move(key), text());
        });
        return values;
    }
    SchemaId id() {
        SchemaId value{};
        std::ranges::copy(take(value.size()), value.begin());
        return value;
    }
    DataType type() {
        std::optional<DataType> value = DataType::parse(text());
        if (!value) throw Damaged{};
        return *std::move(value);
    }
    void end() const {
        if (!rest_.empty()) throw Damaged{};
    }

private:
    BytesView take(std::size_t count) {
        if (count > rest_.size()) throw Damaged{};
        const BytesView taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    BytesView rest_;
};

void write_options(Writer& out, const TableOptions& options) {
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

TableOptions read_options(Reader& in) {
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

Column read_column(Reader& in) {
    Column column;
    column.name = in.text();
    column.type = in.type();
    column.kind = in.enumeration(ColumnKind::regular);
    column.position = in.number<std::uint16_t>();
    column.id = in.number<std::uint16_t>();
    column.descending = in.number<bool>();
    return column;
}

Index read_index(Reader& in) {
    Index index;
    index.name = in.text();
    index.kind = in.enumeration(IndexKind::custom);
    index.target = in.enumeration(IndexTarget::full);
    index.column_id = in.number<std::uint16_t>();
    index.storage_id = in.number<std::uint32_t>();
    index.options = in.map();
    return index;
}

DroppedColumn read_dropped(Reader& in) {
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
    if (table.partition_key_size == 0) throw Damaged{};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Column& column = table.columns[i];
        const std::size_t expected = i < table.partition_key_size ? i : i - table.partition_key_size;
        if (column.is_key() && column.position != expected) throw Damaged{};
        if (column.id == 0 || column.id >= table.next_column_id) throw Damaged{};
        if (table.find(column.name) != &column || table.find(column.id) != &column) throw Damaged{};
    }
    for (const Index& index : table.indexes)
        if (table.find(index.column_id) == nullptr) throw Damaged{};
}

Table read_table(BytesView bytes) {
    Reader in(bytes);
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
    Reader in(bytes);
    Keyspace keyspace;
    keyspace.name = in.text();
    keyspace.replication = in.map();
    keyspace.durable_writes = in.number<bool>();
    in.end();
    return keyspace;
}

UserType read_type(BytesView bytes) {
    Reader in(bytes);
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
        if (types.size() == before) throw Damaged{};
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
        Reader in(bytes);
        out.next_storage_id = in.number<std::uint32_t>();
        in.end();
    } else if (name.starts_with("keyspace/")) {
        Keyspace keyspace = read_keyspace(bytes);
        if (keyspace_record_name(keyspace.name) != name) throw Damaged{};
        out.keyspaces.emplace(keyspace.name, std::move(keyspace));
    } else if (name.starts_with("table/")) {
        Table table = read_table(bytes);
        if (table_record_name(table.keyspace, table.name) != name) throw Damaged{};
        out.tables[table.keyspace].push_back(std::move(table));
    } else if (name.starts_with("type/")) {
        UserType type = read_type(bytes);
        if (type_record_name(type.keyspace, type.name) != name) throw Damaged{};
        out.types[type.keyspace].push_back(std::move(type));
    } else {
        throw Damaged{};
    }
}

std::shared_ptr<const Catalog> assemble(Loaded loaded) {
    for (auto& [name, types] : loaded.types) {
        const auto keyspace = loaded.keyspaces.find(name);
        if (keyspace == loaded.keyspaces.end()) throw Damaged{};
        keyspace->second.types = link_types(std::move(types), name);
    }
    for (auto& [name, tables] : loaded.tables) {
        const auto found = loaded.keyspaces.find(name);
        if (found == loaded.keyspaces.end()) throw Damaged{};
        Keyspace& keyspace = found->second;
        for (Table& table : tables) {
            for (Column& column : table.columns) {
                if (!links(column.type, keyspace.types)) throw Damaged{};
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

std::string keyspace_record_name(std::string_view keyspace) { return "keyspace/" + std::string(keyspace); }
std::string table_record_name(std::string_view keyspace, std::string_view table) {
    return "table/" + std::string(keyspace) + "/" + std::string(table);
}
std::string type_record_name(std::string_view keyspace, std::string_view type) {
    return "type/" + std::string(keyspace) + "/" + std::string(type);
}

Bytes write_record(const Keyspace& keyspace) {
    Writer out;
    out.text(keyspace.name);
    out.map(keyspace.replication);
    out.number(keyspace.durable_writes);
    return out.take();
}

Bytes write_record(const Table& table) {
    Writer out;
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
    Writer out;
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
    Writer out;
    out.number(next_storage_id);
    return out.take();
}

std::variant<std::shared_ptr<const Catalog>, Error> Catalog::load(
    std::span<const std::pair<std::string, Bytes>> records) {
    Loaded loaded;
    for (const auto& [name, bytes] : records) {
        try {
            read_record(name, bytes, loaded);
        } catch (const Damaged&) {
            return damaged(name);
        }
    }
    try {
        return assemble(std::move(loaded));
    } catch (const Damaged&) {
        return damaged("*");
    }
}

}  // namespace coodie::embedded
