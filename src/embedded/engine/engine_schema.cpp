// SPDX-License-Identifier: Apache-2.0
// CREATE, ALTER, DROP and TRUNCATE.
#include "embedded/catalog/ddl.hpp"
#include "embedded/engine/engine.hpp"
#include "embedded/engine/index_upkeep.hpp"

namespace coodie::embedded {

namespace {

/// While it lives nothing is written, and nobody else changes the schema.
class Exclusive {
public:
    Exclusive(std::mutex& change, std::atomic<bool>& changing, std::shared_mutex& schema)
        : change_(change), changing_(changing) {
        changing_.store(true, std::memory_order_release);
        schema_ = std::unique_lock(schema);
    }
    Exclusive(const Exclusive&) = delete;
    Exclusive& operator=(const Exclusive&) = delete;
    ~Exclusive() { changing_.store(false, std::memory_order_release); }

private:
    std::unique_lock<std::mutex> change_;
    std::atomic<bool>& changing_;
    std::unique_lock<std::shared_mutex> schema_;
};

}  // namespace

Outcome Engine::change_schema(const ast::Statement& statement, std::string_view keyspace) {
    const Exclusive exclusive(change_mutex_, changing_, schema_mutex_);
    const auto before = schema();
    auto applied = apply(before->catalog, statement, keyspace, clock_.next_timestamp());
    if (auto* error = std::get_if<Error>(&applied)) return std::move(*error);
    const auto& change = std::get<Change>(applied);
    if (change.kind == ChangeKind::none) return Result();

    auto opened = open_schema(*store_, change.catalog, before.get());
    if (auto* error = std::get_if<Error>(&opened)) return std::move(*error);
    auto& after = std::get<0>(opened);
    if (!change.created_index.empty()) {
        const auto table = change.catalog->table(change.keyspace, change.name);
        const auto open = table != nullptr ? after->find(*table) : nullptr;
        if (open != nullptr)
            if (auto error = build_index(*open, change.created_index)) return std::move(*error);
    }
    storage::WriteBatch batch;
    for (const auto& [name, bytes] : change.records) {
        if (bytes) {
            batch.put_record(name, *bytes);
        } else {
            batch.erase_record(name);
        }
    }
    for (const auto id : change.dropped_storage)
        if (auto error = drop_storage(id, batch)) return std::move(*error);
    if (auto error = store_->write(batch)) return std::move(*error);
    const std::lock_guard lock(schema_pointer_mutex_);
    version_.store(change.catalog->version(), std::memory_order_release);
    schema_ = std::move(after);
    return Result();
}

std::optional<Error> Engine::drop_storage(std::uint32_t id, storage::WriteBatch& batch) {
    auto stored = store_->open_table(id, {});
    if (auto* error = std::get_if<Error>(&stored)) return std::move(*error);
    batch.drop(*std::get<0>(stored));
    return std::nullopt;
}

/// Fills a new index from the table's rows. Entries of an attempt that failed go first.
std::optional<Error> Engine::build_index(const OpenTable& table, std::string_view name) {
    const OpenIndex* index = nullptr;
    for (const auto& candidate : table.indexes)
        if (candidate.index->name == name) index = &candidate;
    if (index == nullptr || index->column == nullptr) return std::nullopt;
    storage::WriteBatch batch;
    batch.truncate(*index->stored);
    if (auto error = store_->write(batch)) return error;
    batch.clear();

    storage::ReadOptions options;
    options.now = Clock::now_seconds();
    options.statics = index->column->is_static();
    options.fill_cache = false;
    auto reader = store_->scan(*table.stored, {}, options);
    storage::ClusteringValues clustering;
    constexpr std::size_t batch_bytes = std::size_t{1} << 20U;
    for (auto event = reader.next(); event != storage::ReadEvent::end; event = reader.next()) {
        const bool statics = event == storage::ReadEvent::partition;
        if (statics != index->column->is_static()) continue;
        const auto& row = statics ? reader.static_row() : reader.row();
        const auto form = statics ? BytesView{} : reader.clustering();
        if (!statics && !table.stored->clustering().decode(form, row.clustering_original(), clustering))
            continue;
        const auto partition = reader.partition();
        for (const auto& value : index_forms(*table.table, *index, row, partition.key, clustering))
            batch.put_index_entry(*index->stored, value, partition, form);
        if (batch.size() < batch_bytes) continue;
        if (auto error = store_->write(batch)) return error;
        batch.clear();
    }
    if (reader.error()) return reader.error();
    return batch.empty() ? std::nullopt : store_->write(batch);
}

Outcome Engine::truncate(const Table& table) {
    const Exclusive exclusive(change_mutex_, changing_, schema_mutex_);
    const auto current = schema();
    const auto now = current->catalog->table(table.keyspace, table.name);
    const auto open = now != nullptr ? current->find(*now) : nullptr;
    if (open == nullptr)
        return Error(server_code::invalid, "table " + table.keyspace + "." + table.name + " does not exist");
    storage::WriteBatch batch;
    batch.truncate(*open->stored);
    for (const auto& index : open->indexes) batch.truncate(*index.stored);
    if (auto error = store_->write(batch)) return std::move(*error);
    return Result();
}

}  // namespace coodie::embedded
