// SPDX-License-Identifier: Apache-2.0
#include "driver/light_mutex.hpp"

namespace coodie {

// Whoever was asleep cannot know whether others still are: it takes the mutex as an awaited one, so that its
// unlock() wakes the next.
void LightMutex::lock_contended() noexcept {
    while (state_.exchange(awaited, std::memory_order_acquire) != open)
        state_.wait(awaited, std::memory_order_relaxed);
}

}  // namespace coodie
