// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/chunk.hpp"

#include <utility>

namespace coodie::native {

Chunk ChunkPool::take(std::size_t capacity) {
    for (Chunk& kept : kept_)
        if (kept.capacity >= capacity && kept.unique()) return std::exchange(kept, Chunk{});
    return Chunk::allocate(capacity);
}

void ChunkPool::keep(Chunk chunk) noexcept {
    for (Chunk& kept : kept_) {
        if (kept.bytes) continue;
        kept = std::move(chunk);
        return;
    }
    kept_[oldest_] = std::move(chunk);
    oldest_ = (oldest_ + 1) % kept_.size();
}

}  // namespace coodie::native
