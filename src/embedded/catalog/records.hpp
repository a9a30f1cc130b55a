// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// The catalog as named records. Names: "keyspace/ks", "table/ks/t", "type/ks/t" and "storage_ids".
/// Bytes: a format number, then the fields in a fixed order; integers big-endian, text and lists with a
/// 32-bit length.
namespace coodie::embedded {

std::string keyspace_record_name(std::string_view keyspace);
std::string table_record_name(std::string_view keyspace, std::string_view table);
std::string type_record_name(std::string_view keyspace, std::string_view type);
inline constexpr std::string_view storage_ids_record_name = "storage_ids";

/// Without its tables and types, which have records of their own.
Bytes write_record(const Keyspace& keyspace);
Bytes write_record(const Table& table);
Bytes write_record(const UserType& type);
Bytes write_storage_ids_record(std::uint32_t next_storage_id);

}  // namespace coodie::embedded
