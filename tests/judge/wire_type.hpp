// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire.hpp"

#include <coodie/types/data_type.hpp>

#include <string_view>

namespace coodie::judge {

/// Reads an [option] (v4 specification, section 4.2.5.2). Custom types become what their Java class says. The
/// protocol does not tell frozen from not frozen. Throws MalformedFrame; at most 64 levels deep.
DataType read_wire_type(WireReader& reader, int depth = 0);

/// Reads a Java type name such as `org.apache.cassandra.db.marshal.VectorType(...FloatType , 3)`. A class
/// that this client does not know gives DataType::custom. Throws MalformedFrame on a name that does not end
/// as it should.
DataType parse_java_type(std::string_view name);

}  // namespace coodie::judge
