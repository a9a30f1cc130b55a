// SPDX-License-Identifier: Apache-2.0
#include "unit/allocation_count.hpp"

#include <cstdlib>
#include <new>

namespace coodie::test {

constinit thread_local std::atomic<std::size_t> allocations = 0;
constinit thread_local std::atomic<std::size_t> allocated_bytes = 0;
constinit thread_local std::atomic<std::size_t> deallocations = 0;
std::atomic<std::ptrdiff_t> live_allocations = 0;

}  // namespace coodie::test

// Clang's ThreadSanitizer has an operator new of its own, which cannot be replaced but tells of its work.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COODIE_TEST_HOOKS
#endif
#endif

namespace {

void count_allocation(std::size_t size) noexcept {
    ++coodie::test::allocations;
    coodie::test::allocated_bytes += size;
    ++coodie::test::live_allocations;
}
void count_deallocation(const volatile void* memory) noexcept {
    if (memory == nullptr) return;
    ++coodie::test::deallocations;
    --coodie::test::live_allocations;
}

}  // namespace

#ifdef COODIE_TEST_HOOKS

extern "C" void __sanitizer_malloc_hook(const volatile void*, std::size_t size) { count_allocation(size); }
extern "C" void __sanitizer_free_hook(const volatile void* memory) { count_deallocation(memory); }

#else

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {  // std::stable_sort asks for it
    count_allocation(size);
    return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
    void* const memory = operator new(size, std::nothrow);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept {
    count_deallocation(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

#endif
