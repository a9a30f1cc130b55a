// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded::storage {

/// What the file COODIE says of a folder.
struct FolderState {
    enum class Phase : std::uint8_t {
        made,    ///< RocksDB has not been there yet, or nothing has been written
        open,    ///< in use, or left by a crash
        closed,  ///< left in good order
    };
    struct File {
        std::string name;
        std::uint64_t size = 0;
        std::optional<std::uint32_t> checksum;  ///< none for tables: they have their own, and may be large
    };
    Phase phase = Phase::made;
    std::vector<File> files;

    [[nodiscard]] std::string to_text() const;
    /// nullopt when a byte of it was changed.
    static std::optional<FolderState> from_text(std::string_view text);
};

/// The whole file; nullopt when it cannot be read.
std::optional<std::string> read_file(const std::string& path);
/// The names in it are on the disk when it returns true.
bool sync_folder(const std::string& folder);
/// Replaces the file in one step; on the disk when it returns true.
bool replace_file(const std::string& folder, const std::string& name, std::string_view contents);

}  // namespace coodie::embedded::storage
