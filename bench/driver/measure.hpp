// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace coodie_bench {

using Clock = std::chrono::steady_clock;

/// What one run is to do, from the command line.
struct Task {
    std::string url;
    std::string mode;
    std::string operation;
    std::size_t in_flight = 1;
    std::size_t count = 0;    ///< operations; rows for "page"
    std::size_t warm_up = 0;  ///< operations before the measurement; 0: none
};

/// How long each operation took (a page for "page").
using Latencies = std::vector<Clock::duration>;

/// CPU time of the whole process and time on the clock, from construction on.
class Measurement {
public:
    Measurement();
    /// Prints the report line of bench/README.md on standard output.
    void report(const Task& task, std::size_t count, Latencies latencies) const;

private:
    double cpu_microseconds_;
    double system_microseconds_;
    Clock::time_point start_;
};

}  // namespace coodie_bench
