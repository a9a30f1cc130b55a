// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/rows.hpp"

#include "native/protocol/responses/result_kind.hpp"

#include <utility>

namespace coodie::native {
namespace {

/// The [int] length that each cell has.
constexpr std::uint64_t smallest_cell = 4;

/// Reads the number of rows, checks that so many can be there, and takes the rest as rows.
void read_row_area(WireReader& reader, RowsResult& result) noexcept {
    const std::int32_t row_count = reader.read_int();
    if (row_count < 0) return reader.fail(WireFault::negative_count);
    // Nothing bounds how often a row of no columns fits.
    if (row_count > 0 && result.column_count == 0) return reader.fail(WireFault::malformed);
    // Both factors are below 2^31 and 2^16.
    if (static_cast<std::uint64_t>(row_count) * result.column_count * smallest_cell > reader.rest().size())
        return reader.fail(WireFault::truncated);
    result.row_count = static_cast<std::uint32_t>(row_count);
    result.rows = reader.rest();
}

}  // namespace

RowsResult read_rows(WireReader& reader) {
    ResultMetadata metadata = read_result_metadata(reader);
    RowsResult result{.columns = std::move(metadata.columns),
                      .column_count = metadata.column_count,
                      .paging_state = metadata.paging_state,
                      .new_metadata_id = metadata.new_metadata_id};
    read_row_area(reader, result);
    return result;
}

std::optional<RowsResult> parse_plain_rows(const EnvelopeHeader& header, BytesView body,
                                           std::uint32_t column_count) noexcept {
    if (header.opcode != Opcode::result || (header.flags & prefix_flags) != 0) return std::nullopt;
    WireReader reader(body);
    if (reader.read_int() != static_cast<std::int32_t>(ResultKind::rows)) return std::nullopt;
    const auto flags = static_cast<std::uint32_t>(reader.read_int());
    const auto count = static_cast<std::uint32_t>(reader.read_int());
    constexpr std::uint32_t plain = metadata_flag::no_metadata;
    if ((flags & (plain | metadata_flag::metadata_changed)) != plain || count != column_count)
        return std::nullopt;
    RowsResult result{.column_count = column_count};
    if ((flags & metadata_flag::has_more_pages) != 0)
        result.paging_state = reader.read_bytes().value_or(BytesView());
    read_row_area(reader, result);
    if (!reader.ok()) return std::nullopt;
    return result;
}

}  // namespace coodie::native
