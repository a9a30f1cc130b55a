// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/prepared.hpp"

#include "native/protocol/responses/column_metadata.hpp"

#include <utility>

namespace coodie::native {
namespace {

Bytes to_bytes(BytesView view) { return {view.begin(), view.end()}; }

std::vector<std::uint16_t> read_routing_key(WireReader& reader, std::size_t parameter_count) {
    std::vector<std::uint16_t> positions;
    const std::size_t count = reader.read_count(2);
    positions.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint16_t position = reader.read_short();
        if (position >= parameter_count) reader.fail(WireFault::malformed);
        positions.push_back(position);
    }
    return positions;
}

}  // namespace

PreparedResult read_prepared(WireReader& reader, ProtocolVersion version) {
    PreparedResult result;
    result.id = to_bytes(reader.read_short_bytes());
    if (result.id.empty()) reader.fail(WireFault::malformed);
    if (version == ProtocolVersion::v5) result.result_metadata_id = to_bytes(reader.read_short_bytes());
    const auto flags = static_cast<std::uint32_t>(reader.read_int());
    const std::size_t count = read_column_count(reader);
    result.routing_key = read_routing_key(reader, count);
    result.parameters = read_column_specs(reader, flags, count);
    ResultMetadata metadata = read_result_metadata(reader);
    // A write has metadata of no columns.
    if (metadata.columns && !metadata.columns->empty()) result.columns = std::move(metadata.columns);
    return result;
}

}  // namespace coodie::native
