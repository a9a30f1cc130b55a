// SPDX-License-Identifier: Apache-2.0
// Preloaded (LD_PRELOAD), it counts the allocations of a program and prints "allocations N" on standard error
// when the program ends. For glibc, and for programs that allocate with malloc (not Go).
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

std::atomic<unsigned long> allocations{0};
void count() { allocations.fetch_add(1, std::memory_order_relaxed); }

struct Report {
    ~Report() { std::fprintf(stderr, "allocations %lu\n", allocations.load()); }
} report;

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
    count();
    return __libc_malloc(size);
}
void* calloc(std::size_t each, std::size_t size) {
    count();
    return __libc_calloc(each, size);
}
void* realloc(void* memory, std::size_t size) {
    count();
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    count();
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    count();
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}
}
