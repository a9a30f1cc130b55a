// SPDX-License-Identifier: Apache-2.0
#include "native/session/recycling.hpp"

#include "unit/allocation_count.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <set>
#include <thread>
#include <vector>

namespace coodie::native {
namespace {

using coodie::test::allocations;
using coodie::test::deallocations;
using coodie::test::live_allocations;
using coodie::test::seen;

// How many a thread keeps.
constexpr std::size_t kept = address_sanitizer ? 0 : 256;

/// A type of its own for each test, for what is kept is kept for a type.
template <int Test>
struct Object {
    alignas(void*) std::array<std::byte, 200> content;
};

template <class T>
std::vector<T*> take(std::size_t count) {
    std::vector<T*> taken(count);
    for (T*& each : taken) each = seen(RecyclingAllocator<T>().allocate(1));
    return taken;
}
template <class T>
void give_back(const std::vector<T*>& taken) {
    for (T* each : taken) RecyclingAllocator<T>().deallocate(each, 1);
}
/// What `work` asks operator new for.
template <class Work>
std::size_t allocations_of(const Work& work) {
    const std::size_t before = allocations;
    work();
    return allocations - before;
}

TEST(RecyclingAllocator, GivesWhatEndedToTheNext) {
    using T = Object<0>;
    std::thread([] {
        give_back(take<T>(10));
        std::vector<T*> again(10);
        EXPECT_EQ(allocations_of([&] {
                      for (T*& each : again) each = RecyclingAllocator<T>().allocate(1);
                  }),
                  kept == 0 ? 10U : 0U);
        EXPECT_EQ(std::set<T*>(again.begin(), again.end()).size(), 10U) << "nobody's memory is another's";
        give_back(again);
    }).join();
}

TEST(RecyclingAllocator, KeepsNoMoreThanItsLimit) {
    using T = Object<1>;
    std::thread([] {
        const std::vector<T*> many = take<T>(kept + 50);
        const std::size_t before = deallocations;
        give_back(many);
        EXPECT_EQ(deallocations - before, 50U);
    }).join();
}

TEST(RecyclingAllocator, MemoryMayEndOnAnotherThread) {
    using T = Object<2>;
    const std::ptrdiff_t before = live_allocations;
    std::thread([] {
        std::vector<T*> taken;
        std::thread([&] { taken = take<T>(10); }).join();
        give_back(taken);
        const std::vector<T*> here = take<T>(10);
        const std::set<T*> reused(here.begin(), here.end());
        EXPECT_EQ(reused == std::set<T*>(taken.begin(), taken.end()), kept > 0);
        give_back(here);
    }).join();
    EXPECT_EQ(live_allocations, before) << "a thread that ends leaves nothing";
}

TEST(RecyclingAllocator, ArraysAreNotKept) {
    using T = Object<3>;
    std::thread([] {
        RecyclingAllocator<T> allocator;
        T* const array = seen(allocator.allocate(3));
        const std::size_t before = deallocations;
        allocator.deallocate(array, 3);
        EXPECT_EQ(deallocations - before, 1U);
    }).join();
}

// A destructor of the thread that runs after what the thread kept was freed.
TEST(RecyclingAllocator, MemoryMayEndAfterTheThreadsOwn) {
    using T = Object<4>;
    struct Last {
        T* memory = nullptr;
        ~Last() {
            if (memory == nullptr) return;
            T* const another = RecyclingAllocator<T>().allocate(1);
            give_back<T>({memory, another});
        }
    };
    const std::ptrdiff_t before = live_allocations;
    std::thread([] {
        thread_local Last last;  // made first, so that it is destroyed last
        last.memory = nullptr;
        give_back(take<T>(10));
        last.memory = RecyclingAllocator<T>().allocate(1);
    }).join();
    EXPECT_EQ(live_allocations, before);
}

}  // namespace
}  // namespace coodie::native
