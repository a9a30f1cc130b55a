// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/folder_state.hpp"

#include <coodie/types/error.hpp>

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace coodie::embedded::storage {

/// A store's folder: held by one process at a time, and checked before and after use. RocksDB notices damage
/// inside tables and most damage in logs; what it would take for a log's end, or not look at, is noticed
/// here:
///
/// - COODIE, a small text file with a checksum of its own, names every other file with size and, unless it is
/// a table,
///   checksum, as it was when the store was last closed; while the store is open, those that never change.
/// - Each record of the logs (write-ahead log and MANIFEST) is checked. A log may end in the middle of a
/// record, as
///   kill -9 leaves it, but not with one whose length was changed.
class Folder {
public:
    /// Makes the folder when missing, locks it, checks its files.
    /// @return ErrorKind::connection naming the folder and the process that holds it, or the file that is
    /// damaged.
    static std::variant<std::unique_ptr<Folder>, Error> open(const std::string& path);
    /// Unlocks.
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// No database has been there yet.
    [[nodiscard]] bool is_new() const noexcept { return new_; }
    /// RocksDB has opened the folder.
    std::optional<Error> mark_open();
    /// Everything that RocksDB has written to its logs is on the disk when it returns. Not DB::SyncWAL:
    /// Debian's RocksDB is built with assertions, and one ends the process when a log is synced whose last
    /// write failed (a full disk). Any thread.
    std::optional<Error> sync_logs();
    /// RocksDB has closed it.
    std::optional<Error> mark_closed();

private:
    explicit Folder(std::string path) : path_(std::move(path)) {}
    std::optional<Error> lock();
    std::optional<Error> check();
    std::optional<Error> write_state(FolderState::Phase phase);

    std::string path_;
    int lock_ = -1;
    bool new_ = false;
};

}  // namespace coodie::embedded::storage
