// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/observer.hpp>

#include <atomic>
#include <forward_list>
#include <mutex>

namespace coodie::native {

/// The request hook and its context, replaced and read as one. Any thread.
class RequestHookSlot {
public:
    /// @param watches whether there is something to do for attempts when there is no hook, too.
    explicit RequestHookSlot(bool watches) : unset_(watches ? &silent : nullptr), current_(unset_) {}

    void set(RequestHook function, void* context) {
        const std::lock_guard lock(mutex_);
        // Kept to the end: whoever has read the one before may be about to call it.
        current_.store(function == nullptr ? unset_ : &all_.emplace_front(Hook{function, context}),
                       std::memory_order_release);
    }
    [[nodiscard]] bool watches() const noexcept {
        return current_.load(std::memory_order_relaxed) != nullptr;
    }
    /// Call it without a lock.
    void tell(const AttemptReport& report) const noexcept {
        if (const Hook* hook = current_.load(std::memory_order_acquire))
            hook->function(hook->context, report);
    }

private:
    struct Hook {
        RequestHook function;
        void* context;
    };
    static constexpr Hook silent{[](void*, const AttemptReport&) noexcept {}, nullptr};

    const Hook* const unset_;
    std::atomic<const Hook*> current_;
    std::mutex mutex_;
    std::forward_list<Hook> all_;
};

}  // namespace coodie::native
