// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/locks.hpp"

#include <algorithm>

namespace coodie::embedded::storage {

PartitionLocks::Guard::~Guard() {
    for (std::mutex* mutex : held_) mutex->unlock();
}

PartitionLocks::Guard& PartitionLocks::Guard::operator=(Guard&& other) noexcept {
    std::swap(held_, other.held_);
    return *this;
}

PartitionLocks::Guard PartitionLocks::lock(std::span<const Target> targets) {
    std::vector<std::mutex*> wanted;
    wanted.reserve(targets.size());
    for (const Target& target : targets) {
        // Tokens are hashes already; the table spreads equal tokens of different tables.
        const auto mixed =
            static_cast<std::uint64_t>(target.token) + std::uint64_t{target.table} * 0x9E37'79B9U;
        wanted.push_back(&mutexes_[mixed % stripes]);
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    Guard guard;
    guard.held_.reserve(wanted.size());
    for (std::mutex* mutex : wanted) {
        mutex->lock();
        guard.held_.push_back(mutex);
    }
    return guard;
}

}  // namespace coodie::embedded::storage
