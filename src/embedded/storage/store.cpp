// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/store.hpp"

#include "embedded/storage/compaction.hpp"
#include "embedded/storage/merge.hpp"
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <chrono>

namespace coodie::embedded::storage {

namespace {

/// RocksDB's own log says nothing that an Error does not, and would be a file that nothing can check.
class SilentLogger final : public rocksdb::Logger {
public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, va_list) override {}
};

/// A full disk is DiskSpace's business, and what else fails needs a look by somebody: RocksDB is not to try
/// again by itself.
class NoRecovery final : public rocksdb::EventListener {
public:
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* automatic) override {
        *automatic = false;
    }
};

/// A row that is written again and again is folded after this many writes: reads stay short, and a write in
/// so many reads the row.
constexpr std::size_t most_successive_merges = 4;

rocksdb::BlockBasedTableOptions table_options(const StoreOptions& options) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.format_version = 5;
    table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
    return table;
}

bool supports(rocksdb::CompressionType wanted) {
    const auto all = rocksdb::GetSupportedCompressions();
    return std::find(all.begin(), all.end(), wanted) != all.end();
}

void set_durability(rocksdb::Options& options) {
    // A log that kill -9 cut off opens; a damaged one is an error. The default mode would lose rows silently.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.recycle_log_file_num = 0;
    options.track_and_verify_wals_in_manifest = true;
    options.verify_sst_unique_id_in_manifest = true;
    options.paranoid_checks = true;
    options.force_consistency_checks = true;
    options.fail_if_options_file_error = true;
    options.max_bgerror_resume_count = 0;
    options.listeners.push_back(std::make_shared<NoRecovery>());
}

}  // namespace

rocksdb::Options database_options(const StoreOptions& given, const std::shared_ptr<CompactionRules>& rules) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.info_log = std::make_shared<SilentLogger>();
    options.merge_operator = make_row_merge_operator();
    options.max_successive_merges = most_successive_merges;
    options.compaction_filter_factory = make_compaction_filter_factory(rules);
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(given)));
    options.compression =
        supports(rocksdb::kLZ4Compression) ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
    options.write_buffer_size = given.write_buffer_bytes;
    // A read by key does not search the write buffers that do not have the key.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
    // Fewer levels between a write and the row it belongs to.
    options.level_compaction_dynamic_level_bytes = true;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    set_durability(options);
    return options;
}

StoredTable::StoredTable(std::shared_ptr<State> state, TableShape shape)
    : state_(std::move(state)), codec_(std::move(shape.clustering)), id_(state_->id) {}
StoredTable::~StoredTable() = default;

Snapshot::Snapshot(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Snapshot::~Snapshot() = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;

Store::Store(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Store::~Store() = default;

std::variant<std::unique_ptr<Store>, Error> Store::open(const StoreOptions& options) {
    auto impl = std::make_unique<Impl>(options);
    if (auto error = impl->open()) return *error;
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

std::optional<Error> Store::Impl::open() {
    rocksdb::Options database = database_options(options, rules);
    std::string path = options.folder;
    if (in_memory()) {
        env.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
        path = "/coodie";
    } else {
        auto held = Folder::open(options.folder);
        if (auto* error = std::get_if<Error>(&held)) return *error;
        folder = std::move(std::get<std::unique_ptr<Folder>>(held));
        database.create_if_missing = folder->is_new();
        space = std::make_shared<DiskSpace>();
        env = make_environment(space);
    }
    database.env = env.get();
    rocksdb::DB* raw = nullptr;
    const rocksdb::Status status = rocksdb::DB::Open(database, path, &raw);
    if (!status.ok()) {
        const Error error = status_error(where(), "cannot open", server_code::server_error, status);
        return Error(ErrorKind::connection, error.message());
    }
    db.reset(raw);
    if (auto error = load_records()) return error;
    if (folder != nullptr) {
        if (auto error = folder->mark_open()) return error;
        if (options.sync == SyncMode::periodic) sync_thread = std::thread([this] { run_sync(); });
    }
    rules->set_database(db.get());
    if (space != nullptr) space->start_waiting();
    opened = true;
    return std::nullopt;
}

std::optional<Error> Store::Impl::load_records() {
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
    std::string end;
    append_object(end, 1);
    for (it->SeekToFirst(); it->Valid() && it->key().compare(end) < 0; it->Next()) {
        const std::string_view key = it->key().ToStringView();
        const char letter = key.size() > object_size ? key[object_size] : '\0';
        const std::uint32_t number = object_at(key, object_size + 1);
        if (letter == object_letter) {
            const std::uint32_t object = object_at(it->value().ToStringView(), 0);
            objects[number] = object;
            next_object = std::max(next_object, object + 1);
        } else if (letter == dropped_letter) {
            rules->drop(number);
            next_object = std::max(next_object, number + 1);
        } else if (letter == flag_letter) {
            stored_flags[number] |= static_cast<std::uint8_t>(key.back());
        }
    }
    if (!it->status().ok()) return Error(ErrorKind::connection, read_error(it->status()).message());
    return std::nullopt;
}

void Store::Impl::run_sync() {
    std::unique_lock lock(sync_mutex);
    while (!closing) {
        sync_wake.wait_for(lock, std::chrono::seconds(1));
        if (!unsynced.exchange(false)) continue;
        lock.unlock();
        sync_logs();
        lock.lock();
    }
}

std::optional<Error> Store::Impl::sync_logs() {
    if (in_memory()) return std::nullopt;
    auto error = folder->sync_logs();
    // Writers hear of it: what they wrote is not safe any more.
    if (error) fail_writes(rocksdb::Status::IOError(error->message()));
    return error;
}

Store::Impl::~Impl() {
    if (sync_thread.joinable()) {
        {
            const std::lock_guard lock(sync_mutex);
            closing = true;
        }
        sync_wake.notify_all();
        sync_thread.join();
    }
    if (db == nullptr) return;
    if (space != nullptr) space->stop_waiting();
    rocksdb::CancelAllBackgroundWork(db.get(), true);
    rules->set_database(nullptr);
    bool synced = db->Close().ok();
    synced = !sync_logs() && synced;
    db.reset();
    // A folder that is not marked closed is one that a crash left: it opens, with fewer checks.
    if (folder != nullptr && opened && synced) folder->mark_closed();
}

std::variant<std::shared_ptr<StoredTable>, Error> Store::open_table(std::uint32_t id, TableShape shape) {
    auto state = impl_->state_of(id, shape.gc_grace_seconds);
    if (auto* error = std::get_if<Error>(&state)) return *error;
    return std::make_shared<StoredTable>(std::get<0>(std::move(state)), std::move(shape));
}

Snapshot Store::snapshot() {
    return Snapshot(std::make_unique<Snapshot::Impl>(impl_->db.get(), impl_->db->GetSnapshot()));
}

std::optional<Error> Store::sync() { return impl_->sync_logs(); }

std::optional<Error> Store::compact() {
    rocksdb::CompactRangeOptions how;
    how.exclusive_manual_compaction = true;
    how.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    // The first pass folds writes into rows, the second sees whole rows and drops what nobody needs.
    for (int pass = 0; pass < 2; ++pass) {
        const rocksdb::Status status = impl_->db->CompactRange(how, nullptr, nullptr);
        if (!status.ok()) return impl_->write_error(status);
    }
    return std::nullopt;
}

}  // namespace coodie::embedded::storage
