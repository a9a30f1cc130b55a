// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>

namespace coodie::native::test {

/// What operator new of the whole test program was asked for.
extern std::atomic<std::size_t> allocations;
extern std::atomic<std::size_t> allocated_bytes;

}  // namespace coodie::native::test
