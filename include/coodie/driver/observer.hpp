// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace coodie {

enum class LogLevel : std::uint8_t {
    info,     ///< connected, a node left
    warning,  ///< a connection was lost or not made; the driver goes on by itself
    error,    ///< what does not get better by itself: a refused password, an unknown keyspace
};

/// Told what a driver does besides its requests. Called on any thread of the driver or its callers, also on
/// several at once, without a lock of the driver held; it must neither throw nor use the driver. Messages
/// have no credentials and no values of statements.
using LogFunction = void (*)(LogLevel level, std::string_view message);

/// What a driver has done since it was opened. Read while it works, the numbers are each right, and not of
/// one moment.
struct DriverCounters {
    std::uint64_t requests{};            ///< statements and batches that have ended, however
    std::uint64_t errors{};              ///< of these, with an error
    std::uint64_t timeouts{};            ///< of these, because their time was over
    std::uint64_t retries{};             ///< attempts after one that had been sent
    std::uint64_t speculations{};        ///< attempts beside one that had no answer yet
    std::uint64_t overloads{};           ///< attempts that found a connection full
    std::uint64_t prepares{};            ///< PREPAREs that were sent
    std::uint64_t connections_opened{};  ///< the control connection's included
    std::uint64_t connections_lost{};    ///< not those that the driver closed itself
    std::uint64_t connections_failed{};  ///< attempts to connect
};

}  // namespace coodie
