// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/type_option.hpp"

#include <string>
#include <utility>
#include <vector>

namespace coodie::native {
namespace {

DataType read_nested(WireReader& reader, int depth);

/// A contained type is frozen always: Cassandra allows no other, in no collection and no UDT.
DataType read_child(WireReader& reader, int depth) { return read_nested(reader, depth + 1).frozen(); }

DataType read_udt(WireReader& reader, int depth) {
    std::string keyspace(reader.read_string());
    std::string name(reader.read_string());
    std::vector<std::string> field_names;
    std::vector<DataType> field_types;
    const std::size_t count = reader.read_short_count(4);
    field_names.reserve(count);
    field_types.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        field_names.emplace_back(reader.read_string());
        field_types.push_back(read_child(reader, depth));
    }
    return DataType::udt(std::move(keyspace), std::move(name), std::move(field_names),
                         std::move(field_types));
}

DataType read_tuple(WireReader& reader, int depth) {
    std::vector<DataType> elements;
    const std::size_t count = reader.read_short_count(2);
    elements.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) elements.push_back(read_child(reader, depth));
    return DataType::tuple(std::move(elements));
}

DataType read_custom(WireReader& reader, int depth) {
    const std::string_view class_name = reader.read_string();
    if (auto type = parse_java_type(class_name, depth)) return *std::move(type);
    return DataType::custom(std::string(class_name));
}

DataType read_map(WireReader& reader, int depth) {
    DataType key = read_child(reader, depth);
    return DataType::map(std::move(key), read_child(reader, depth));
}

DataType read_simple(WireReader& reader, TypeId id) {
    switch (id) {
        case TypeId::ascii:
        case TypeId::bigint:
        case TypeId::blob:
        case TypeId::boolean:
        case TypeId::counter:
        case TypeId::decimal:
        case TypeId::double_:
        case TypeId::float_:
        case TypeId::int_:
        case TypeId::timestamp:
        case TypeId::uuid:
        case TypeId::text:
        case TypeId::varint:
        case TypeId::timeuuid:
        case TypeId::inet:
        case TypeId::date:
        case TypeId::time:
        case TypeId::smallint:
        case TypeId::tinyint:
        case TypeId::duration: return id;
        default: break;
    }
    reader.fail(WireFault::unknown_kind);
    return TypeId::blob;
}

DataType read_nested(WireReader& reader, int depth) {
    if (depth > max_type_depth) reader.fail(WireFault::too_deep);
    if (!reader.ok()) return TypeId::blob;
    const auto id = static_cast<TypeId>(reader.read_short());
    switch (id) {
        case TypeId::custom: return read_custom(reader, depth);
        case TypeId::list: return DataType::list(read_child(reader, depth));
        case TypeId::set: return DataType::set(read_child(reader, depth));
        case TypeId::map: return read_map(reader, depth);
        case TypeId::udt: return read_udt(reader, depth);
        case TypeId::tuple: return read_tuple(reader, depth);
        default: return read_simple(reader, id);
    }
}

}  // namespace

DataType read_type(WireReader& reader) { return read_nested(reader, 1); }

}  // namespace coodie::native
