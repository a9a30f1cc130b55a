// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/log_check.hpp"

#include "embedded/storage/crc32c.hpp"

#include <algorithm>
#include <cstdint>

namespace coodie::embedded::storage {

namespace {

constexpr std::size_t block_size = 32768;
constexpr std::size_t header_size = 7;  // checksum [4], length [2], type [1], little-endian
constexpr std::uint8_t last_type = 4;   // full, first, middle, last: 1 to 4
constexpr std::uint8_t compression_type = 9;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

bool all_zero(std::string_view bytes) noexcept {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

/// RocksDB stores a checksum rotated and moved, so that a checksum of checksums is one.
std::uint32_t masked(std::uint32_t crc) noexcept { return (crc >> 15U | crc << 17U) + 0xA282'EAD8U; }

/// Whether some shorter length makes the record whole: then it was not cut off, its length was changed.
bool is_whole_with_other_length(std::string_view type_and_payload, std::uint32_t stored) noexcept {
    std::uint32_t crc = crc32c(0, type_and_payload.substr(0, 1));
    if (masked(crc) == stored) return true;
    for (std::size_t i = 1; i < type_and_payload.size(); ++i) {
        crc = crc32c(crc, type_and_payload.substr(i, 1));
        if (masked(crc) == stored) return true;
    }
    return false;
}

std::string at_offset(const char* what, std::size_t offset) {
    return std::string(what) + " at byte " + std::to_string(offset);
}

}  // namespace

std::optional<std::string> check_log(std::string_view contents) {
    std::size_t at = 0;
    while (at < contents.size()) {
        const std::size_t in_block = block_size - at % block_size;
        const std::string_view rest = contents.substr(at, in_block);
        if (in_block < header_size) {
            if (!all_zero(rest)) return at_offset("bytes between blocks are not zero", at);
            at += rest.size();
            continue;
        }
        if (rest.size() < header_size) return std::nullopt;  // cut off
        const std::uint32_t stored = number_at(rest, 0, 4);
        const std::size_t length = number_at(rest, 4, 2);
        const auto type = static_cast<std::uint8_t>(rest[6]);
        if (stored == 0 && length == 0 && type == 0) {
            // Space that was set aside and never written.
            if (all_zero(contents.substr(at))) return std::nullopt;
            return at_offset("bytes behind the end of the log", at);
        }
        if (type == 0 || (type > last_type && type != compression_type))
            return at_offset("unknown record type", at);
        if (header_size + length > in_block) return at_offset("record longer than its block", at);
        if (header_size + length > rest.size()) {
            if (is_whole_with_other_length(rest.substr(6), stored))
                return at_offset("wrong record length", at);
            return std::nullopt;  // cut off
        }
        if (masked(crc32c(0, rest.substr(6, length + 1))) != stored)
            return at_offset("checksum mismatch", at);
        at += header_size + length;
    }
    return std::nullopt;
}

}  // namespace coodie::embedded::storage
