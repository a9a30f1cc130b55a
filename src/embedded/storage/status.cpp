// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/store_impl.hpp"

#include <cerrno>
#include <cstring>

namespace coodie::embedded::storage {

Error status_error(const std::string& where, const char* tried, std::int32_t code,
                   const rocksdb::Status& status) {
    const std::string what = std::string(tried) + " the store in " + where + ": ";
    if (status.IsCorruption()) {
        return {ErrorKind::connection,
                what + "damaged file: " + status.ToString() + ". Restore the folder from a backup."};
    }
    const std::string text = status.ToString();
    // Behind a failed flush RocksDB only passes on the text.
    if (status.IsNoSpace() || text.find(std::strerror(ENOSPC)) != std::string::npos) {
        return {code, what + "the disk is full: " + text + ". Make room and try again."};
    }
    return {code, what + text};
}

std::string Store::Impl::where() const { return in_memory() ? "memory:" : "folder " + options.folder; }

Error Store::Impl::read_error(const rocksdb::Status& status) const {
    return status_error(where(), "cannot read", server_code::read_failure, status);
}

Error Store::Impl::write_error(const rocksdb::Status& status) const {
    return status_error(where(), "cannot write to", server_code::write_failure, status);
}

Error Store::Impl::damaged_row(std::string_view key) const {
    return read_error(rocksdb::Status::Corruption("the bytes of a row are damaged; key",
                                                  rocksdb::Slice(key).ToString(true)));
}

}  // namespace coodie::embedded::storage
