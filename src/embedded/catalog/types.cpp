// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/types.hpp"

#include "embedded/catalog/refuse.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace coodie::embedded {
namespace {

/// A copy of the type with these children.
DataType with_children(const DataType& type, std::vector<DataType> children) {
    DataType made = type;
    switch (type.id()) {
        case TypeId::list: made = DataType::list(std::move(children[0])); break;
        case TypeId::set: made = DataType::set(std::move(children[0])); break;
        case TypeId::map: made = DataType::map(std::move(children[0]), std::move(children[1])); break;
        case TypeId::tuple: made = DataType::tuple(std::move(children)); break;
        case TypeId::vector: made = DataType::vector(std::move(children[0]), type.dimensions()); break;
        case TypeId::udt:
            made = DataType::udt(type.keyspace(), type.name(), type.field_names(), std::move(children));
            break;
        default: return type;
    }
    return type.is_frozen() ? made.frozen() : made;
}

void check_collection(const DataType& type) {
    const std::vector<DataType>& children = type.children();
    for (const DataType& child : children) {
        if (child.id() == TypeId::counter)
            refuse_invalid("Counters are not allowed inside collections: " + type.to_string());
        if (type.is_frozen() || !child.is_multi_cell()) continue;
        refuse_invalid(child.is_collection()
                           ? "Non-frozen collections are not allowed inside collections: " + type.to_string()
                           : "Non-frozen UDTs are not allowed inside collections: " + type.to_string());
    }
    if (children[0].id() == TypeId::duration && type.id() == TypeId::set)
        refuse_invalid("Durations are not allowed inside sets: " + type.to_string());
    if (children[0].id() == TypeId::duration && type.id() == TypeId::map)
        refuse_invalid("Durations are not allowed as map keys: " + type.to_string());
}

/// A column type given as the Java class of a native type.
DataType native_type(std::string_view class_name) {
    constexpr std::string_view package = "org.apache.cassandra.db.marshal.";
    static constexpr std::array<std::pair<std::string_view, TypeId>, 20> natives{
        {{"AsciiType", TypeId::ascii},
         {"LongType", TypeId::bigint},
         {"BytesType", TypeId::blob},
         {"BooleanType", TypeId::boolean},
         {"CounterColumnType", TypeId::counter},
         {"DecimalType", TypeId::decimal},
         {"DoubleType", TypeId::double_},
         {"FloatType", TypeId::float_},
         {"Int32Type", TypeId::int_},
         {"TimestampType", TypeId::timestamp},
         {"UUIDType", TypeId::uuid},
         {"UTF8Type", TypeId::text},
         {"IntegerType", TypeId::varint},
         {"TimeUUIDType", TypeId::timeuuid},
         {"InetAddressType", TypeId::inet},
         {"SimpleDateType", TypeId::date},
         {"TimeType", TypeId::time},
         {"ShortType", TypeId::smallint},
         {"ByteType", TypeId::tinyint},
         {"DurationType", TypeId::duration}}};
    std::string_view name = class_name;
    if (name.starts_with(package)) name.remove_prefix(package.size());
    for (const auto& [native, id] : natives)
        if (native == name) return id;
    if (name.ends_with(")") || name == "DynamicCompositeType" || name == "CompositeType")
        refuse_unsupported("the type '" + std::string(class_name) + "'");
    refuse_syntax("Error setting type " + std::string(class_name) + ": Unable to find abstract-type class '" +
                  std::string(name == class_name ? package : "") + std::string(class_name) + "'");
}

DataType link(const DataType& type, std::string_view keyspace, const ByName<UserType>& types, bool strict,
              bool inside_frozen);

DataType link_udt(const DataType& type, std::string_view keyspace, const ByName<UserType>& types, bool strict,
                  bool freeze) {
    if (strict && !type.keyspace().empty() && type.keyspace() != keyspace)
        refuse_invalid("Statement on keyspace " + std::string(keyspace) +
                       " cannot refer to a user type in keyspace " + type.keyspace() +
                       "; user types can only be used in the keyspace they are defined in");
    const auto found = types.find(type.name());
    if (found == types.end()) {
        if (strict) refuse_invalid("Unknown type " + std::string(keyspace) + "." + type.name());
        return freeze ? type.frozen() : type;
    }
    const UserType& udt = *found->second;
    std::vector<DataType> fields;
    fields.reserve(udt.field_types.size());
    for (const DataType& field : udt.field_types) {
        if (strict && !freeze && field.is_collection() && !field.is_frozen())
            refuse_invalid("Non-frozen UDTs with nested non-frozen collections are not supported");
        fields.push_back(link(field, keyspace, types, false, freeze));
    }
    DataType made = DataType::udt(udt.keyspace, udt.name, udt.field_names, std::move(fields));
    return freeze ? made.frozen() : made;
}

/// @param strict refuse what Cassandra refuses; @param inside_frozen whether a frozen type is around this
/// one.
DataType link(const DataType& type, std::string_view keyspace, const ByName<UserType>& types, bool strict,
              bool inside_frozen) {
    const bool freeze = inside_frozen || type.is_frozen();
    if (type.id() == TypeId::udt) return link_udt(type, keyspace, types, strict, freeze);
    if (type.id() == TypeId::custom && strict) return native_type(type.name());
    if (type.children().empty()) return type;
    if (strict && type.is_collection() && !inside_frozen) check_collection(type);
    if (strict && !type.is_collection())
        for (const DataType& child : type.children())
            if (type.id() == TypeId::tuple && child.id() == TypeId::counter)
                refuse_invalid("Counters are not allowed inside tuples");
    std::vector<DataType> children;
    children.reserve(type.children().size());
    const bool freeze_children = freeze || !type.is_collection();
    for (const DataType& child : type.children())
        children.push_back(link(child, keyspace, types, strict, freeze_children));
    DataType made = with_children(type, std::move(children));
    return freeze ? made.frozen() : made;
}

}  // namespace

DataType resolve_type(const DataType& written, std::string_view keyspace, const ByName<UserType>& types) {
    return link(written, keyspace, types, true, false);
}

DataType relink_type(const DataType& type, std::string_view keyspace, const ByName<UserType>& types) {
    return link(type, keyspace, types, false, false);
}

bool mentions_type(const DataType& type, std::string_view udt) {
    if (type.id() == TypeId::udt && type.name() == udt) return true;
    return std::any_of(type.children().begin(), type.children().end(),
                       [&](const DataType& child) { return mentions_type(child, udt); });
}

bool mentions_type(const DataType& type, TypeId id) {
    if (type.id() == id) return true;
    return std::any_of(type.children().begin(), type.children().end(),
                       [&](const DataType& child) { return mentions_type(child, id); });
}

}  // namespace coodie::embedded
