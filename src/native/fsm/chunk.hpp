// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/sanitizer.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

namespace coodie::native {

/// Memory for received bytes, not initialised. Messages are views into it, and each holds a reference.
struct Chunk {
    std::shared_ptr<std::byte[]> bytes;
    std::size_t capacity = 0;

    [[nodiscard]] static Chunk allocate(std::size_t capacity) {
        return {std::make_shared_for_overwrite<std::byte[]>(capacity), capacity};
    }
    [[nodiscard]] std::byte* data() const noexcept { return bytes.get(); }

    /// True when no message holds it any more: it may be written from the start. Nobody else can take a new
    /// reference then, since only this one is left to copy.
    [[nodiscard]] bool unique() const noexcept {
        if (bytes.use_count() != 1) return false;
        // use_count() orders nothing: what others read before they let go has to come before what is written
        // now.
        if constexpr (thread_sanitizer) {  // which does not know fences
            [[maybe_unused]] const auto acquire = bytes;
        } else {
            std::atomic_thread_fence(std::memory_order_acquire);
        }
        return true;
    }
};

/// Keeps the last few chunks, so that one which a slow reader of rows gave back is used again.
class ChunkPool {
public:
    /// @returns a chunk of at least `capacity` bytes that nobody else holds.
    [[nodiscard]] Chunk take(std::size_t capacity);
    /// Somebody may still hold it. Of more than two, the one kept longest is let go.
    void keep(Chunk chunk) noexcept;

private:
    std::array<Chunk, 2> kept_;
    std::size_t oldest_ = 0;
};

}  // namespace coodie::native
