// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace coodie::embedded::storage {

/// Locks on partitions by hash, for writes that read first: conditional writes, index maintenance, counters.
/// Several are taken in a fixed order, so there is no deadlock as long as a thread takes all it needs at
/// once.
class PartitionLocks {
public:
    /// A table's storage id and a partition's token.
    struct Target {
        std::uint32_t table;
        std::int64_t token;
    };

    /// Holds its locks until destroyed, on the thread that took them.
    class Guard {
    public:
        Guard() = default;
        Guard(Guard&& other) noexcept : held_(std::exchange(other.held_, {})) {}
        Guard& operator=(Guard&& other) noexcept;
        ~Guard();

    private:
        friend class PartitionLocks;
        std::vector<std::mutex*> held_;
    };

    [[nodiscard]] Guard lock(std::span<const Target> targets);

private:
    static constexpr std::size_t stripes = 1024;
    std::array<std::mutex, stripes> mutexes_;
};

}  // namespace coodie::embedded::storage
