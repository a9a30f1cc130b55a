// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/envelope.hpp"

#include <cstdint>

namespace coodie::native {

/// The first [int] of a RESULT (v5 specification, section 4.2.5).
enum class ResultKind : std::int32_t {
    void_ = 1,
    rows = 2,
    set_keyspace = 3,
    prepared = 4,
    schema_change = 5
};

/// Flags of a response whose body does not start with the message itself.
inline constexpr std::uint8_t prefix_flags =
    envelope_flag::tracing | envelope_flag::warning | envelope_flag::custom_payload;

}  // namespace coodie::native
