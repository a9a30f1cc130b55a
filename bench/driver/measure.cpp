// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace coodie_bench {
namespace {

double microseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

struct CpuTime {
    double total = 0;
    double in_system = 0;
};

CpuTime cpu_time() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const double in_system = microseconds(usage.ru_stime);
    return {microseconds(usage.ru_utime) + in_system, in_system};
}

// Not ru_maxrss: that survives exec and may be the peak of whoever started this.
long peak_resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    return 0;
}

// Not a whole sort: its instructions would count as the client's.
double quantile(Latencies& latencies, double share) {
    if (latencies.empty()) return 0;
    const auto at = static_cast<std::ptrdiff_t>(static_cast<double>(latencies.size() - 1) * share);
    std::nth_element(latencies.begin(), latencies.begin() + at, latencies.end());
    return std::chrono::duration<double, std::micro>(latencies[static_cast<std::size_t>(at)]).count();
}

}  // namespace

Measurement::Measurement()
    : cpu_microseconds_(cpu_time().total), system_microseconds_(cpu_time().in_system), start_(Clock::now()) {}

void Measurement::report(const Task& task, std::size_t count, Latencies latencies) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const CpuTime cpu = cpu_time();
    const auto each = static_cast<double>(count);
    const double p50 = quantile(latencies, .5);
    const double p95 = quantile(latencies, .95);
    const double p99 = quantile(latencies, .99);
    std::printf(
        "{\"client\":\"coodie-%s\",\"op\":\"%s\",\"in_flight\":%zu,\"n\":%zu,\"per_second\":%.0f,"
        "\"cpu_us\":%.3f,\"system_us\":%.3f,\"p50_us\":%.1f,\"p95_us\":%.1f,\"p99_us\":%.1f,"
        "\"peak_rss_kib\":%ld}\n",
        task.mode.c_str(), task.operation.c_str(), task.in_flight, count, each / seconds,
        (cpu.total - cpu_microseconds_) / each, (cpu.in_system - system_microseconds_) / each, p50, p95, p99,
        peak_resident_kib());
}

}  // namespace coodie_bench
