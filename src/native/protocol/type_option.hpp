// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <coodie/types/data_type.hpp>

#include <optional>
#include <string_view>

namespace coodie::native {

/// How deep types may nest.
inline constexpr int max_type_depth = 32;

/// Reads an [option] that describes a type (v5 specification, section 4.2.5.2). A custom type with a Java
/// class name that has a CQL type becomes that type (vectors, in v4 durations); any other stays custom. Types
/// that a type contains are frozen where Cassandra freezes them; the wire does not tell of the outermost one.
[[nodiscard]] DataType read_type(WireReader& reader);

/// Reads a name as `org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType ,
/// 3)`. Frozen and reversed types are looked through. nullopt: not such a name, too deep, or a class without
/// a CQL type.
/// @param depth how deep the name is nested already.
[[nodiscard]] std::optional<DataType> parse_java_type(std::string_view class_name, int depth = 0);

}  // namespace coodie::native
