// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>

#include <cstdint>
#include <string_view>

namespace coodie::native {

/// The write type of WRITE_TIMEOUT and WRITE_FAILURE (v5 specification, section 9).
enum class WriteType : std::uint8_t {
    unknown,
    simple,
    batch,
    unlogged_batch,
    counter,
    batch_log,
    cas,
    view,
    cdc
};

/// "BATCH_LOG" and so on; unknown for any other text.
[[nodiscard]] WriteType parse_write_type(std::string_view text) noexcept;

/// How one attempt failed.
struct AttemptFailure {
    enum class Cause : std::uint8_t {
        not_sent,           ///< nothing reached the server: no connection, no free stream id, a full queue
        connection_closed,  ///< after it was sent: the server may have executed it
        request_timeout,    ///< the request's own time is over
        server,             ///< an ERROR answer: see the fields below
    };
    Cause cause = Cause::server;
    std::int32_t code = 0;  ///< one of server_code, or one this library does not know
    /// UNAVAILABLE and the timeouts: the level the server names.
    Consistency consistency = Consistency::one;
    std::int32_t received = 0;                  ///< the timeouts: replicas that answered
    std::int32_t block_for = 0;                 ///< the timeouts: replicas that have to
    bool data_present = false;                  ///< READ_TIMEOUT
    WriteType write_type = WriteType::unknown;  ///< WRITE_TIMEOUT
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
