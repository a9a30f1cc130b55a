// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/observer.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace coodie::native {

/// What is counted of one node's attempts. Any thread, without locks.
class NodeMetrics {
public:
    /// An attempt has ended.
    /// @param error not set: it succeeded.
    /// @param server_code of ErrorKind::server.
    void ended(std::chrono::nanoseconds duration, std::optional<ErrorKind> error,
               std::int32_t server_code) noexcept;
    /// Fills attempts, errors, timeouts and latency.
    void read(NodeCounters& counters) const noexcept;

private:
    using Count = std::atomic<std::uint64_t>;
    Count attempts_{0};
    Count errors_{0};
    Count timeouts_{0};
    std::array<Count, LatencyHistogram::bucket_count> latency_{};
};

}  // namespace coodie::native
