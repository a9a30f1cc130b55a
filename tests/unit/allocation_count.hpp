// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>

namespace coodie::test {

// For tests whose program is linked with allocation_count.cpp.

/// What the calling thread asked operator new for, and how often operator delete. Under Clang's
/// ThreadSanitizer malloc and free count, too. Atomic, for a compiler may take it that operator new changes
/// no variable.
extern constinit thread_local std::atomic<std::size_t> allocations;
extern constinit thread_local std::atomic<std::size_t> allocated_bytes;
extern constinit thread_local std::atomic<std::size_t> deallocations;
/// Allocations of all threads less what they freed.
extern std::atomic<std::ptrdiff_t> live_allocations;

inline void* volatile escaped = nullptr;
/// @returns `memory`. An allocation whose address nobody sees may be left out by the compiler.
template <class T>
T* seen(T* memory) noexcept {
    escaped = memory;
    return memory;
}

}  // namespace coodie::test
