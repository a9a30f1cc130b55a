// SPDX-License-Identifier: Apache-2.0
#include "native/policy/retry_policy.hpp"

#include <coodie/types/error.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace coodie::native {
namespace {

using Cause = AttemptFailure::Cause;
using enum RetryDecision;

RetryDecision decide(const ErrorResponse& error, RetryState& state) {
    return decide_retry(RetryPolicy::standard, {Cause::server, &error}, state);
}

ErrorResponse bare(std::int32_t code) { return {code, "", {}}; }
ErrorResponse read_timeout(std::int32_t received, std::int32_t block_for, bool data,
                           Consistency level = Consistency::quorum) {
    return {server_code::read_timeout, "", ReadTimeoutDetail{level, received, block_for, data}};
}
ErrorResponse write_timeout(WriteType type, Consistency level = Consistency::quorum) {
    return {server_code::write_timeout, "", WriteTimeoutDetail{level, 1, 2, type, {}}};
}
ErrorResponse unavailable(Consistency level = Consistency::quorum) {
    return {server_code::unavailable, "", UnavailableDetail{level, 2, 1}};
}

// One line of the table in retry_policy.hpp: the first decisions for one request that fails the same way
// again and again, not idempotent and idempotent.
struct Line {
    const char* name;
    ErrorResponse error;
    std::vector<RetryDecision> not_idempotent;
    std::vector<RetryDecision> idempotent;
};

std::vector<Line> table() {
    const std::vector<RetryDecision> never{fail, fail, fail};
    const std::vector<RetryDecision> next_each_time{next_host, next_host, next_host};
    const std::vector<RetryDecision> same_once{same_host, fail, fail};
    const std::vector<RetryDecision> next_once{next_host, fail, fail};
    std::vector<Line> lines{
        {"READ_TIMEOUT, enough replicas, no data", read_timeout(2, 2, false), same_once, same_once},
        {"READ_TIMEOUT, more than enough replicas, no data", read_timeout(3, 2, false), same_once, same_once},
        {"READ_TIMEOUT, enough replicas, data", read_timeout(2, 2, true), never, never},
        {"READ_TIMEOUT, too few replicas", read_timeout(1, 2, false), never, never},
        {"READ_TIMEOUT without its fields", bare(server_code::read_timeout), never, never},
        {"WRITE_TIMEOUT BATCH_LOG", write_timeout(WriteType::batch_log), never, same_once},
        {"WRITE_TIMEOUT without its fields", bare(server_code::write_timeout), never, never},
        {"UNAVAILABLE", unavailable(), next_once, next_once},
        {"IS_BOOTSTRAPPING", bare(server_code::is_bootstrapping), next_each_time, next_each_time},
        {"OVERLOADED", bare(server_code::overloaded), never, next_each_time},
        {"SERVER_ERROR", bare(server_code::server_error), never, next_each_time},
        {"TRUNCATE_ERROR", bare(server_code::truncate_error), never, next_each_time},
        {"READ_FAILURE",
         {server_code::read_failure, "", ReadFailureDetail{Consistency::one, 1, 1, 1, {}, false}},
         never,
         never},
        {"WRITE_FAILURE",
         {server_code::write_failure, "",
          WriteFailureDetail{Consistency::one, 0, 1, 1, {}, WriteType::simple}},
         never,
         never},
    };
    for (const WriteType type :
         {WriteType::unknown, WriteType::simple, WriteType::batch, WriteType::unlogged_batch,
          WriteType::counter, WriteType::cas, WriteType::view, WriteType::cdc})
        lines.push_back({"WRITE_TIMEOUT of another type", write_timeout(type), never, never});
    for (const std::int32_t code :
         {server_code::protocol_error, server_code::bad_credentials, server_code::function_failure,
          server_code::syntax_error, server_code::unauthorized, server_code::invalid,
          server_code::config_error, server_code::already_exists, server_code::unprepared,
          server_code::cdc_write_failure, server_code::cas_write_unknown, 0x7777, -1})
        lines.push_back({"a code that is final", bare(code), never, never});
    return lines;
}

TEST(RetryPolicy, FollowsTheTable) {
    for (const Line& line : table()) {
        for (const bool idempotent : {false, true}) {
            RetryState state{.idempotent = idempotent};
            std::vector<RetryDecision> got;
            for (int i = 0; i < 3; ++i) got.push_back(decide(line.error, state));
            EXPECT_EQ(got, idempotent ? line.idempotent : line.not_idempotent)
                << line.name << ", code " << line.error.code << (idempotent ? ", idempotent" : "");
        }
    }
}

// semantics rule 15: nothing that may have been executed is sent again unless it is idempotent.
TEST(RetryPolicy, NeverSendsANonIdempotentRequestAgainAfterItMayHaveRun) {
    for (const Line& line : table()) {
        RetryState state{.idempotent = false};
        const RetryDecision decision = decide(line.error, state);
        const bool refused_before_running =
            line.error.code == server_code::unavailable || line.error.code == server_code::is_bootstrapping;
        const bool is_read = line.error.code == server_code::read_timeout;
        if (!refused_before_running && !is_read) {
            EXPECT_EQ(decision, fail) << line.name;
        }
    }
}

TEST(RetryPolicy, SerialConsistencyIsNeverRetried) {
    for (const Consistency level : {Consistency::serial, Consistency::local_serial}) {
        for (const Line& line : table()) {
            RetryState state{.idempotent = true, .consistency = level};
            EXPECT_EQ(decide(line.error, state), fail) << line.name;
        }
        RetryState state{.idempotent = true, .consistency = level};
        EXPECT_EQ(decide_retry(RetryPolicy::standard, {Cause::connection_closed}, state), fail);
        // The server names the serial level when the Paxos phase of a conditional write failed.
        for (const ErrorResponse& error : {unavailable(level), read_timeout(2, 2, false, level),
                                           write_timeout(WriteType::batch_log, level)}) {
            RetryState quorum{.idempotent = true, .consistency = Consistency::quorum};
            EXPECT_EQ(decide(error, quorum), fail);
        }
    }
}

TEST(RetryPolicy, EachKindIsRetriedOnceOfItsOwn) {
    RetryState state{.idempotent = true};
    EXPECT_EQ(decide(read_timeout(2, 2, false), state), same_host);
    EXPECT_EQ(decide(unavailable(), state), next_host);
    EXPECT_EQ(decide(write_timeout(WriteType::batch_log), state), same_host);
    EXPECT_EQ(decide(bare(server_code::overloaded), state), next_host);
    EXPECT_EQ(decide(read_timeout(2, 2, false), state), fail);
    EXPECT_EQ(decide(unavailable(), state), fail);
    EXPECT_EQ(decide(write_timeout(WriteType::batch_log), state), fail);
}

TEST(RetryPolicy, AConnectionThatClosedIsRetriedWhenIdempotent) {
    RetryState plain;
    RetryState idempotent{.idempotent = true};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(decide_retry(RetryPolicy::standard, {Cause::connection_closed}, plain), fail);
        EXPECT_EQ(decide_retry(RetryPolicy::standard, {Cause::connection_closed}, idempotent), next_host);
    }
}

TEST(RetryPolicy, ARequestTimeoutIsFinal) {
    for (const bool idempotent : {false, true}) {
        RetryState state{.idempotent = idempotent};
        EXPECT_EQ(decide_retry(RetryPolicy::standard, {Cause::request_timeout}, state), fail);
    }
}

TEST(RetryPolicy, WhatWasNotSentGoesToTheNextHostWhateverThePolicy) {
    for (const RetryPolicy policy : {RetryPolicy::standard, RetryPolicy::never})
        for (const Consistency level : {Consistency::one, Consistency::serial})
            for (const bool idempotent : {false, true}) {
                RetryState state{.idempotent = idempotent, .consistency = level};
                for (int i = 0; i < 3; ++i)
                    EXPECT_EQ(decide_retry(policy, {Cause::not_sent}, state), next_host);
            }
}

TEST(RetryPolicy, NeverMeansNever) {
    for (const Line& line : table()) {
        RetryState state{.idempotent = true};
        EXPECT_EQ(decide_retry(RetryPolicy::never, {Cause::server, &line.error}, state), fail) << line.name;
    }
    RetryState state{.idempotent = true};
    EXPECT_EQ(decide_retry(RetryPolicy::never, {Cause::connection_closed}, state), fail);
}

}  // namespace
}  // namespace coodie::native
