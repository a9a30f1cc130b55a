// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/latency_histogram.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace coodie {
namespace {

// Each power of two is divided into so many buckets.
constexpr unsigned part_bits = 2;
constexpr std::uint64_t parts = 1U << part_bits;

}  // namespace

std::size_t LatencyHistogram::bucket_of(std::chrono::microseconds duration) noexcept {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    if (value < parts) return static_cast<std::size_t>(value);
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - part_bits;
    const std::uint64_t bucket = shift * parts + (value >> shift);
    return std::min(static_cast<std::size_t>(bucket), bucket_count - 1);
}

std::chrono::microseconds LatencyHistogram::longest_of(std::size_t bucket) noexcept {
    if (bucket < parts) return std::chrono::microseconds(bucket);
    const std::uint64_t shift = bucket / parts - 1;
    const std::uint64_t leading = parts + bucket % parts;
    return std::chrono::microseconds(((leading + 1) << shift) - 1);
}

std::uint64_t LatencyHistogram::total() const noexcept {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::chrono::microseconds LatencyHistogram::percentile(double percent) const noexcept {
    const std::uint64_t all = total();
    if (all == 0) return {};
    const double share = percent > 0 ? std::min(percent, 100.0) / 100 : 0;  // NaN is not > 0
    const std::uint64_t rank = std::clamp(
        static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all))), std::uint64_t{1}, all);
    std::uint64_t passed = 0;
    std::size_t bucket = 0;
    while ((passed += counts[bucket]) < rank) ++bucket;
    return longest_of(bucket);
}

}  // namespace coodie
