// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/value.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <span>
#include <vector>

/// Collections, tuples and UDTs in CQL binary, by their DataType. Lengths are checked; bytes that lie are
/// refused by throwing (Refused or ValidationError).
namespace coodie::embedded {

/// [int] length + content, -1 for null and unset.
void append_value(Bytes& out, const Value& value);

/// Puts elements together: sets and maps in order without duplicates (of equal ones the first stays). A null
/// is refused in collections and vectors, stays null in tuples and UDTs.
Bytes build_collection(const DataType& type, std::span<const Value> elements);

/// Elements of a list or set; keys and values in turn of a map; parts of a tuple or UDT (missing trailing
/// ones are null).
std::vector<Value> split_collection(const DataType& type, BytesView content);

/// Whether a set's or map's elements are in order without duplicates, as Cassandra keeps them.
bool is_sorted_collection(const DataType& type, BytesView content);

/// Counts without copying; 0 for content that is no collection.
std::uint32_t collection_size(BytesView content);

}  // namespace coodie::embedded
