// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>
#include <coodie/types/error.hpp>
#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace coodie::native {

/// The PREPAREs that are on their way: of all requests that need a statement prepared on a host at the same
/// time one sends it, the others wait for what comes of it. Any thread.
class PrepareFlights {
public:
    struct Verdict {
        enum class Kind : std::uint8_t {
            prepared,   ///< it is in the cache
            refused,    ///< by the server: `error`
            abandoned,  ///< whoever sent it was cancelled, timed out or lost its connection: join again
        };
        Kind kind = Kind::abandoned;
        std::optional<Error> error{};
    };
    /// Called once, without a lock, on the thread that ends the flight: it must not do more there than hand
    /// the verdict on.
    using Waiter = std::function<void(const Verdict&)>;

    /// Held by whoever sends the PREPARE; when it goes without land(), the flight is abandoned.
    class Lead {
    public:
        Lead(PrepareFlights& flights, std::string key) : flights_(flights), key_(std::move(key)) {}
        Lead(const Lead&) = delete;
        Lead& operator=(const Lead&) = delete;
        ~Lead() { flights_.end(key_, verdict_); }
        /// What the others are told when this goes.
        void land(Verdict verdict) { verdict_ = std::move(verdict); }

    private:
        PrepareFlights& flights_;
        std::string key_;
        Verdict verdict_;
    };

    /// nullptr: somebody else is at it, and `waiter` is called when that is over.
    [[nodiscard]] std::unique_ptr<Lead> join(const uuid& host, const StatementText& text,
                                             std::string_view keyspace, const Waiter& waiter);

private:
    void end(const std::string& key, const Verdict& verdict);

    std::mutex mutex_;
    std::unordered_map<std::string, std::vector<Waiter>> flights_;
};

}  // namespace coodie::native
