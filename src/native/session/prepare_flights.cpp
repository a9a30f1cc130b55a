// SPDX-License-Identifier: Apache-2.0
#include "native/session/prepare_flights.hpp"

#include <utility>

namespace coodie::native {

std::unique_ptr<PrepareFlights::Lead> PrepareFlights::join(const uuid& host, const StatementText& text,
                                                           std::string_view keyspace, const Waiter& waiter) {
    // None of the first two has a space in it.
    std::string key = host.to_string() + ' ' + std::string(keyspace) + ' ' + text.cql();
    const std::lock_guard lock(mutex_);
    const auto [flight, is_new] = flights_.try_emplace(key);
    if (is_new) return std::make_unique<Lead>(*this, std::move(key));
    flight->second.push_back(waiter);
    return nullptr;
}

void PrepareFlights::end(const std::string& key, const Verdict& verdict) {
    std::vector<Waiter> waiters;
    {
        const std::lock_guard lock(mutex_);
        const auto flight = flights_.find(key);
        waiters.swap(flight->second);
        flights_.erase(flight);
    }
    for (const Waiter& waiter : waiters) waiter(verdict);
}

}  // namespace coodie::native
