// SPDX-License-Identifier: Apache-2.0
#include "driver/light_mutex.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using coodie::LightMutex;

TEST(LightMutex, LetsOneInAtATime) {
    LightMutex mutex;
    mutex.lock();
    EXPECT_FALSE(mutex.try_lock());
    mutex.unlock();
    EXPECT_TRUE(mutex.try_lock());
    mutex.unlock();
}

TEST(LightMutex, LosesNoIncrementOfManyThreads) {
    constexpr int threads = 8;
    constexpr int each = 20'000;
    LightMutex mutex;
    long count = 0;
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i)
        running.emplace_back([&] {
            for (int turn = 0; turn < each; ++turn) {
                const std::lock_guard lock(mutex);
                count = count + 1;
            }
        });
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(count, long{threads} * each);
}

// Several sleep on it: each unlock() has to wake the next, or this test never ends.
TEST(LightMutex, WakesAllThatSleep) {
    LightMutex mutex;
    mutex.lock();
    std::atomic<int> asleep{0};
    std::atomic<int> entered{0};
    std::vector<std::thread> running;
    for (int i = 0; i < 4; ++i)
        running.emplace_back([&] {
            ++asleep;
            const std::lock_guard lock(mutex);
            ++entered;
        });
    while (asleep < 4) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // most of them sleep by now
    EXPECT_EQ(entered, 0);
    mutex.unlock();
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(entered, 4);
}

}  // namespace
