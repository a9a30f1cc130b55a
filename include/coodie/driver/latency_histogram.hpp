// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace coodie {

/// How many durations fell into which of its buckets. The buckets grow with what they hold: one microsecond
/// each up to 8, from there four to each power of two, so that a bucket is at most a quarter as wide as the
/// durations in it are long. The last one holds everything from 117 s.
struct LatencyHistogram {
    static constexpr std::size_t bucket_count = 104;

    std::array<std::uint64_t, bucket_count> counts{};

    /// The bucket of a duration; negative ones count as 0.
    [[nodiscard]] static std::size_t bucket_of(std::chrono::microseconds duration) noexcept;
    /// The longest duration of a bucket; of the last one, too, where it would go on.
    /// @param bucket below bucket_count.
    [[nodiscard]] static std::chrono::microseconds longest_of(std::size_t bucket) noexcept;

    [[nodiscard]] std::uint64_t total() const noexcept;
    /// What `percent` of the durations did not exceed, rounded up to the longest of its bucket: at most a
    /// quarter too long. 0 when there are none.
    /// @param percent 0 (the shortest) to 100 (the longest); what is beyond counts as these.
    [[nodiscard]] std::chrono::microseconds percentile(double percent) const noexcept;
};

}  // namespace coodie
