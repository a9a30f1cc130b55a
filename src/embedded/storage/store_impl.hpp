// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/disk_space.hpp"
#include "embedded/storage/folder.hpp"
#include "embedded/storage/keys.hpp"
#include "embedded/storage/store.hpp"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace coodie::embedded::storage {

/// What a table has ever held, so that reads of others need not look for it. Never unset.
enum TableFlag : std::uint8_t {
    may_have_partition_deletions = 1,
    may_have_range_deletions = 2,
    may_have_statics = 4
};

/// Shared by all handles of one table or index.
struct StoredTable::State : std::enable_shared_from_this<StoredTable::State> {
    std::uint32_t id = 0;
    std::atomic<std::uint32_t> object = 0;
    /// Set before a write that needs it starts. A reader that sees such a write therefore sees the flag
    /// afterwards.
    std::atomic<std::uint8_t> flags = 0;
    /// Flags whose record is known to be stored. Until then each write that needs it carries the record,
    /// because another one's may fail or come later.
    std::atomic<std::uint8_t> stored_flags = 0;
    std::atomic<std::int64_t> gc_grace = 0;

    [[nodiscard]] bool has(unsigned flag) const noexcept {
        return (flags.load(std::memory_order_acquire) & flag) != 0;
    }
};

struct WriteBatch::Impl {
    rocksdb::WriteBatch batch;
    struct Flag {
        std::shared_ptr<StoredTable::State> state;
        std::uint8_t flag;
    };
    struct Counter {
        std::shared_ptr<StoredTable::State> state;
        std::string partition_key;
        std::int64_t token;
        std::string clustering;
        bool is_static;
    };
    std::vector<Flag> flags;
    std::vector<Counter> counters;
    std::vector<std::shared_ptr<StoredTable::State>> truncated;
    std::vector<std::shared_ptr<StoredTable::State>> dropped;
    bool empty_key = false;
    bool long_key = false;
    std::string key;
    std::string value;
};

struct Snapshot::Impl {
    rocksdb::DB* db = nullptr;
    const rocksdb::Snapshot* snapshot = nullptr;
    Impl(rocksdb::DB* of, const rocksdb::Snapshot* taken) noexcept : db(of), snapshot(taken) {}
    ~Impl() { db->ReleaseSnapshot(snapshot); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
};

/// What the compaction filter goes by. Any thread.
class CompactionRules {
public:
    using Grace = std::unordered_map<std::uint32_t, std::int64_t>;
    using Objects = std::unordered_set<std::uint32_t>;

    void set_grace(std::uint32_t object, std::int64_t seconds);
    void drop(std::uint32_t object);
    /// The database, for looking up what else is stored; null until it is open and from when it closes.
    void set_database(rocksdb::DB* db) noexcept { db_.store(db); }
    [[nodiscard]] rocksdb::DB* database() const noexcept { return db_.load(); }
    /// gc_grace_seconds by object, as of now.
    [[nodiscard]] Grace grace() const;
    [[nodiscard]] Objects dropped() const;

private:
    mutable std::mutex mutex_;
    Grace grace_;
    Objects dropped_;
    std::atomic<rocksdb::DB*> db_ = nullptr;
};

struct Store::Impl {
    explicit Impl(StoreOptions given) : options(std::move(given)) {}
    ~Impl();

    [[nodiscard]] bool in_memory() const noexcept { return options.folder.empty(); }
    std::optional<Error> open();
    std::optional<Error> load_records();
    void run_sync();
    std::optional<Error> sync_logs();

    std::variant<std::shared_ptr<StoredTable::State>, Error> state_of(std::uint32_t id,
                                                                      std::int64_t gc_grace);
    std::optional<Error> commit(WriteBatch::Impl& batch, bool sync);
    std::optional<Error> change_objects(WriteBatch::Impl& batch);
    void forget_object(std::uint32_t object);
    std::optional<Error> cover_counters(WriteBatch::Impl& batch);
    rocksdb::Status write_or_say_full(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch);
    /// Whether an earlier write failed in a way that only opening the store again mends.
    std::optional<Error> check_writable();
    Error fail_writes(const rocksdb::Status& status);

    /// What covers one row; the row itself when `clustering` is null (static cells).
    std::optional<Error> find_deletion(const StoredTable::State& state, std::uint32_t object,
                                       const PartitionKey& partition, const BytesView* clustering,
                                       const rocksdb::ReadOptions& read, Deletion& out);
    std::optional<Error> read(const StoredTable::State& state, const PartitionKey& partition,
                              const BytesView* clustering, std::int64_t now, Row& row,
                              const Snapshot* snapshot);

    [[nodiscard]] Error read_error(const rocksdb::Status& status) const;
    [[nodiscard]] Error write_error(const rocksdb::Status& status) const;
    [[nodiscard]] Error damaged_row(std::string_view key) const;
    /// The folder, or "memory:".
    [[nodiscard]] std::string where() const;

    StoreOptions options;
    std::unique_ptr<Folder> folder;
    std::shared_ptr<DiskSpace> space;  ///< of the folder's disk
    std::unique_ptr<rocksdb::Env> env;
    std::shared_ptr<CompactionRules> rules = std::make_shared<CompactionRules>();
    std::unique_ptr<rocksdb::DB> db;

    std::mutex tables_mutex;  ///< guards tables and next_object
    std::unordered_map<std::uint32_t, std::shared_ptr<StoredTable::State>> tables;
    std::unordered_map<std::uint32_t, std::uint32_t> objects;      ///< from the records: id to object
    std::unordered_map<std::uint32_t, std::uint8_t> stored_flags;  ///< from the records
    std::uint32_t next_object = 1;

    std::atomic<bool> failed = false;  ///< see check_writable
    std::mutex failure_mutex;
    std::string failure;  ///< the first one's text
    std::atomic<bool> unsynced = false;
    std::mutex sync_mutex;
    std::condition_variable sync_wake;
    bool closing = false;
    bool opened = false;
    std::thread sync_thread;
};

/// A damaged file or a failing disk, said so that the user knows where to look.
Error status_error(const std::string& where, const char* tried, std::int32_t code,
                   const rocksdb::Status& status);

rocksdb::Options database_options(const StoreOptions& options, const std::shared_ptr<CompactionRules>& rules);

}  // namespace coodie::embedded::storage
