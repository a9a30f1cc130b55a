// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace coodie::aio::detail {

/// Memory for the one thing that an object posts to an executor, inside the object.
struct PostRoom {
    alignas(std::max_align_t) std::byte bytes[64];
};

/// Gives out a PostRoom, once at a time; what does not fit comes from the heap. Whoever posts sees that the
/// room lives until what was posted is taken off the queue.
template <class T>
class PostAllocator {
public:
    using value_type = T;

    explicit PostAllocator(PostRoom& room) noexcept : room_(&room) {}
    template <class U>
    explicit(false) PostAllocator(const PostAllocator<U>& other) noexcept : room_(other.room()) {}

    [[nodiscard]] T* allocate(std::size_t count) const {
        if (count * sizeof(T) > sizeof(PostRoom) || alignof(T) > alignof(PostRoom))
            return std::allocator<T>().allocate(count);
        return reinterpret_cast<T*>(room_->bytes);
    }
    void deallocate(T* memory, std::size_t count) const noexcept {
        if (static_cast<void*>(memory) != room_->bytes) std::allocator<T>().deallocate(memory, count);
    }

    [[nodiscard]] PostRoom* room() const noexcept { return room_; }
    friend bool operator==(const PostAllocator&, const PostAllocator&) = default;

private:
    PostRoom* room_;
};

}  // namespace coodie::aio::detail
