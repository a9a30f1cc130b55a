// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/latency_histogram.hpp>
#include <coodie/types/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
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

/// What a driver knows of one node. `is_up` and `in_flight` are of now; the rest is counted while the
/// driver's option `metrics` or a request hook is on, and 0 otherwise. An attempt is what AttemptReport says.
struct NodeCounters {
    std::string node;        ///< "10.0.0.1:9042"
    std::string datacenter;  ///< its name
    bool is_up{};            ///< whether requests are sent to it
    std::uint32_t in_flight{};
    std::uint64_t attempts{};  ///< those that have ended, however
    /// Of these, with an error, its own or the connection's; not: cancelled, or that the statement had to be
    /// prepared (once more).
    std::uint64_t errors{};
    std::uint64_t timeouts{};  ///< of these, because the request's time was over
    /// From sending to the answer, of the attempts that were answered (also with an error).
    LatencyHistogram latency;
};

/// One attempt of a request has ended: the statement, or before it its PREPARE, was sent to a node, and an
/// answer came, or nobody waits for one any more. What could not be sent (no connection, or all are full) is
/// no attempt. Text is borrowed for the call.
struct AttemptReport {
    /// The CQL text as it was given, with its markers, never with bound values; from the word PASSWORD on it
    /// is left out of what is neither a query nor a write. Of a batch its first statement's.
    std::string_view statement;
    std::size_t statements{};  ///< 1; of a batch, how many
    std::string_view node;     ///< "10.0.0.1:9042"
    /// From 1, in the order of sending; a PREPARE that succeeds shares the number of what it is for.
    std::uint32_t attempt{};
    bool prepare{};      ///< a PREPARE was sent, not the statement
    bool speculative{};  ///< beside one that had no answer yet
    std::chrono::nanoseconds duration{};
    /// Not set: it succeeded. `cancelled`: the caller did, the driver was closed, or another node was faster.
    std::optional<ErrorKind> error;
    std::int32_t server_code{};  ///< of ErrorKind::server, one of coodie::server_code; else 0
};

/// Told once of each attempt when it has ended, before the request completes. Called on the thread that ends
/// it: the caller's for blocking calls, else one of the executor's or the driver's own; on several at once.
/// No lock of the driver is held, but the connection's other answers wait: it must be quick, and must not
/// wait for a request of the driver.
/// @param context what was given with it.
using RequestHook = void (*)(void* context, const AttemptReport& report) noexcept;

}  // namespace coodie
