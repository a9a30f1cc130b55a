// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/responses/error.hpp"

#include <coodie/driver/options.hpp>

#include <cstdint>

namespace coodie::native {

/// How one attempt failed.
struct AttemptFailure {
    enum class Cause : std::uint8_t {
        not_sent,           ///< nothing reached the server: no connection, no free stream id, a full queue
        connection_closed,  ///< after it was sent: the server may have executed it
        request_timeout,    ///< the request's own time is over
        server,             ///< an ERROR answer
    };
    Cause cause = Cause::server;
    /// With Cause::server; borrowed for the call.
    const ErrorResponse* error = nullptr;
};

/// What the policy has to know of a request, and what it has done for it so far: one per request (and per
/// speculative execution), starting fresh.
struct RetryState {
    bool idempotent = false;
    /// The request's consistency; SERIAL and LOCAL_SERIAL are never retried.
    Consistency consistency = Consistency::local_one;
    // Each of these is done once at most.
    bool retried_read_timeout = false;
    bool retried_write_timeout = false;
    bool retried_unavailable = false;
};

enum class RetryDecision : std::uint8_t {
    fail,       ///< the error is the outcome
    same_host,  ///< send again to the host that answered
    next_host,  ///< go on with the query plan; at its end the error is the outcome
};

/// The rules (DataStax' and ScyllaDB's defaults agree on them):
///
/// | failure                               | decision                                                    |
/// |---------------------------------------|-------------------------------------------------------------|
/// | not sent                              | next host                                                   |
/// | any other, with serial consistency    | fail                                                        |
/// | READ_TIMEOUT                          | same host, once, if enough replicas answered without data   |
/// | WRITE_TIMEOUT                         | same host, once, if BATCH_LOG and idempotent                |
/// | UNAVAILABLE                           | next host, once                                             |
/// | IS_BOOTSTRAPPING                      | next host                                                   |
/// | OVERLOADED, SERVER_ERROR, TRUNCATE    | next host if idempotent                                     |
/// | connection closed                     | next host if idempotent                                     |
/// | request timeout                       | fail                                                        |
/// | READ_FAILURE, WRITE_FAILURE, others   | fail                                                        |
enum class RetryPolicy : std::uint8_t {
    standard,
    never,  ///< every failure of an attempt that was sent is final; what was not sent still goes to the next
            ///< host
};

/// Decides and notes in `state` what it decided. No I/O, no clock.
[[nodiscard]] RetryDecision decide_retry(RetryPolicy policy, const AttemptFailure& failure,
                                         RetryState& state) noexcept;

}  // namespace coodie::native
