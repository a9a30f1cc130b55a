// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"
#include "embedded/storage/row.hpp"
#include "embedded/storage/write_batch.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace coodie::embedded::storage {

// Keys in RocksDB, all big-endian, so that bytes sort as CQL does:
//
//     row data       object [4] token [8, sign flipped] key length [2] key  kind [1]  clustering form | range
//     bounds index entry    object [4] value form  token [8] key length [2] key  clustering form records
//     object 0 [4] letter [1] ...
//
// An object is a table's or index's rows between two truncations; its number is never used again.

enum class KeyKind : std::uint8_t {
    partition_deletion = 0,
    static_row = 1,
    range_deletion = 2,
    row = 3,
    end = 4,  ///< no key has it: behind all of a partition
};

inline constexpr std::size_t object_size = 4;
inline constexpr std::size_t token_size = 8;
inline constexpr std::size_t largest_partition_key = 0xFFFF;

void append_object(std::string& out, std::uint32_t object);
void append_token(std::string& out, std::int64_t token);
/// Token, key length and key.
void append_partition(std::string& out, const PartitionKey& partition);

/// Replaces `out` with all that comes before a clustering key.
void make_key(std::string& out, std::uint32_t object, const PartitionKey& partition, KeyKind kind);
/// Replaces `out`.
void make_range_key(std::string& out, std::uint32_t object, const PartitionKey& partition,
                    const ClusteringRange& range);

/// A key of row data, taken apart. Borrows.
struct ParsedKey {
    PartitionKey partition;
    KeyKind kind = KeyKind::row;
    std::string_view prefix;  ///< up to the kind, excluding it
    BytesView rest;           ///< behind the kind
};
/// False when the key is none.
bool parse_key(std::string_view key, ParsedKey& out);

/// Reads what `append_partition` wrote from the front of `bytes`.
bool take_partition(BytesView& bytes, PartitionKey& out);
/// Reads the bounds behind KeyKind::range_deletion. Replaces `out`.
bool parse_range(BytesView rest, ClusteringRange& out);

// Records, all under object 0.
std::string catalog_key(std::string_view name);
std::string object_key(std::uint32_t id);       ///< value: the object's number, 4 bytes
std::string dropped_key(std::uint32_t object);  ///< the object's rows may go
std::string flag_key(std::uint32_t id, std::uint8_t flag);
std::string record_prefix(char letter);
inline constexpr char catalog_letter = 'c';
inline constexpr char object_letter = 'o';
inline constexpr char dropped_letter = 'd';
inline constexpr char flag_letter = 'f';

std::uint32_t object_at(std::string_view key, std::size_t at) noexcept;

}  // namespace coodie::embedded::storage
