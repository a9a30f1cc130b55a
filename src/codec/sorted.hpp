// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstddef>
#include <vector>

namespace coodie {

/// One element of a set, or one entry of a map.
struct SortableEntry {
    Bytes key;
    Bytes value;               ///< of a map
    std::size_t position = 0;  ///< for append_sorted's own use
};

/// Appends the content of a set or map: [int] count, then the entries by key, of equal keys the last.
void append_sorted(const DataType& type, std::vector<SortableEntry> entries, Bytes& out);

}  // namespace coodie
