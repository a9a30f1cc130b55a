// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace coodie::native {

/// Bits of the flags of column metadata (v5 specification, section 4.2.5.2).
namespace metadata_flag {
inline constexpr std::uint32_t global_table_spec = 0x0001;
inline constexpr std::uint32_t has_more_pages = 0x0002;
inline constexpr std::uint32_t no_metadata = 0x0004;
inline constexpr std::uint32_t metadata_changed = 0x0008;
}  // namespace metadata_flag

/// The most columns (or parameters) of one statement that are accepted: Cassandra counts bound values in 16
/// bits.
inline constexpr std::size_t max_columns = 65535;

/// An [int] up to max_columns. What follows it is not checked.
[[nodiscard]] std::size_t read_column_count(WireReader& reader) noexcept;

/// Reads `[<global_table_spec>] <col_spec_1> ... <col_spec_n>`.
[[nodiscard]] ColumnSpecs read_column_specs(WireReader& reader, std::uint32_t flags, std::size_t count);

/// What RESULT Rows and RESULT Prepared tell of the columns of rows. Its views borrow from the body.
struct ResultMetadata {
    /// nullptr: not sent.
    std::shared_ptr<const ColumnSpecs> columns;
    std::uint32_t column_count = 0;
    BytesView paging_state{};
    BytesView new_metadata_id{};
};
[[nodiscard]] ResultMetadata read_result_metadata(WireReader& reader);

}  // namespace coodie::native
