// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

// Counts every operator new of the program. Include in one file of a benchmark.
namespace coodie_bench {
inline thread_local std::uint64_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++coodie_bench::allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
