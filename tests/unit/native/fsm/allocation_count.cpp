// SPDX-License-Identifier: Apache-2.0
#include "unit/native/fsm/allocation_count.hpp"

#include <cstdlib>
#include <new>

namespace coodie::native::test {

std::atomic<std::size_t> allocations = 0;
std::atomic<std::size_t> allocated_bytes = 0;

}  // namespace coodie::native::test

void* operator new(std::size_t size) {
    ++coodie::native::test::allocations;
    coodie::native::test::allocated_bytes += size;
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
