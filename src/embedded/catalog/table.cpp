// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/table.hpp"

#include <algorithm>

namespace coodie::embedded {

const Column* Table::find(std::string_view column) const noexcept {
    for (const Column& candidate : columns)
        if (candidate.name == column) return &candidate;
    return nullptr;
}

const Column* Table::find(std::uint16_t column_id) const noexcept {
    for (const Column& candidate : columns)
        if (candidate.id == column_id) return &candidate;
    return nullptr;
}

const Index* Table::find_index(std::string_view index) const noexcept {
    for (const Index& candidate : indexes)
        if (candidate.name == index) return &candidate;
    return nullptr;
}

void Table::arrange() {
    std::sort(columns.begin(), columns.end(), [](const Column& a, const Column& b) {
        if (a.kind != b.kind) return a.kind < b.kind;
        return a.is_key() ? a.position < b.position : a.name < b.name;
    });
    const auto count = [&](ColumnKind kind) {
        return static_cast<std::uint16_t>(
            std::count_if(columns.begin(), columns.end(), [&](const Column& c) { return c.kind == kind; }));
    };
    partition_key_size = count(ColumnKind::partition_key);
    clustering_size = count(ColumnKind::clustering);
    static_size = count(ColumnKind::static_);
    is_counter = std::any_of(columns.begin(), columns.end(), [](const Column& c) { return c.is_counter(); });
    std::sort(indexes.begin(), indexes.end(), [](const Index& a, const Index& b) { return a.name < b.name; });
}

}  // namespace coodie::embedded
