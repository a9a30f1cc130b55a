// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <coodie/types/data_type.hpp>

#include <optional>
#include <string_view>

namespace coodie::native {

/// How deep types may nest.
inline constexpr int max_type_depth = 32;

/// Reads an [option] that describes a type (v5 specification, section 4.2.5.2). A custom type whose Java
/// class name has a CQL type becomes that type (vectors; in v4 durations); any other stays custom. What a
/// collection, tuple, vector or UDT contains is frozen; of the outermost type the wire does not tell.
[[nodiscard]] DataType read_type(WireReader& reader);

/// Reads a name such as `org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType
/// , 3)`; reversed types are looked through, a class without a CQL type becomes a custom type. nullopt: not
/// such a name, or too deep.
/// @param depth how deep the name is nested already.
[[nodiscard]] std::optional<DataType> parse_java_type(std::string_view class_name, int depth = 1);

}  // namespace coodie::native
