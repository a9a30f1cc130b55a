// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/column_metadata.hpp"

#include "native/protocol/type_option.hpp"

namespace coodie::native {
namespace {

/// A keyspace and a table sent once are copied into every column; more than this many bytes of copies are a
/// lie.
constexpr std::size_t most_copied_bytes = std::size_t{16} * 1024 * 1024;
/// An empty name and the number of a type.
constexpr std::size_t smallest_column = 4;

}  // namespace

std::size_t read_column_count(WireReader& reader) noexcept {
    const std::int32_t count = reader.read_int();
    if (count < 0) reader.fail(WireFault::negative_count);
    if (count > static_cast<std::int32_t>(max_columns)) reader.fail(WireFault::too_large);
    return reader.ok() ? static_cast<std::size_t>(count) : 0;
}

ColumnSpecs read_column_specs(WireReader& reader, std::uint32_t flags, std::size_t count) {
    const bool global = (flags & metadata_flag::global_table_spec) != 0;
    const std::string_view keyspace = global ? reader.read_string() : std::string_view();
    const std::string_view table = global ? reader.read_string() : std::string_view();
    if (count > reader.rest().size() / smallest_column) reader.fail(WireFault::truncated);
    if (count * (keyspace.size() + table.size()) > most_copied_bytes) reader.fail(WireFault::too_large);
    ColumnSpecs columns;
    if (!reader.ok()) return columns;
    columns.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        std::string own_keyspace(global ? keyspace : reader.read_string());
        std::string own_table(global ? table : reader.read_string());
        std::string name(reader.read_string());
        columns.push_back(
            {std::move(own_keyspace), std::move(own_table), std::move(name), read_type(reader)});
    }
    return columns;
}

ResultMetadata read_result_metadata(WireReader& reader) {
    ResultMetadata metadata;
    const auto flags = static_cast<std::uint32_t>(reader.read_int());
    const std::size_t count = read_column_count(reader);
    metadata.column_count = static_cast<std::uint32_t>(count);
    if ((flags & metadata_flag::has_more_pages) != 0)
        metadata.paging_state = reader.read_bytes().value_or(BytesView());
    if ((flags & metadata_flag::metadata_changed) != 0) metadata.new_metadata_id = reader.read_short_bytes();
    if ((flags & metadata_flag::no_metadata) == 0)
        metadata.columns = std::make_shared<const ColumnSpecs>(read_column_specs(reader, flags, count));
    return metadata;
}

}  // namespace coodie::native
