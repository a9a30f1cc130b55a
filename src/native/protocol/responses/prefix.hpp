// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coodie::native {

/// What may come before any message (v5 specification, section 4): tracing id, warnings, custom payload, in
/// this order.
struct ResponsePrefix {
    std::optional<uuid> tracing_id;
    std::vector<std::string> warnings;
    BytesMap custom_payload;
};

/// @param flags of the header.
[[nodiscard]] ResponsePrefix read_prefix(WireReader& reader, std::uint8_t flags);

}  // namespace coodie::native
