// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/latency_histogram.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace {

using coodie::LatencyHistogram;
using std::chrono::microseconds;

LatencyHistogram histogram_of(std::initializer_list<std::int64_t> durations) {
    LatencyHistogram histogram;
    for (const std::int64_t each : durations)
        ++histogram.counts[LatencyHistogram::bucket_of(microseconds(each))];
    return histogram;
}

TEST(LatencyHistogramBuckets, HoldOneMicrosecondEachUpToEight) {
    for (std::int64_t i = 0; i < 8; ++i) {
        EXPECT_EQ(LatencyHistogram::bucket_of(microseconds(i)), static_cast<std::size_t>(i));
        EXPECT_EQ(LatencyHistogram::longest_of(static_cast<std::size_t>(i)), microseconds(i));
    }
    EXPECT_EQ(LatencyHistogram::bucket_of(microseconds(-5)), 0U);
}

TEST(LatencyHistogramBuckets, FollowEachOtherWithoutGapsAndAreNarrow) {
    for (std::size_t bucket = 0; bucket < LatencyHistogram::bucket_count; ++bucket) {
        const microseconds longest = LatencyHistogram::longest_of(bucket);
        EXPECT_EQ(LatencyHistogram::bucket_of(longest), bucket);
        if (bucket == 0) continue;
        const microseconds shortest = LatencyHistogram::longest_of(bucket - 1) + microseconds(1);
        EXPECT_EQ(LatencyHistogram::bucket_of(shortest), bucket);
        EXPECT_LE((longest - shortest + microseconds(1)) * 4, std::max(shortest, microseconds(4)));
    }
}

TEST(LatencyHistogramBuckets, TheLastHoldsWhatIsLonger) {
    constexpr std::size_t last = LatencyHistogram::bucket_count - 1;
    EXPECT_EQ(LatencyHistogram::bucket_of(microseconds::max()), last);
    EXPECT_EQ(LatencyHistogram::bucket_of(std::chrono::seconds(117)), last - 1);
    EXPECT_EQ(LatencyHistogram::bucket_of(std::chrono::seconds(118)), last);
}

TEST(LatencyHistogramPercentile, IsZeroOfNothing) {
    EXPECT_EQ(LatencyHistogram().percentile(50), microseconds(0));
    EXPECT_EQ(LatencyHistogram().total(), 0U);
}

TEST(LatencyHistogramPercentile, IsTheDurationThatSoManyDoNotExceed) {
    const LatencyHistogram histogram = histogram_of({1, 2, 3, 4, 5, 6, 7, 7, 7, 1000});
    EXPECT_EQ(histogram.total(), 10U);
    EXPECT_EQ(histogram.percentile(0), microseconds(1));
    EXPECT_EQ(histogram.percentile(10), microseconds(1));
    EXPECT_EQ(histogram.percentile(10.1), microseconds(2));
    EXPECT_EQ(histogram.percentile(50), microseconds(5));
    EXPECT_EQ(histogram.percentile(90), microseconds(7));
    EXPECT_EQ(histogram.percentile(100), microseconds(1023)) << "the longest of its bucket, 896 to 1023";
}

TEST(LatencyHistogramPercentile, TakesAnyNumber) {
    const LatencyHistogram histogram = histogram_of({3, 6});
    EXPECT_EQ(histogram.percentile(-1), microseconds(3));
    EXPECT_EQ(histogram.percentile(1e300), microseconds(6));
    EXPECT_EQ(histogram.percentile(std::numeric_limits<double>::quiet_NaN()), microseconds(3));
}

}  // namespace
