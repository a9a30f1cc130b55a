// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace coodie::embedded::storage {

/// A file whose room is set aside (fallocate) before bytes go there, so that writing them cannot run out of
/// space. Where the file system cannot do that, everything counts as room.
class RoomyFile {
public:
    explicit RoomyFile(rocksdb::FSWritableFile& file) noexcept : file_(file) {}

    /// Whether there is room up to `end`; sets aside up to `ahead` bytes more, as far as there is space.
    bool make_room(std::uint64_t end, std::uint64_t ahead);
    void appended(std::uint64_t bytes) noexcept { size_ += bytes; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Gives back what is set aside and not written.
    void trim();

private:
    bool allocate(std::uint64_t end);

    rocksdb::FSWritableFile& file_;
    std::uint64_t size_ = 0;
    std::uint64_t allocated_ = 0;
    bool unlimited_ = false;
};

/// Keeps a full disk from RocksDB, which does not come back from one: a log whose write failed is never
/// written again, and DB::Resume waits forever for a flush that failed once more (7.8.3). Instead
///
/// - a write first sets aside room in the log (`Reservation`), and is refused before RocksDB hears of it;
/// - RocksDB's own threads, which write tables, wait until there is space, or until the store closes.
///
/// Any thread.
class DiskSpace {
public:
    /// Room for one write in the log, until it is written.
    class Reservation {
    public:
        Reservation(DiskSpace& space, std::size_t batch_bytes);
        ~Reservation();
        Reservation(const Reservation&) = delete;
        Reservation& operator=(const Reservation&) = delete;
        [[nodiscard]] explicit operator bool() const noexcept { return made_; }

    private:
        DiskSpace& space_;
        std::uint64_t bytes_;
        bool made_;
    };

    /// RocksDB's threads wait for space from now on; before, they get the error.
    void start_waiting() noexcept { waits_.store(true); }
    /// Nobody waits any more: the store closes.
    void stop_waiting() noexcept;
    /// Somebody waits for space.
    [[nodiscard]] bool is_short() const noexcept { return waiting_.load() > 0; }

    /// For the file system: the log that is written from now on.
    void log_opened(const std::shared_ptr<RoomyFile>& log);
    void log_appended(RoomyFile& log, std::uint64_t bytes);
    void log_closed(const RoomyFile& log);
    /// Whether to try again to make room.
    bool wait_for_space();

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::shared_ptr<RoomyFile> log_;
    std::uint64_t reserved_ = 0;
    std::atomic<int> waiting_ = 0;
    std::atomic<bool> waits_ = false;
};

/// The default environment, with files that go by `space`.
std::unique_ptr<rocksdb::Env> make_environment(const std::shared_ptr<DiskSpace>& space);

}  // namespace coodie::embedded::storage
