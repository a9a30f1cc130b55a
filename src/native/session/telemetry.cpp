// SPDX-License-Identifier: Apache-2.0
#include "native/session/telemetry.hpp"

#include <variant>

namespace coodie::native {

void Telemetry::ended(const Outcome& outcome) noexcept {
    count(Event::request);
    const Error* error = std::get_if<Error>(&outcome);
    if (error == nullptr) return;
    count(Event::error);
    if (error->kind() == ErrorKind::timeout) count(Event::timeout);
}

DriverCounters Telemetry::read() const noexcept {
    const auto of = [this](Event event) {
        return counts_[static_cast<std::size_t>(event)].load(std::memory_order_relaxed);
    };
    DriverCounters counters;
    counters.requests = of(Event::request);
    counters.errors = of(Event::error);
    counters.timeouts = of(Event::timeout);
    counters.retries = of(Event::retry);
    counters.speculations = of(Event::speculation);
    counters.overloads = of(Event::overload);
    counters.prepares = of(Event::prepare);
    counters.connections_opened = of(Event::connection_opened);
    counters.connections_lost = of(Event::connection_lost);
    counters.connections_failed = of(Event::connection_failed);
    return counters;
}

}  // namespace coodie::native
