// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/disk_space.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace coodie::embedded::storage {

namespace {

constexpr std::uint64_t log_ahead = 1U << 20U;
/// The MANIFEST gets small records from threads that must not wait, too.
constexpr std::uint64_t manifest_ahead = 64U << 10U;
constexpr std::chrono::milliseconds look_again{20};

/// More than a batch takes in the log: per block of 32 KiB a header of 7 bytes and up to 6 unused ones.
std::uint64_t bytes_in_log(std::size_t batch_bytes) noexcept {
    return batch_bytes + (batch_bytes / 32000 + 2) * 16;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
bool is_log(std::string_view path) { return path.ends_with(".log"); }
bool is_manifest(std::string_view path) { return file_name(path).starts_with("MANIFEST-"); }

/// A table, the MANIFEST, or a small file.
class WaitingFile final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    WaitingFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::shared_ptr<DiskSpace> space,
                std::uint64_t ahead)
        : FSWritableFileOwnerWrapper(std::move(file)),
          space_(std::move(space)),
          room_(*target()),
          ahead_(ahead) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
        make_room(data.size());
        return done(data.size(), FSWritableFileWrapper::Append(data, options, debug));
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo& verification,
                             rocksdb::IODebugContext* debug) override {
        make_room(data.size());
        return done(data.size(), FSWritableFileWrapper::Append(data, options, verification, debug));
    }
    void PrepareWrite(std::size_t, std::size_t, const rocksdb::IOOptions&,
                      rocksdb::IODebugContext*) override {}
    rocksdb::IOStatus Close(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
        if (ahead_ > 0) room_.trim();
        return FSWritableFileWrapper::Close(options, debug);
    }

private:
    /// Without room the write that follows says so.
    void make_room(std::size_t bytes) {
        while (!room_.make_room(room_.size() + bytes, ahead_) && space_->wait_for_space()) {
        }
    }
    rocksdb::IOStatus done(std::size_t bytes, rocksdb::IOStatus status) {
        if (status.ok()) room_.appended(bytes);
        return status;
    }

    std::shared_ptr<DiskSpace> space_;
    RoomyFile room_;
    std::uint64_t ahead_;
};

class LogFile final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    LogFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::shared_ptr<DiskSpace> space)
        : FSWritableFileOwnerWrapper(std::move(file)),
          space_(std::move(space)),
          room_(std::make_shared<RoomyFile>(*target())) {
        space_->log_opened(room_);
    }
    ~LogFile() override { space_->log_closed(*room_); }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
        return done(data.size(), FSWritableFileWrapper::Append(data, options, debug));
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo& verification,
                             rocksdb::IODebugContext* debug) override {
        return done(data.size(), FSWritableFileWrapper::Append(data, options, verification, debug));
    }
    void PrepareWrite(std::size_t, std::size_t, const rocksdb::IOOptions&,
                      rocksdb::IODebugContext*) override {}
    rocksdb::IOStatus Close(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
        space_->log_closed(*room_);
        room_->trim();
        return FSWritableFileWrapper::Close(options, debug);
    }

private:
    rocksdb::IOStatus done(std::size_t bytes, rocksdb::IOStatus status) {
        if (status.ok()) space_->log_appended(*room_, bytes);
        return status;
    }

    std::shared_ptr<DiskSpace> space_;
    std::shared_ptr<RoomyFile> room_;
};

class SpaceFileSystem final : public rocksdb::FileSystemWrapper {
public:
    explicit SpaceFileSystem(std::shared_ptr<DiskSpace> space)
        : FileSystemWrapper(rocksdb::FileSystem::Default()), space_(std::move(space)) {}
    const char* Name() const override { return "coodie"; }

    rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override {
        rocksdb::IOStatus status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
        while (status.IsNoSpace() && !is_log(path) && space_->wait_for_space())
            status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
        if (!status.ok()) return status;
        if (is_log(path))
            *result = std::make_unique<LogFile>(std::move(*result), space_);
        else
            *result = std::make_unique<WaitingFile>(std::move(*result), space_,
                                                    is_manifest(path) ? manifest_ahead : 0);
        return status;
    }

private:
    std::shared_ptr<DiskSpace> space_;
};

}  // namespace

bool RoomyFile::allocate(std::uint64_t end) {
    const auto status = file_.Allocate(allocated_, end - allocated_, rocksdb::IOOptions(), nullptr);
    if (status.IsNoSpace()) return false;
    if (status.ok())
        allocated_ = end;
    else
        unlimited_ = true;
    return true;
}

bool RoomyFile::make_room(std::uint64_t end, std::uint64_t ahead) {
    if (unlimited_ || end + ahead / 2 <= allocated_) return true;
    return allocate(end + ahead) || end <= allocated_ || allocate(end);
}

void RoomyFile::trim() {
    if (allocated_ <= size_) return;
    file_.Truncate(size_, rocksdb::IOOptions(), nullptr).PermitUncheckedError();
    allocated_ = size_;
}

DiskSpace::Reservation::Reservation(DiskSpace& space, std::size_t batch_bytes)
    : space_(space), bytes_(bytes_in_log(batch_bytes)) {
    const std::lock_guard lock(space_.mutex_);
    RoomyFile* const log = space_.log_.get();
    made_ = log == nullptr || log->make_room(log->size() + space_.reserved_ + bytes_, log_ahead);
    if (made_) space_.reserved_ += bytes_;
}

DiskSpace::Reservation::~Reservation() {
    if (!made_) return;
    const std::lock_guard lock(space_.mutex_);
    space_.reserved_ -= bytes_;
}

/// The room of writes that are on their way moves to the new log.
void DiskSpace::log_opened(const std::shared_ptr<RoomyFile>& log) {
    const std::lock_guard lock(mutex_);
    if (!log->make_room(reserved_, log_ahead) && log_ != nullptr) {
        log_->trim();
        log->make_room(reserved_, log_ahead);
    }
    log_ = log;
}

void DiskSpace::log_appended(RoomyFile& log, std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    log.appended(bytes);
}

void DiskSpace::log_closed(const RoomyFile& log) {
    const std::lock_guard lock(mutex_);
    if (log_.get() == &log) log_.reset();
}

void DiskSpace::stop_waiting() noexcept {
    const std::lock_guard lock(mutex_);
    waits_.store(false);
    wake_.notify_all();
}

bool DiskSpace::wait_for_space() {
    std::unique_lock lock(mutex_);
    if (!waits_.load()) return false;
    ++waiting_;
    wake_.wait_for(lock, look_again);
    --waiting_;
    return waits_.load();
}

std::unique_ptr<rocksdb::Env> make_environment(const std::shared_ptr<DiskSpace>& space) {
    return rocksdb::NewCompositeEnv(std::make_shared<SpaceFileSystem>(space));
}

}  // namespace coodie::embedded::storage
