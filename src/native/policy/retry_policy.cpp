// SPDX-License-Identifier: Apache-2.0
#include "native/policy/retry_policy.hpp"

#include "native/policy/consistency.hpp"

#include <coodie/types/error.hpp>

#include <variant>

namespace coodie::native {
namespace {

// The level that the server names, which for the Paxos phase of a conditional write is the serial one.
bool names_serial(const ErrorDetail& detail) noexcept {
    return std::visit(
        [](const auto& fields) {
            if constexpr (requires { fields.consistency; })
                return is_serial(fields.consistency);
            else
                return false;
        },
        detail);
}

RetryDecision once(bool& done, RetryDecision decision) noexcept {
    if (done) return RetryDecision::fail;
    done = true;
    return decision;
}

// Enough replicas answered, but the one asked for the data did not: the coordinator will ask another.
RetryDecision on_read_timeout(const ErrorResponse& error, RetryState& state) noexcept {
    const auto* detail = std::get_if<ReadTimeoutDetail>(&error.detail);
    if (detail == nullptr || detail->received < detail->block_for || detail->data_present)
        return RetryDecision::fail;
    return once(state.retried_read_timeout, RetryDecision::same_host);
}

// The batch log could not be written, so the batch has not begun.
RetryDecision on_write_timeout(const ErrorResponse& error, RetryState& state) noexcept {
    const auto* detail = std::get_if<WriteTimeoutDetail>(&error.detail);
    if (detail == nullptr || detail->write_type != WriteType::batch_log || !state.idempotent)
        return RetryDecision::fail;
    return once(state.retried_write_timeout, RetryDecision::same_host);
}

RetryDecision if_idempotent(const RetryState& state) noexcept {
    return state.idempotent ? RetryDecision::next_host : RetryDecision::fail;
}

RetryDecision on_server_error(const ErrorResponse& error, RetryState& state) noexcept {
    if (names_serial(error.detail)) return RetryDecision::fail;
    switch (error.code) {
        case server_code::read_timeout: return on_read_timeout(error, state);
        case server_code::write_timeout: return on_write_timeout(error, state);
        // Refused before anything was executed. Once: the next coordinator most likely sees the same.
        case server_code::unavailable: return once(state.retried_unavailable, RetryDecision::next_host);
        case server_code::is_bootstrapping: return RetryDecision::next_host;
        case server_code::overloaded:
        case server_code::server_error:
        case server_code::truncate_error: return if_idempotent(state);
        default: return RetryDecision::fail;
    }
}

}  // namespace

RetryDecision decide_retry(RetryPolicy policy, const AttemptFailure& failure, RetryState& state) noexcept {
    using Cause = AttemptFailure::Cause;
    if (failure.cause == Cause::not_sent) return RetryDecision::next_host;
    if (policy == RetryPolicy::never || is_serial(state.consistency)) return RetryDecision::fail;
    switch (failure.cause) {
        case Cause::connection_closed: return if_idempotent(state);
        case Cause::server:
            return failure.error == nullptr ? RetryDecision::fail : on_server_error(*failure.error, state);
        case Cause::request_timeout:
        case Cause::not_sent: break;
    }
    return RetryDecision::fail;
}

}  // namespace coodie::native
