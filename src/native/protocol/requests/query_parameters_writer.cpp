// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/query_parameters_writer.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

namespace coodie::native {

std::uint32_t query_flags(const QueryParameters& parameters, ProtocolVersion version) noexcept {
    std::uint32_t flags = 0;
    if (parameters.value_count != 0) flags |= query_flag::values;
    if (parameters.skip_metadata) flags |= query_flag::skip_metadata;
    if (parameters.page_size > 0) flags |= query_flag::page_size;
    if (!parameters.paging_state.empty()) flags |= query_flag::paging_state;
    if (parameters.serial_consistency) flags |= query_flag::serial_consistency;
    if (parameters.timestamp) flags |= query_flag::timestamp;
    if (version == ProtocolVersion::v5 && !parameters.keyspace.empty()) flags |= query_flag::keyspace;
    return flags;
}

std::size_t query_parameters_size(const QueryParameters& parameters, std::uint32_t flags,
                                  ProtocolVersion version) noexcept {
    std::size_t size = 2 + query_flags_size(version);
    if ((flags & query_flag::values) != 0) size += 2 + parameters.values.size();
    if ((flags & query_flag::page_size) != 0) size += 4;
    if ((flags & query_flag::paging_state) != 0) size += bytes_size(parameters.paging_state);
    if ((flags & query_flag::serial_consistency) != 0) size += 2;
    if ((flags & query_flag::timestamp) != 0) size += 8;
    if ((flags & query_flag::keyspace) != 0) size += string_size(parameters.keyspace);
    return size;
}

void write_query_parameters(WireWriter& writer, const QueryParameters& parameters, std::uint32_t flags,
                            ProtocolVersion version) noexcept {
    writer.write_short(static_cast<std::uint16_t>(parameters.consistency));
    write_query_flags(writer, flags, version);
    if ((flags & query_flag::values) != 0) {
        writer.write_short(parameters.value_count);
        writer.write_raw(parameters.values);
    }
    if ((flags & query_flag::page_size) != 0) writer.write_int(parameters.page_size);
    if ((flags & query_flag::paging_state) != 0) writer.write_bytes(parameters.paging_state);
    if ((flags & query_flag::serial_consistency) != 0)
        writer.write_short(static_cast<std::uint16_t>(*parameters.serial_consistency));
    if ((flags & query_flag::timestamp) != 0) writer.write_long(*parameters.timestamp);
    if ((flags & query_flag::keyspace) != 0) writer.write_string(parameters.keyspace);
}

}  // namespace coodie::native
