// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/data_type.hpp>

namespace coodie::cql {

/// What CONTAINS compares and what `c[?] = ?` assigns: the value of a map, the element of a list or set. A
/// type that is no collection stays itself: the database then refuses the statement with its own words.
inline DataType element_type(const DataType& collection) {
    return collection.is_collection() ? collection.children().back() : collection;
}

/// What goes in `c[?]` and what CONTAINS KEY compares: a map's key, a set's element, a list's index.
inline DataType key_type(const DataType& collection) {
    if (collection.id() == TypeId::list) return TypeId::int_;
    return collection.is_collection() ? collection.children().front() : collection;
}

}  // namespace coodie::cql
