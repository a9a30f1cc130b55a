// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/rows.hpp"

#include "native/protocol/responses/result_kind.hpp"

#include <utility>

namespace coodie::native {
namespace {

/// The [int] length that each cell has.
constexpr std::uint64_t smallest_cell = 4;
/// [int] kind of the result, flags of the metadata, number of columns.
constexpr std::size_t plain_start = 12;

/// Reads the number of rows, checks that so many can be there, and takes the rest as rows.
template <class Rows>
[[nodiscard]] WireFault read_row_area(BytesView area, std::uint32_t column_count, Rows& result) noexcept {
    if (area.size() < 4) return WireFault::truncated;
    const auto row_count = load_big<std::int32_t>(area.data());
    const BytesView rows = area.subspan(4);
    if (row_count < 0) return WireFault::negative_count;
    // Nothing bounds how often a row of no columns fits.
    if (row_count > 0 && column_count == 0) return WireFault::malformed;
    // Both factors are below 2^31 and 2^16.
    if (static_cast<std::uint64_t>(row_count) * column_count * smallest_cell > rows.size())
        return WireFault::truncated;
    result.row_count = static_cast<std::uint32_t>(row_count);
    result.rows = rows;
    return WireFault::none;
}

/// Whether these are rows of so many columns, whose metadata was not sent again.
bool starts_plain_rows(BytesView body, std::uint32_t column_count) noexcept {
    if (body.size() < plain_start) return false;
    constexpr std::uint32_t plain = metadata_flag::no_metadata;
    return load_big<std::int32_t>(body.data()) == static_cast<std::int32_t>(ResultKind::rows) &&
           (load_big<std::uint32_t>(body.data() + 4) & (plain | metadata_flag::metadata_changed)) == plain &&
           load_big<std::uint32_t>(body.data() + 8) == column_count;
}

}  // namespace

RowsResult read_rows(WireReader& reader) {
    ResultMetadata metadata = read_result_metadata(reader);
    RowsResult result{.columns = std::move(metadata.columns),
                      .column_count = metadata.column_count,
                      .paging_state = metadata.paging_state,
                      .new_metadata_id = metadata.new_metadata_id};
    if (const WireFault fault = read_row_area(reader.rest(), result.column_count, result);
        fault != WireFault::none)
        reader.fail(fault);
    return result;
}

std::optional<PlainRows> parse_plain_rows(const EnvelopeHeader& header, BytesView body,
                                          std::uint32_t column_count) noexcept {
    if (header.opcode != Opcode::result || (header.flags & prefix_flags) != 0 ||
        !starts_plain_rows(body, column_count))
        return std::nullopt;
    PlainRows result{};
    BytesView area = body.subspan(plain_start);
    if ((load_big<std::uint32_t>(body.data() + 4) & metadata_flag::has_more_pages) != 0) {
        WireReader reader(area);
        result.paging_state = reader.read_bytes().value_or(BytesView());
        area = reader.rest();  // nothing if the paging state is not whole
    }
    if (read_row_area(area, column_count, result) != WireFault::none) return std::nullopt;
    return result;
}

}  // namespace coodie::native
