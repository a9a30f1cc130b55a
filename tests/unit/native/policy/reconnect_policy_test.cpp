// SPDX-License-Identifier: Apache-2.0
#include "native/policy/reconnect_policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

TEST(ReconnectPolicy, GrowsUpToTheMaximumWithJitter) {
    const ReconnectPolicy policy(100ms, 5s);
    std::mt19937_64 random(1);
    for (std::uint32_t attempt = 0; attempt < 40; ++attempt) {
        const auto full = attempt < 6 ? 100ms * (1 << attempt) : std::chrono::milliseconds(5s);
        const auto most = std::min<std::chrono::milliseconds>(full, 5s);
        std::set<std::chrono::milliseconds> seen;
        for (int i = 0; i < 200; ++i) {
            const auto delay = policy.delay(attempt, random());
            EXPECT_GE(delay, most / 2);
            EXPECT_LE(delay, most);
            seen.insert(delay);
        }
        EXPECT_GT(seen.size(), 30U) << "jitter spreads what fails together";
    }
}

TEST(ReconnectPolicy, ReachesBothEnds) {
    const ReconnectPolicy policy(10ms, 1s);
    std::set<std::int64_t> seen;
    for (std::uint64_t random = 0; random < 100; ++random) seen.insert(policy.delay(0, random).count());
    EXPECT_EQ(*seen.begin(), 5);
    EXPECT_EQ(*seen.rbegin(), 10);
}

TEST(ReconnectPolicy, NeverOverflows) {
    for (const auto base : {0ms, 1ms, std::chrono::milliseconds(24h), std::chrono::milliseconds::max()})
        for (const auto maximum : {-1ms, 1ms, std::chrono::milliseconds::max()})
            for (const std::uint32_t attempt : {0U, 1U, 26U, 27U, 28U, 63U, 64U, UINT32_MAX})
                for (const std::uint64_t random : {std::uint64_t{0}, UINT64_MAX}) {
                    const auto delay = ReconnectPolicy(base, maximum).delay(attempt, random);
                    EXPECT_GE(delay, 1ms);
                    EXPECT_LE(delay, 24h);
                }
    EXPECT_GE(ReconnectPolicy(1ms, 24h).delay(100, 0), 12h);
}

TEST(ReconnectSchedule, CountsAndStartsAgain) {
    ReconnectSchedule schedule(ReconnectPolicy(100ms, 10s));
    EXPECT_EQ(schedule.next(0), 50ms);
    EXPECT_EQ(schedule.next(0), 100ms);
    EXPECT_EQ(schedule.next(0), 200ms);
    EXPECT_EQ(schedule.attempts(), 3U);
    schedule.reset();
    EXPECT_EQ(schedule.next(0), 50ms);
}

}  // namespace
}  // namespace coodie::native
