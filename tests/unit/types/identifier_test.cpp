// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/ascii.hpp>
#include <coodie/types/blob.hpp>
#include <coodie/types/error.hpp>
#include <coodie/types/inet.hpp>
#include <coodie/types/timeuuid.hpp>
#include <coodie/types/uuid.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <thread>
#include <unordered_set>
#include <vector>

namespace coodie {
namespace {

TEST(Uuid, TextRoundTrips) {
    const auto id = uuid::parse("F47AC10B-58cc-4372-a567-0e02b2c3d479");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->to_string(), "f47ac10b-58cc-4372-a567-0e02b2c3d479");
    EXPECT_EQ(id->version(), 4);
    EXPECT_EQ(id->most(), 0xf47ac10b58cc4372U);
    for (const char* bad : {"", "f47ac10b58cc4372a5670e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d47",
                            "f47ac10b-58cc-4372-a567-0e02b2c3d47g", "f47ac10b-58cc-4372-a567-0e02b2c3d4790",
                            "f47ac10b058cc-4372-a567-0e02b2c3d479"})
        EXPECT_FALSE(uuid::parse(bad)) << bad;
}

TEST(Uuid, RandomOnesAreVersion4AndDiffer) {
    std::unordered_set<uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        const uuid id = uuid::random();
        EXPECT_EQ(id.version(), 4);
        EXPECT_EQ(id.least() >> 62U, 2U);
        EXPECT_TRUE(seen.insert(id).second);
    }
}

TEST(Uuid, OrdersByVersionThenTimeOrUnsignedBytes_SemanticsRule6) {
    const uuid nil;
    const uuid early(0xffffffff00001000U, 0);  // version 1, time_low at its greatest
    const uuid late(0x0000000000011000U, 0);   // version 1, one step of time_hi later
    const uuid low(0x0000000000004000U, 0);
    const uuid high(0x8000000000004000U, 0);
    EXPECT_LT(nil, early);
    EXPECT_LT(early, late);
    EXPECT_LT(late, low);
    EXPECT_LT(low, high);
    EXPECT_LT(uuid(low.most(), 1), uuid(low.most(), ~std::uint64_t{0}));
}

TEST(Timeuuid, StrictlyIncreasesAcrossThreads) {
    constexpr int threads = 4;
    constexpr std::size_t each = 20'000;
    std::vector<std::vector<timeuuid>> made(threads);
    {
        std::vector<std::jthread> running;
        for (auto& ids : made)
            running.emplace_back([&ids] {
                ids.reserve(each);
                for (std::size_t i = 0; i < each; ++i) ids.push_back(timeuuid::now());
            });
    }
    std::set<timeuuid> all;
    for (const auto& ids : made) {
        EXPECT_TRUE(std::ranges::is_sorted(ids));
        all.insert(ids.begin(), ids.end());
    }
    EXPECT_EQ(all.size(), threads * each);
    EXPECT_EQ(all.begin()->id().version(), 1);
    EXPECT_EQ(all.begin()->least() >> 62U, 2U);
}

TEST(Timeuuid, KnowsItsTime) {
    const timestamp before = now();
    const timestamp made = timeuuid::now().time();
    EXPECT_GE(made, before);
    // The generator runs ahead of the clock only by as many ticks as it has made too fast.
    EXPECT_LE(made, now() + std::chrono::seconds(5));
    EXPECT_EQ(to_string(timeuuid::parse("8e2ef0c0-5c6c-11ee-8c99-0242ac120002")->time()),
              "2023-09-26T12:59:40.672Z");
}

TEST(Timeuuid, SortsByTimeThenSignedBytes_SemanticsRule6) {
    const std::uint64_t most = 0x0000000000001000U;
    EXPECT_LT(timeuuid(uuid(most, 0x8000000000000000U)), timeuuid(uuid(most, 0)));
    EXPECT_LT(timeuuid(uuid(most, 0x00ff000000000000U)), timeuuid(uuid(most, 0x0000000000000000U)));
    EXPECT_LT(timeuuid(uuid(most, 0x7f00000000000000U)),
              timeuuid(uuid(0x0000000100001000U, 0x8000000000000000U)));
}

TEST(Timeuuid, BoundsAreCassandras) {
    // What TimeUUID.minAtUnixMillis and maxAtUnixMillis of Cassandra 5.0.6 give.
    const timestamp time = *parse_timestamp("2013-01-01 00:05+0000");
    EXPECT_EQ(min_timeuuid(time).to_string(), "e23f1e00-53a6-11e2-8080-808080808080");
    EXPECT_EQ(max_timeuuid(time).to_string(), "e23f450f-53a6-11e2-7f7f-7f7f7f7f7f7f");
    EXPECT_EQ(min_timeuuid(time).time(), time);
    EXPECT_EQ(max_timeuuid(time).time(), time);
    EXPECT_LT(min_timeuuid(time), max_timeuuid(time));
    EXPECT_LT(max_timeuuid(time), min_timeuuid(time + std::chrono::milliseconds(1)));
    const timeuuid id = timeuuid::now();
    EXPECT_LE(min_timeuuid(id.time()), id);
    EXPECT_GE(max_timeuuid(id.time()), id);
    const timestamp first = *parse_timestamp("1582-10-15");
    EXPECT_EQ(min_timeuuid(first).ticks(), 0U);
    EXPECT_THROW((void)min_timeuuid(first - std::chrono::milliseconds(1)), ValidationError);
    EXPECT_THROW((void)max_timeuuid(timestamp::max()), ValidationError);
    EXPECT_NO_THROW((void)max_timeuuid(*parse_timestamp("5236-03-31")));
}

TEST(Timeuuid, OnlyVersion1IsOne) {
    EXPECT_THROW((void)timeuuid{uuid::random()}, ValidationError);
    EXPECT_FALSE(timeuuid::parse("f47ac10b-58cc-4372-a567-0e02b2c3d479"));
}

TEST(Timeuuid, ChildProcessMakesOthersThanItsParent) {
    (void)timeuuid::now();
    int pipes[2];
    ASSERT_EQ(::pipe(pipes), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const std::uint64_t least = timeuuid::now().least();
        const bool ok = ::write(pipes[1], &least, sizeof least) == sizeof least;
        ::_exit(ok ? 0 : 1);
    }
    std::uint64_t least = 0;
    ASSERT_EQ(::read(pipes[0], &least, sizeof least), static_cast<ssize_t>(sizeof least));
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(pipes[0]);
    ::close(pipes[1]);
    EXPECT_NE(least, timeuuid::now().least());
}

TEST(Inet, TextRoundTrips) {
    for (const char* text :
         {"0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1"})
        EXPECT_EQ(inet::parse(text)->to_string(), text);
    EXPECT_TRUE(inet::parse("::ffff:192.0.2.1")->is_v6());
    EXPECT_EQ(inet::v4(192, 0, 2, 1), *inet::parse("192.0.2.1"));
    EXPECT_EQ(inet(), *inet::parse("0.0.0.0"));
    for (const char* bad :
         {"", "256.0.0.1", "1.2.3", "localhost", "1.2.3.4 ", "2001:db8::1%eth0", ":::", "1.2.3.4:9042"})
        EXPECT_FALSE(inet::parse(bad)) << bad;
    EXPECT_LT(*inet::parse("9.0.0.0"), *inet::parse("10.0.0.0"));
    EXPECT_NE(inet(), *inet::parse("::"));
}

TEST(Blob, TextRoundTrips) {
    EXPECT_EQ(blob::parse("0xCAfe")->to_string(), "0xcafe");
    EXPECT_EQ(blob().to_string(), "0x");
    EXPECT_EQ(blob::parse("0x"), blob());
    EXPECT_EQ(blob::of("ab").to_string(), "0x6162");
    for (const char* bad : {"", "cafe", "0xc", "0xcg"}) EXPECT_FALSE(blob::parse(bad)) << bad;
    EXPECT_LT(blob::of("\x7f"), blob::of("\x80"));
    EXPECT_LT(blob::of("a"), blob::of("ab"));
}

TEST(Ascii, ParseChecksItsBytes) {
    EXPECT_EQ(ascii::parse("ab")->str(), "ab");
    EXPECT_FALSE(ascii::parse("\xc3\xa9"));
    EXPECT_EQ(std::unordered_set<ascii>({"a", "a", "b"}).size(), 2U);
}

}  // namespace
}  // namespace coodie
