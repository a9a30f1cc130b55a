// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

#include <rocksdb/convenience.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace coodie::embedded::storage {

namespace {

void put_object(rocksdb::WriteBatch& batch, std::uint32_t id, std::uint32_t object) {
    std::string value;
    append_object(value, object);
    batch.Put(object_key(id), value);
}

}  // namespace

std::optional<Error> Store::write(WriteBatch& batch) {
    WriteBatch::Impl& impl = *batch.impl_;
    if (impl.empty_key) return Error(server_code::invalid, "Key may not be empty");
    if (impl.long_key) return Error(server_code::invalid, "Key length is longer than maximum of 65535");
    if (!impl.truncated.empty() || !impl.dropped.empty()) return impl_->change_objects(impl);
    if (!impl.counters.empty()) {
        if (auto error = impl_->cover_counters(impl)) return error;
    }
    return impl_->commit(impl, impl_->options.sync == SyncMode::always);
}

std::optional<Error> Store::Impl::commit(WriteBatch::Impl& batch, bool sync) {
    if (batch.batch.Count() == 0) return std::nullopt;
    if (auto error = check_writable()) return error;
    for (const auto& [state, flag] : batch.flags) state->flags.fetch_or(flag);
    rocksdb::WriteOptions how;
    how.sync = sync && !in_memory();
    how.disableWAL = in_memory();
    const rocksdb::Status status =
        in_memory() ? db->Write(how, &batch.batch) : write_or_say_full(how, batch.batch);
    if (status.IsNoSpace() && !failed.load()) return write_error(status);
    if (!status.ok()) return fail_writes(status);
    for (const auto& [state, flag] : batch.flags) state->stored_flags.fetch_or(flag);
    // Not stored each time: writers would fight for the line.
    if (!how.sync && !unsynced.load(std::memory_order_relaxed)) unsynced.store(true);
    return std::nullopt;
}

/// A full disk is noticed before RocksDB is asked; see DiskSpace. Writers do not wait in RocksDB for tables
/// to be written, because those may be waiting for space.
rocksdb::Status Store::Impl::write_or_say_full(const rocksdb::WriteOptions& how, rocksdb::WriteBatch& batch) {
    const rocksdb::Status full = rocksdb::Status::NoSpace(std::strerror(ENOSPC));
    const DiskSpace::Reservation room(*space, batch.GetDataSize());
    if (!room) return full;
    rocksdb::WriteOptions at_once = how;
    at_once.no_slowdown = true;
    for (;;) {
        rocksdb::Status status = db->Write(at_once, &batch);
        if (!status.IsIncomplete()) {
            // It got past DiskSpace, so the log is unusable now.
            if (status.IsNoSpace()) fail_writes(status);
            return status;
        }
        if (space->is_short()) return full;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::optional<Error> Store::Impl::check_writable() {
    if (!failed.load(std::memory_order_acquire)) return std::nullopt;
    const std::lock_guard lock(failure_mutex);
    return Error(server_code::write_failure, "cannot write to the store in " + where() +
                                                 ": an earlier write failed (" + failure +
                                                 "). Look after the disk, then close the store and open it "
                                                 "again: what was acknowledged is in its log.");
}

/// Debian's RocksDB is built with assertions, and one ends the process when a log is written whose last write
/// failed: so there is no second one.
Error Store::Impl::fail_writes(const rocksdb::Status& status) {
    const std::lock_guard lock(failure_mutex);
    if (!failed.load()) failure = status.ToString();
    failed.store(true, std::memory_order_release);
    return write_error(status);
}

/// A partition or range deletion is no part of a counter's own key: its sum would come back with the next
/// increment. So the increment carries the deletion that covers its row. The caller holds the partition lock.
std::optional<Error> Store::Impl::cover_counters(WriteBatch::Impl& batch) {
    for (const auto& counter : batch.counters) {
        if (!counter.state->has(may_have_partition_deletions | may_have_range_deletions)) continue;
        const PartitionKey partition{counter.token, as_bytes(counter.partition_key)};
        const BytesView clustering = as_bytes(counter.clustering);
        const std::uint32_t object = counter.state->object.load(std::memory_order_acquire);
        Deletion deletion;
        if (auto error =
                find_deletion(*counter.state, object, partition, counter.is_static ? nullptr : &clustering,
                              rocksdb::ReadOptions(), deletion)) {
            return error;
        }
        if (!deletion.exists()) continue;
        make_key(batch.key, object, partition, counter.is_static ? KeyKind::static_row : KeyKind::row);
        batch.key.append(counter.clustering);
        RawRow row;
        row.deletion = deletion;
        batch.value.clear();
        encode_row(row, batch.value);
        batch.batch.Merge(batch.key, batch.value);
    }
    return std::nullopt;
}

/// The new objects are on the disk before rows of the old ones may go: a power cut must not leave a table
/// that is neither truncated nor whole.
std::optional<Error> Store::Impl::change_objects(WriteBatch::Impl& batch) {
    const std::lock_guard lock(tables_mutex);
    struct Change {
        StoredTable::State* state;
        std::uint32_t from, to;
    };
    std::vector<Change> changes;
    for (const auto& state : batch.truncated) {
        const std::uint32_t object = next_object++;
        changes.push_back({state.get(), state->object.load(), object});
        put_object(batch.batch, state->id, object);
        batch.batch.Put(dropped_key(changes.back().from), rocksdb::Slice());
    }
    for (const auto& state : batch.dropped) {
        changes.push_back({state.get(), state->object.load(), 0});
        batch.batch.Delete(object_key(state->id));
        batch.batch.Put(dropped_key(changes.back().from), rocksdb::Slice());
    }
    if (auto error = commit(batch, true)) return error;
    for (const auto& [state, from, to] : changes) {
        if (to == 0) {
            tables.erase(state->id);
            objects.erase(state->id);
        } else {
            rules->set_grace(to, state->gc_grace.load());
            state->object.store(to, std::memory_order_release);
            objects[state->id] = to;
        }
        forget_object(from);
    }
    return std::nullopt;
}

/// Compactions leave out the object's rows from now on; whole files of them go at once.
void Store::Impl::forget_object(std::uint32_t object) {
    rules->drop(object);
    std::string first;
    std::string last;
    append_object(first, object);
    append_object(last, object + 1);
    const rocksdb::Slice begin(first);
    const rocksdb::Slice end(last);
    // Only saves space; a failure is no reason to fail the statement.
    rocksdb::DeleteFilesInRange(db.get(), db->DefaultColumnFamily(), &begin, &end, false)
        .PermitUncheckedError();
}

std::variant<std::shared_ptr<StoredTable::State>, Error> Store::Impl::state_of(std::uint32_t id,
                                                                               std::int64_t gc_grace) {
    const std::lock_guard lock(tables_mutex);
    auto& state = tables[id];
    if (state == nullptr) {
        auto made = std::make_shared<StoredTable::State>();
        made->id = id;
        if (const auto known = objects.find(id); known != objects.end()) {
            made->object = known->second;
        } else {
            WriteBatch::Impl batch;
            made->object = next_object++;
            put_object(batch.batch, id, made->object);
            if (auto error = commit(batch, options.sync == SyncMode::always)) {
                tables.erase(id);
                return *error;
            }
            objects[id] = made->object;
        }
        if (const auto flags = stored_flags.find(id); flags != stored_flags.end()) {
            made->flags = made->stored_flags = flags->second;
        }
        state = std::move(made);
    }
    state->gc_grace.store(gc_grace);
    rules->set_grace(state->object.load(), gc_grace);
    return state;
}

}  // namespace coodie::embedded::storage
