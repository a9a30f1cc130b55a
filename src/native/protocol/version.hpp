// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace coodie::native {

/// The versions of the CQL native protocol that this driver speaks: v4 (Cassandra 2.2 to 5, ScyllaDB) and v5
/// (Cassandra 4 and later).
enum class ProtocolVersion : std::uint8_t { v4 = 4, v5 = 5 };

}  // namespace coodie::native
