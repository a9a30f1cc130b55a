// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/folder.hpp"

#include "embedded/storage/crc32c.hpp"
#include "embedded/storage/folder_state.hpp"
#include "embedded/storage/log_check.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace coodie::embedded::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* state_name = "COODIE";
constexpr const char* lock_name = "COODIE.lock";

Error cannot_open(const std::string& folder, const std::string& why) {
    return {ErrorKind::connection, "cannot open the store in folder " + folder + ": " + why};
}

Error damaged(const std::string& folder, const std::string& file, const std::string& how) {
    return cannot_open(folder, "damaged file " + file + ": " + how + ". Restore the folder from a backup.");
}

std::string reason() { return std::strerror(errno); }

bool is_own(const std::string& name) { return name.starts_with(state_name) || name == "LOCK"; }
bool is_table(const std::string& name) { return name.ends_with(".sst"); }
bool is_log(const std::string& name) { return name.ends_with(".log") || name.starts_with("MANIFEST-"); }
/// Written once, when RocksDB opens the folder.
bool never_changes(const std::string& name) { return name == "IDENTITY" || name.starts_with("OPTIONS-"); }

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure))
        names.push_back(entry.path().filename());
    return names;
}

std::optional<Error> check_file(const std::string& folder, const FolderState::File& file, bool may_be_gone) {
    const std::string path = folder + "/" + file.name;
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    if (failure) {
        if (may_be_gone && !fs::exists(path)) return std::nullopt;
        return damaged(folder, file.name, "it is missing");
    }
    if (size != file.size) {
        return damaged(folder, file.name,
                       std::to_string(size) + " bytes long instead of " + std::to_string(file.size));
    }
    if (!file.checksum) return std::nullopt;
    const auto contents = read_file(path);
    if (!contents || crc32c(0, *contents) != *file.checksum)
        return damaged(folder, file.name, "checksum mismatch");
    return std::nullopt;
}

std::optional<Error> check_logs(const std::string& folder) {
    for (const std::string& name : files_in(folder)) {
        if (!is_log(name)) continue;
        const auto contents = read_file(folder + "/" + name);
        if (!contents) return damaged(folder, name, "it cannot be read: " + reason());
        if (const auto wrong = check_log(*contents)) return damaged(folder, name, *wrong);
    }
    return std::nullopt;
}

}  // namespace

std::variant<std::unique_ptr<Folder>, Error> Folder::open(const std::string& path) {
    if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return cannot_open(path, "mkdir: " + reason());
    std::unique_ptr<Folder> folder(new Folder(path));
    if (auto error = folder->lock()) return *error;
    if (auto error = folder->check()) return *error;
    return folder;
}

Folder::~Folder() {
    if (lock_ >= 0) ::close(lock_);
}

std::optional<Error> Folder::lock() {
    const std::string file = path_ + "/" + lock_name;
    lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock_ < 0) return cannot_open(path_, std::string(lock_name) + ": " + reason());
    char text[32] = {};
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return cannot_open(path_, "flock: " + reason());
        const ssize_t size = ::pread(lock_, text, sizeof text - 1, 0);
        const std::string holder = size > 0 ? std::string(text, std::strcspn(text, "\n")) : "unknown";
        return cannot_open(path_,
                           "process " + holder +
                               " holds it. One process at a time can use a folder: stop that one or choose "
                               "another folder.");
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    // Only a message is made of it.
    if (::ftruncate(lock_, 0) == 0 && ::pwrite(lock_, pid.data(), pid.size(), 0) > 0) return std::nullopt;
    return cannot_open(path_, std::string(lock_name) + ": " + reason());
}

std::optional<Error> Folder::check() {
    const auto text = read_file(path_ + "/" + state_name);
    if (!text) {
        for (const std::string& name : files_in(path_)) {
            if (is_own(name)) continue;
            return cannot_open(
                path_, "it holds " + name + " but no file " + state_name +
                           ": it is no store, or a damaged one. Choose an empty folder, or restore it "
                           "from a backup.");
        }
        new_ = true;
        return write_state(FolderState::Phase::made);
    }
    const auto state = FolderState::from_text(*text);
    if (!state) return damaged(path_, state_name, "checksum mismatch");
    new_ = state->phase == FolderState::Phase::made;
    if (new_) return std::nullopt;
    const bool closed = state->phase == FolderState::Phase::closed;
    for (const FolderState::File& file : state->files) {
        const bool may_be_gone = !closed && file.name != "IDENTITY";
        if (auto error = check_file(path_, file, may_be_gone)) return error;
    }
    if (!closed) return check_logs(path_);
    // From here RocksDB changes files: a crash must not look like damage.
    return write_state(FolderState::Phase::open);
}

std::optional<Error> Folder::sync_logs() {
    for (const std::string& name : files_in(path_)) {
        if (!name.ends_with(".log")) continue;
        const int fd = ::open((path_ + "/" + name).c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0 && errno == ENOENT) continue;  // its rows are in tables by now
        const bool synced = fd >= 0 && ::fdatasync(fd) == 0;
        const std::string why = reason();
        if (fd >= 0) ::close(fd);
        if (!synced)
            return Error(server_code::write_failure, "cannot sync " + path_ + "/" + name + ": " + why);
    }
    if (sync_folder(path_)) return std::nullopt;
    return Error(server_code::write_failure, "cannot sync folder " + path_ + ": " + reason());
}

std::optional<Error> Folder::mark_open() { return write_state(FolderState::Phase::open); }

std::optional<Error> Folder::mark_closed() { return write_state(FolderState::Phase::closed); }

std::optional<Error> Folder::write_state(FolderState::Phase phase) {
    FolderState state;
    state.phase = phase;
    for (const std::string& name : files_in(path_)) {
        const bool wanted = phase == FolderState::Phase::closed ? !is_own(name) : never_changes(name);
        if (!wanted) continue;
        const std::string path = path_ + "/" + name;
        std::error_code failure;
        FolderState::File file{name, fs::file_size(path, failure), std::nullopt};
        if (failure) return cannot_open(path_, name + ": " + failure.message());
        if (!is_table(name)) {
            const auto contents = read_file(path);
            if (!contents) return cannot_open(path_, name + ": " + reason());
            file.checksum = crc32c(0, *contents);
        }
        state.files.push_back(std::move(file));
    }
    if (replace_file(path_, state_name, state.to_text())) return std::nullopt;
    return cannot_open(path_, std::string(state_name) + ": " + reason());
}

}  // namespace coodie::embedded::storage
