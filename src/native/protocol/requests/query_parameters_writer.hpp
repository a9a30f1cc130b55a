// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/requests/envelope_builder.hpp"
#include "native/protocol/requests/query_parameters.hpp"
#include "native/protocol/version.hpp"
#include "native/protocol/wire_writer.hpp"

#include <cstddef>
#include <cstdint>

namespace coodie::native {

/// Bits of the flags of QUERY, EXECUTE and BATCH (v5 specification, section 4.1.4).
namespace query_flag {
inline constexpr std::uint32_t values = 0x01;
inline constexpr std::uint32_t skip_metadata = 0x02;
inline constexpr std::uint32_t page_size = 0x04;
inline constexpr std::uint32_t paging_state = 0x08;
inline constexpr std::uint32_t serial_consistency = 0x10;
inline constexpr std::uint32_t timestamp = 0x20;
inline constexpr std::uint32_t keyspace = 0x80;  // v5
}  // namespace query_flag

/// [byte] in v4, [int] in v5.
[[nodiscard]] constexpr std::size_t query_flags_size(ProtocolVersion version) noexcept {
    return version == ProtocolVersion::v4 ? 1 : 4;
}
inline void write_query_flags(WireWriter& writer, std::uint32_t flags, ProtocolVersion version) noexcept {
    if (version == ProtocolVersion::v4) {
        writer.write_byte(static_cast<std::uint8_t>(flags));
    } else {
        writer.write_int(static_cast<std::int32_t>(flags));
    }
}

/// Which fields are sent.
[[nodiscard]] inline std::uint32_t query_flags(const QueryParameters& parameters,
                                               ProtocolVersion version) noexcept {
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

[[nodiscard]] inline std::size_t query_parameters_size(const QueryParameters& parameters, std::uint32_t flags,
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

inline void write_query_parameters(WireWriter& writer, const QueryParameters& parameters, std::uint32_t flags,
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
