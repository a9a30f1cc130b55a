// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/keys.hpp"

#include "embedded/storage/comparable_parts.hpp"
#include "embedded/storage/row_format.hpp"

namespace coodie::embedded::storage {

namespace {

constexpr unsigned bounded = 1;
constexpr unsigned unbounded = 2;

void append_number(std::string& out, std::uint64_t value, std::size_t size) {
    char bytes[8];
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(value >> (8 * (size - 1 - i)));
    out.append(bytes, size);
}

}  // namespace

void append_object(std::string& out, std::uint32_t object) { append_number(out, object, object_size); }

void append_token(std::string& out, std::int64_t token) {
    append_number(out, static_cast<std::uint64_t>(token) ^ sign64, token_size);
}

void append_partition(std::string& out, const PartitionKey& partition) {
    append_token(out, partition.token);
    append_number(out, partition.key.size(), 2);
    out.append(as_text(partition.key));
}

void make_key(std::string& out, std::uint32_t object, const PartitionKey& partition, KeyKind kind) {
    out.clear();
    append_object(out, object);
    append_partition(out, partition);
    out.push_back(static_cast<char>(kind));
}

void make_range_key(std::string& out, std::uint32_t object, const PartitionKey& partition,
                    const ClusteringRange& range) {
    make_key(out, object, partition, KeyKind::range_deletion);
    Bytes bounds;
    append_comparable(DataType(TypeId::blob), false, range.lower, bounds);
    append_byte(bounds, range.to_end ? unbounded : bounded);
    if (!range.to_end) append_comparable(DataType(TypeId::blob), false, range.upper, bounds);
    out.append(as_text(bounds));
}

bool take_partition(BytesView& bytes, PartitionKey& out) {
    if (bytes.size() < token_size + 2) return false;
    out.token = static_cast<std::int64_t>(integer_at(bytes, 0, token_size) ^ sign64);
    const std::size_t size = integer_at(bytes, token_size, 2);
    bytes = bytes.subspan(token_size + 2);
    if (bytes.size() < size) return false;
    out.key = bytes.first(size);
    bytes = bytes.subspan(size);
    return true;
}

bool parse_key(std::string_view key, ParsedKey& out) {
    if (key.size() < object_size) return false;
    BytesView rest = as_bytes(key.substr(object_size));
    if (!take_partition(rest, out.partition) || rest.empty()) return false;
    out.prefix = key.substr(0, key.size() - rest.size());
    if (rest.front() >= static_cast<std::byte>(KeyKind::end)) return false;
    out.kind = static_cast<KeyKind>(rest.front());
    out.rest = rest.subspan(1);
    return true;
}

bool parse_range(BytesView rest, ClusteringRange& out) {
    out.lower.clear();
    out.upper.clear();
    if (!read_comparable(DataType(TypeId::blob), false, rest, out.lower) || rest.empty()) return false;
    out.to_end = rest.front() == static_cast<std::byte>(unbounded);
    if (!out.to_end && rest.front() != static_cast<std::byte>(bounded)) return false;
    rest = rest.subspan(1);
    if (!out.to_end && !read_comparable(DataType(TypeId::blob), false, rest, out.upper)) return false;
    return rest.empty();
}

std::string record_prefix(char letter) {
    std::string key;
    append_object(key, 0);
    key.push_back(letter);
    return key;
}

std::string catalog_key(std::string_view name) { return record_prefix(catalog_letter).append(name); }

std::string object_key(std::uint32_t id) {
    std::string key = record_prefix(object_letter);
    append_object(key, id);
    return key;
}

std::string dropped_key(std::uint32_t object) {
    std::string key = record_prefix(dropped_letter);
    append_object(key, object);
    return key;
}

std::string flag_key(std::uint32_t id, std::uint8_t flag) {
    std::string key = record_prefix(flag_letter);
    append_object(key, id);
    key.push_back(static_cast<char>(flag));
    return key;
}

std::uint32_t object_at(std::string_view key, std::size_t at) noexcept {
    if (key.size() < at + object_size) return 0;
    return static_cast<std::uint32_t>(integer_at(as_bytes(key), at, object_size));
}

}  // namespace coodie::embedded::storage
