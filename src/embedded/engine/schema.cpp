// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/schema.hpp"

#include <utility>

namespace coodie::embedded {

std::variant<std::shared_ptr<const OpenTable>, Error> open_table(storage::Store& store,
                                                                 std::shared_ptr<const Table> table) {
    storage::TableShape shape;
    shape.gc_grace_seconds = table->options.gc_grace_seconds;
    for (std::size_t i = 0; i < table->clustering_size; ++i)
        shape.clustering.push_back({table->clustering(i).type, table->clustering(i).descending});
    auto stored = store.open_table(table->storage_id, std::move(shape));
    if (auto* error = std::get_if<Error>(&stored)) return std::move(*error);

    auto open = std::make_shared<OpenTable>();
    open->stored = std::move(std::get<0>(stored));
    for (const auto& index : table->indexes) {
        auto entries = store.open_index(index.storage_id);
        if (auto* error = std::get_if<Error>(&entries)) return std::move(*error);
        const auto* column = table->find(index.column_id);
        open->indexes.push_back({&index, column, std::move(std::get<0>(entries))});
        if (column != nullptr && !column->is_key() && !column->type.is_multi_cell())
            open->erases_index_entries = true;
    }
    open->table = std::move(table);
    return std::shared_ptr<const OpenTable>(std::move(open));
}

std::variant<std::shared_ptr<const OpenSchema>, Error> open_schema(storage::Store& store,
                                                                   std::shared_ptr<const Catalog> catalog,
                                                                   const OpenSchema* before) {
    auto schema = std::make_shared<OpenSchema>();
    for (const auto& [keyspace_name, keyspace] : catalog->keyspaces()) {
        if (keyspace->is_system) continue;
        for (const auto& [name, table] : keyspace->tables) {
            auto known = before != nullptr ? before->find(*table) : nullptr;
            if (known == nullptr || known->table != table) {
                auto opened = open_table(store, table);
                if (auto* error = std::get_if<Error>(&opened)) return std::move(*error);
                known = std::move(std::get<0>(opened));
            }
            schema->tables.emplace(table->storage_id, std::move(known));
        }
    }
    schema->catalog = std::move(catalog);
    return std::shared_ptr<const OpenSchema>(std::move(schema));
}

}  // namespace coodie::embedded
