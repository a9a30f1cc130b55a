// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/sanitizer.hpp"

#include <cstddef>
#include <memory>
#include <new>

namespace coodie::native {

/// Allocates single objects of one type, for std::allocate_shared: a thread keeps the memory of those that
/// ended on it for its next ones. malloc keeps only a few of a size at hand, and requests are large and many
/// at a time. Any thread; memory may be freed on another thread than it was allocated on. Under
/// AddressSanitizer it keeps nothing, so that a use after the end is seen.
template <class T>
class RecyclingAllocator {
public:
    using value_type = T;

    RecyclingAllocator() = default;
    template <class U>
    explicit RecyclingAllocator(const RecyclingAllocator<U>&) noexcept {}

    [[nodiscard]] T* allocate(std::size_t count) {
        Kept& kept = kept_of_thread();
        if (count != 1 || kept.first == nullptr) return std::allocator<T>().allocate(count);
        Block* block = kept.first;
        kept.first = block->next;
        --kept.count;
        return reinterpret_cast<T*>(block);
    }
    void deallocate(T* memory, std::size_t count) noexcept {
        Kept& kept = kept_of_thread();
        if (count != 1 || kept.count >= kept.most) return std::allocator<T>().deallocate(memory, count);
        kept.first = new (static_cast<void*>(memory)) Block{kept.first};
        ++kept.count;
    }

    friend bool operator==(const RecyclingAllocator&, const RecyclingAllocator&) noexcept { return true; }

private:
    struct Block {
        Block* next;
    };
    static_assert(sizeof(T) >= sizeof(Block) && alignof(T) >= alignof(Block));

    static constexpr std::size_t most_kept = address_sanitizer ? 0 : 256;

    struct Kept {
        Block* first = nullptr;
        std::size_t count = 0;
        std::size_t most = most_kept;
    };
    /// Frees what is kept when the thread ends; afterwards nothing is kept any more.
    struct Emptier {
        Kept* kept;
        ~Emptier() {
            kept->most = 0;
            while (kept->first != nullptr) {
                Block* block = kept->first;
                kept->first = block->next;
                std::allocator<T>().deallocate(reinterpret_cast<T*>(block), 1);
            }
        }
    };
    /// Trivially destructible, so that it outlives every destructor of the thread.
    static Kept& kept_of_thread() noexcept {
        constinit thread_local Kept kept;
        thread_local const Emptier emptier{&kept};
        static_cast<void>(emptier);
        return kept;
    }
};

}  // namespace coodie::native
