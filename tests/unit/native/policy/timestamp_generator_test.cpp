// SPDX-License-Identifier: Apache-2.0
#include "native/policy/timestamp_generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace coodie::native {
namespace {

// semantics rule 13
TEST(TimestampGenerator, FollowsTheClockButNeverStandsStillOrGoesBack) {
    TimestampGenerator generator;
    EXPECT_EQ(generator.next(1000), 1000);
    EXPECT_EQ(generator.next(1000), 1001);
    EXPECT_EQ(generator.next(900), 1002);
    EXPECT_EQ(generator.next(1002), 1003);
    EXPECT_EQ(generator.next(5000), 5000);
}

TEST(TimestampGenerator, TakesTimesBefore1970) {
    TimestampGenerator generator;
    EXPECT_EQ(generator.next(-5), -5);
    EXPECT_EQ(generator.next(-5), -4);
}

TEST(TimestampGenerator, IsStrictlyIncreasingAcrossThreads) {
    TimestampGenerator generator;
    constexpr int count = 20'000;
    std::vector<std::vector<std::int64_t>> given(4);
    std::vector<std::thread> threads;
    for (auto& mine : given)
        threads.emplace_back([&] {
            for (int i = 0; i < count; ++i) mine.push_back(generator.next(i / 10));
        });
    for (std::thread& thread : threads) thread.join();
    std::vector<std::int64_t> all;
    for (const auto& mine : given) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end()) << "no timestamp twice";
}

}  // namespace
}  // namespace coodie::native
