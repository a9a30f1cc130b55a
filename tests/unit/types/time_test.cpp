// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/date.hpp>
#include <coodie/types/duration.hpp>
#include <coodie/types/error.hpp>
#include <coodie/types/time_of_day.hpp>
#include <coodie/types/timestamp.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace coodie {
namespace {

using namespace std::chrono;

timestamp at(std::int64_t ms) { return timestamp(milliseconds(ms)); }

TEST(Timestamp, RoundsDownAlsoBefore1970_SemanticsRule5) {
    EXPECT_EQ(to_timestamp(sys_time<nanoseconds>(nanoseconds(1'999'999))), at(1));
    EXPECT_EQ(to_timestamp(sys_time<nanoseconds>(nanoseconds(-1))), at(-1));
    EXPECT_EQ(to_timestamp(sys_seconds(seconds(-1))), at(-1000));
    EXPECT_LE(now(), to_timestamp(system_clock::now()));
}

TEST(Timestamp, ReadsWhatCassandraReads) {
    constexpr std::int64_t midnight = 1296691200000;  // 2011-02-03
    constexpr std::int64_t minutes = midnight + (4 * 60 + 5) * 60000;
    for (const char* text : {"2011-02-03", "2011-02-03Z", "2011-02-03+0000", "2011-2-3", "2011-02-03 UTC"})
        EXPECT_EQ(parse_timestamp(text), at(midnight)) << text;
    for (const char* text : {"2011-02-03 04:05", "2011-02-03T04:05", "2011-02-03 04:05:00",
                             "2011-02-03T04:05:00.000", "2011-02-03T04:05Z", "2011-02-03 04:05+00",
                             "2011-02-03 04:05 GMT", "2011-02-03T05:05+01", "2011-02-03T05:05+0100",
                             "2011-02-03T05:05:00+01:00", "2011-02-02T22:35:00.000-0530", "1296705900000"})
        EXPECT_EQ(parse_timestamp(text), at(minutes)) << text;
    EXPECT_EQ(parse_timestamp("2011-02-03T04:05:06.789Z"), at(minutes + 6789));
    EXPECT_EQ(parse_timestamp("1969-12-31 23:59:59.999"), at(-1));
    EXPECT_EQ(parse_timestamp("-1"), at(-1));
    EXPECT_EQ(parse_timestamp("2000-02-29"), at(951782400000));
    for (const char* bad :
         {"", "2011", "x", "2011-13-01", "2011-02-29", "2011-02-03 24:00", "2011-02-03 04:60",
          "2011-02-03 04:05:60", "2011-02-03T04:05:06.78", "2011-02-03T04:05:06.7891", "2011-02-03 04",
          "2011-02-03T", "2011-02-03 04:05+1", "2011-02-03 04:05 CET", "2011-02-03 04:05+2400",
          "99999999999999999999", "11-02-03", "2011-02-03  04:05"}) {
        if (std::string_view(bad) == "2011") continue;  // an integer
        EXPECT_EQ(parse_timestamp(bad), std::nullopt) << bad;
    }
    EXPECT_EQ(parse_timestamp("2011"), at(2011));
}

TEST(Timestamp, TextRoundTrips) {
    EXPECT_EQ(to_string(at(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_string(at(-1)), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_string(at(1296705906789)), "2011-02-03T04:05:06.789Z");
    EXPECT_EQ(to_string(at(std::numeric_limits<std::int64_t>::max())), "9223372036854775807");
    EXPECT_EQ(to_string(at(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
    for (std::int64_t ms = -62167219200000; ms < 253402300800000; ms += 86'399'999 * 991LL)
        EXPECT_EQ(parse_timestamp(to_string(at(ms))), at(ms)) << ms;
}

TEST(Date, TextRoundTripsOverItsWholeRange) {
    EXPECT_EQ(date(0).to_string(), "1970-01-01");
    EXPECT_EQ(date(-1).to_string(), "1969-12-31");
    EXPECT_EQ(date(std::numeric_limits<std::int32_t>::max()).to_string(), "+5881580-07-11");
    EXPECT_EQ(date(std::numeric_limits<std::int32_t>::min()).to_string(), "-5877641-06-23");
    for (std::int64_t days = std::numeric_limits<std::int32_t>::min();
         days <= std::numeric_limits<std::int32_t>::max(); days += 40'009) {
        const date day(static_cast<std::int32_t>(days));
        ASSERT_EQ(date::parse(day.to_string()), day) << days;
    }
    EXPECT_EQ(date::parse("2147483648"), date(0));
    EXPECT_EQ(date::parse("0"), date(std::numeric_limits<std::int32_t>::min()));
    for (const char* bad : {"", "2011-2-3", "2011-02-30", "12345-01-01", "4294967296", "-1", "+5881580-07-12",
                            "-5877641-06-22", "2011-02-03Z"})
        EXPECT_EQ(date::parse(bad), std::nullopt) << bad;
}

TEST(Date, AgreesWithChrono) {
    for (int days = -800'000; days < 800'000; days += 97) {
        const date day(days);
        const auto ymd = static_cast<year_month_day>(day);
        ASSERT_EQ(ymd, year_month_day(sys_days(std::chrono::days(days))));
        ASSERT_EQ(date(ymd), day);
        ASSERT_EQ(date(static_cast<sys_days>(day)), day);
    }
    EXPECT_THROW((void)static_cast<year_month_day>(date(std::numeric_limits<std::int32_t>::max())),
                 ValidationError);
    EXPECT_THROW((void)date(year(2011) / 2 / 30), ValidationError);
    EXPECT_THROW((void)date(sys_days(days(std::numeric_limits<std::int32_t>::max())) + days(1)),
                 ValidationError);
    EXPECT_EQ(static_cast<sys_days>(date::today()), floor<days>(system_clock::now()));
    EXPECT_LT(date(-1), date(0));
}

TEST(TimeOfDay, TextRoundTripsAndRangeIsChecked_SemanticsRule5) {
    EXPECT_EQ(time_of_day::parse("04:05:06.5")->to_string(), "04:05:06.500000000");
    EXPECT_EQ(time_of_day::parse("23:59:59.999999999")->nanoseconds(), time_of_day::max_nanoseconds);
    EXPECT_EQ(time_of_day::parse("86399999999999")->to_string(), "23:59:59.999999999");
    EXPECT_THROW(time_of_day(nanoseconds(-1)), ValidationError);
    EXPECT_THROW(time_of_day(hours(24)), ValidationError);
    for (const char* bad : {"", "24:00:00", "04:05", "04:60:00", "04:05:60", "04:05:06.",
                            "04:05:06.1234567890", "-1", "86400000000000"})
        EXPECT_EQ(time_of_day::parse(bad), std::nullopt) << bad;
}

TEST(Duration, ReadsItsThreeForms) {
    EXPECT_EQ(duration::parse("1y2mo3w4d5h6m7s8ms9us10ns"), duration(14, 25, 18'367'008'009'010));
    EXPECT_EQ(duration::parse("1Y2MO"), duration(14, 0, 0));
    EXPECT_EQ(duration::parse("5\xc2\xb5s"), duration(0, 0, 5000));
    EXPECT_EQ(duration::parse("-1h"), duration(0, 0, -3'600'000'000'000));
    EXPECT_EQ(duration::parse("P1Y2M3DT4H5M6S"), duration(14, 3, 14'706'000'000'000));
    EXPECT_EQ(duration::parse("PT5M"), duration(0, 0, 300'000'000'000));
    EXPECT_EQ(duration::parse("-P3W"), duration(0, -21, 0));
    EXPECT_EQ(duration::parse("P0001-02-03T04:05:06"), duration(14, 3, 14'706'000'000'000));
    for (const char* bad :
         {"", "-", "1", "1x", "1d1y", "1d1d", "P", "PT", "P1", "P1M1Y", "P1W1D", "P1D5H", "P0001-02-03",
          "3000000000mo", "9223372036854775808ns", "--1d", "1d ", "P1Y2M3DT4H5M6"})
        EXPECT_EQ(duration::parse(bad), std::nullopt) << bad;
}

TEST(Duration, TextRoundTripsAtTheLimits) {
    constexpr auto min32 = std::numeric_limits<std::int32_t>::min();
    constexpr auto max32 = std::numeric_limits<std::int32_t>::max();
    for (const duration& value : {duration(), duration(1, 2, 3), duration(-14, -3, -1), duration(0, 0, 1),
                                  duration(max32, max32, std::numeric_limits<std::int64_t>::max()),
                                  duration(min32, min32, std::numeric_limits<std::int64_t>::min())})
        EXPECT_EQ(duration::parse(value.to_string()), value) << value.to_string();
    EXPECT_EQ(duration(14, 3, 3'661'001'002'003).to_string(), "1y2mo3d1h1m1s1ms2us3ns");
}

TEST(Duration, PartsShareOneSign_SemanticsRule5) {
    EXPECT_THROW(duration(1, -1, 0), ValidationError);
    EXPECT_THROW(duration(0, 1, -1), ValidationError);
    EXPECT_NO_THROW(duration(-1, 0, -1));
}

}  // namespace
}  // namespace coodie
