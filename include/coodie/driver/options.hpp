// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// Consistency levels with their protocol numbers (v4 specification, section 3). The embedded engine accepts
/// all of them and behaves as one replica does.
enum class Consistency : std::uint16_t {
    any = 0x0000,
    one = 0x0001,
    two = 0x0002,
    three = 0x0003,
    quorum = 0x0004,
    all = 0x0005,
    local_quorum = 0x0006,
    each_quorum = 0x0007,
    serial = 0x0008,
    local_serial = 0x0009,
    local_one = 0x000A,
};

/// Microseconds since 1970, as `USING TIMESTAMP` takes them.
using WriteTime = std::chrono::sys_time<std::chrono::microseconds>;

/// How one statement is executed. Everything is optional: what is not set is the driver's default.
/// (TTL and timestamp of a write are not here: they are bound values of the statement, semantics rule 12.)
struct ExecutionOptions {
    std::optional<Consistency> consistency{};
    std::optional<Consistency> serial_consistency{};
    std::optional<std::chrono::milliseconds> timeout{};
    /// Rows per page, > 0; not set: the driver's default (5000). 0: no paging, everything at once.
    std::optional<std::int32_t> page_size{};
    /// Whether the statement may be sent twice (semantics rule 15).
    bool idempotent{};
    /// Whether the cluster records how it executed the statement: Result::tracing_id(). Costs it several
    /// writes.
    bool tracing{};
};

}  // namespace coodie
