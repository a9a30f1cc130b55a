// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/result.hpp>

#include <cstddef>
#include <cstdint>

namespace coodie::native {

/// Bits of the flags of column metadata (v5 specification, section 4.2.5.2).
namespace metadata_flag {
inline constexpr std::uint32_t global_table_spec = 0x0001;
inline constexpr std::uint32_t has_more_pages = 0x0002;
inline constexpr std::uint32_t no_metadata = 0x0004;
inline constexpr std::uint32_t metadata_changed = 0x0008;
}  // namespace metadata_flag

/// The most columns (or parameters) of one statement that are accepted; Cassandra counts bound values in 16
/// bits.
inline constexpr std::size_t max_columns = 65535;

/// Reads `[<global_table_spec>] <col_spec_1> ... <col_spec_n>`.
/// @param count as WireReader::read_count(0 or more bytes) gave it; not yet checked against the bytes that
/// remain.
[[nodiscard]] ColumnSpecs read_column_specs(WireReader& reader, std::uint32_t flags, std::size_t count);

}  // namespace coodie::native
