// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/node_metrics.hpp"

#include <cstddef>

namespace coodie::native {
namespace {

void count(std::atomic<std::uint64_t>& counter) noexcept { counter.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

void NodeMetrics::ended(std::chrono::nanoseconds duration, std::optional<ErrorKind> error,
                        std::int32_t server_code) noexcept {
    count(attempts_);
    if (error == ErrorKind::timeout) count(timeouts_);
    // Every statement is forgotten, or not known yet, at one time or another.
    const bool is_routine = error == ErrorKind::cancelled ||
                            (error == ErrorKind::server && server_code == coodie::server_code::unprepared);
    if (error && !is_routine) count(errors_);
    const bool was_answered = !error || error == ErrorKind::server;
    if (!was_answered) return;
    const auto rounded = std::chrono::duration_cast<std::chrono::microseconds>(duration);
    count(latency_[LatencyHistogram::bucket_of(rounded)]);
}

void NodeMetrics::read(NodeCounters& counters) const noexcept {
    counters.attempts = attempts_.load(std::memory_order_relaxed);
    counters.errors = errors_.load(std::memory_order_relaxed);
    counters.timeouts = timeouts_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < latency_.size(); ++i)
        counters.latency.counts[i] = latency_[i].load(std::memory_order_relaxed);
}

}  // namespace coodie::native
