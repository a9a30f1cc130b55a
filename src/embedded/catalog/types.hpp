// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"

#include <coodie/types/data_type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

/// Looks up the UDTs of a written type in its keyspace, freezes what is inside tuples, vectors and frozen
/// types, and refuses (Refused) what Cassandra refuses: unknown types, non-frozen collections inside
/// collections, counters inside anything, durations as keys.
/// @param types of `keyspace`.
DataType resolve_type(const DataType& written, std::string_view keyspace, const ByName<UserType>& types);

/// As resolve_type, for types that were accepted before: checks nothing, leaves unknown UDTs without fields.
DataType relink_type(const DataType& type, std::string_view keyspace, const ByName<UserType>& types);

/// Whether the type is, or holds at any depth, that UDT.
bool mentions_type(const DataType& type, std::string_view udt);
/// Whether the type is, or holds at any depth, this simple type.
bool mentions_type(const DataType& type, TypeId id);

}  // namespace coodie::embedded
