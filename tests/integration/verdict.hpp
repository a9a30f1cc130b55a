// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "load.hpp"

#include <cstddef>
#include <string>

namespace integration {

/// Holds a load that has ended to what must be true whatever happened to the nodes: each request ended once
/// and within `limit`; what was acknowledged is there; nobody got a row of another's; nothing that is not
/// idempotent was done twice. Reads with QUORUM through the connection of that name.
void expect_all_kept(const Load& load, std::string_view connection, const std::string& keyspace,
                     std::chrono::milliseconds limit);

/// What this process holds: open file descriptors, bytes that malloc has given out (0 under sanitizers, which
/// have their own ways to find leaks).
struct Holdings {
    std::ptrdiff_t descriptors = 0;
    std::ptrdiff_t heap_bytes = 0;
    [[nodiscard]] static Holdings now();
};

}  // namespace integration
