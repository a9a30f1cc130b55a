// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/storage/store.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace coodie::embedded {

/// An index with its storage. Borrows from the OpenTable's table.
struct OpenIndex {
    const Index* index = nullptr;
    const Column* column = nullptr;
    std::shared_ptr<storage::StoredTable> stored;
};

/// A table of the catalog with its storage. Immutable.
struct OpenTable {
    std::shared_ptr<const Table> table;
    std::shared_ptr<storage::StoredTable> stored;
    std::vector<OpenIndex> indexes;
    /// Some index is on an atomic column that is no key: its old entries are erased when the value changes.
    bool erases_index_entries = false;

    [[nodiscard]] const OpenIndex* find(const Index& index) const noexcept {
        for (const auto& open : indexes)
            if (open.index->storage_id == index.storage_id) return &open;
        return nullptr;
    }
};

/// The catalog with everything opened that it names. A snapshot as the Catalog is one.
struct OpenSchema {
    std::shared_ptr<const Catalog> catalog;
    boost::unordered_flat_map<std::uint32_t, std::shared_ptr<const OpenTable>> tables;

    /// Null for a virtual table.
    [[nodiscard]] std::shared_ptr<const OpenTable> find(const Table& table) const {
        const auto found = tables.find(table.storage_id);
        return table.is_virtual || found == tables.end() ? nullptr : found->second;
    }
};

/// Opens what the catalog names; takes over from `before` (may be null) what stayed the same.
std::variant<std::shared_ptr<const OpenSchema>, Error> open_schema(storage::Store& store,
                                                                   std::shared_ptr<const Catalog> catalog,
                                                                   const OpenSchema* before);
/// Opens one table that is, or is about to be, in the catalog.
std::variant<std::shared_ptr<const OpenTable>, Error> open_table(storage::Store& store,
                                                                 std::shared_ptr<const Table> table);

}  // namespace coodie::embedded
