// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// Which fields are sent.
[[nodiscard]] std::uint32_t query_flags(const QueryParameters& parameters, ProtocolVersion version) noexcept;
[[nodiscard]] std::size_t query_parameters_size(const QueryParameters& parameters, std::uint32_t flags,
                                                ProtocolVersion version) noexcept;
void write_query_parameters(WireWriter& writer, const QueryParameters& parameters, std::uint32_t flags,
                            ProtocolVersion version) noexcept;

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

}  // namespace coodie::native
