// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/counter.hpp>
#include <coodie/types/decimal.hpp>
#include <coodie/types/varint.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_set>
#include <vector>

namespace coodie {
namespace {

TEST(Varint, TextRoundTripsAtEverySize) {
    for (const std::string text : {"0", "-1", "9223372036854775807", "-9223372036854775808",
                                   "9223372036854775808", "-9223372036854775809", "18446744073709551616",
                                   "-18446744073709551616", "340282366920938463463374607431768211455",
                                   "123456789012345678901234567890123456789012345678901234567890",
                                   "-99999999999999999999999999999999"}) {
        const auto value = varint::parse(text);
        ASSERT_TRUE(value) << text;
        EXPECT_EQ(value->to_string(), text);
        EXPECT_EQ(varint::from_bytes(value->bytes()), *value);
    }
    EXPECT_EQ(varint::parse("+007")->to_string(), "7");
    EXPECT_EQ(varint::parse("-0")->to_string(), "0");
    for (const char* bad : {"", "-", "+", "1a", " 1", "--1", "1.0"}) EXPECT_FALSE(varint::parse(bad)) << bad;
}

TEST(Varint, ConvertsFromAndToInt64) {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{128}, std::int64_t{-129},
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        EXPECT_EQ(varint(value).to_int64(), value);
    EXPECT_EQ(varint(std::numeric_limits<std::uint64_t>::max()).to_string(), "18446744073709551615");
    EXPECT_EQ(varint::parse("9223372036854775808")->to_int64(), std::nullopt);
    EXPECT_EQ(varint(), 0);
}

TEST(Varint, OrdersAsANumber) {
    std::vector<varint> rising;
    for (const char* text : {"-18446744073709551616", "-9223372036854775809", "-256", "-129", "-128", "-1",
                             "0", "1", "127", "128", "256", "9223372036854775808"})
        rising.push_back(*varint::parse(text));
    for (std::size_t i = 1; i < rising.size(); ++i) EXPECT_LT(rising[i - 1], rising[i]);
}

TEST(Decimal, TextIsBigDecimals) {
    struct Case {
        const char* text;
        const char* unscaled;
        std::int32_t scale;
        const char* written;
    };
    for (const Case& c :
         {Case{"1.50", "150", 2, "1.50"}, Case{"-0.001", "-1", 3, "-0.001"},
          Case{"0.0000001", "1", 7, "1E-7"}, Case{"0.000001", "1", 6, "0.000001"},
          Case{"1E+3", "1", -3, "1E+3"}, Case{"12e3", "12", -3, "1.2E+4"}, Case{".5", "5", 1, "0.5"},
          Case{"5.", "5", 0, "5"}, Case{"+7", "7", 0, "7"}, Case{"0.00", "0", 2, "0.00"},
          Case{"1e-2147483647", "1", 2147483647, "1E-2147483647"}}) {
        const auto value = decimal::parse(c.text);
        ASSERT_TRUE(value) << c.text;
        EXPECT_EQ(value->unscaled().to_string(), c.unscaled) << c.text;
        EXPECT_EQ(value->scale(), c.scale) << c.text;
        EXPECT_EQ(value->to_string(), c.written);
        EXPECT_EQ(decimal::parse(value->to_string()), *value);
    }
    for (const char* bad : {"", ".", "-", "1e", "1e+", "e3", "1.2.3", "1e2147483649", "1e99999999999", "0x1"})
        EXPECT_FALSE(decimal::parse(bad)) << bad;
}

TEST(Decimal, KeepsItsScale_SemanticsRule5) {
    const decimal one = *decimal::parse("1.0");
    const decimal same = *decimal::parse("1.00");
    EXPECT_NE(one, same);
    EXPECT_EQ(decimal::compare(one, same), std::weak_ordering::equivalent);
    EXPECT_LT(one, same);
}

TEST(Decimal, OrdersAsANumberWithoutExpandingExponents) {
    std::vector<decimal> rising;
    for (const char* text : {"-1e2147483647", "-10.5", "-10.25", "-1", "-1e-2147483647", "0", "1e-2147483647",
                             "0.1", "0.11", "1", "1.5", "9", "10", "99.9", "1e2", "1e2147483647"})
        rising.push_back(*decimal::parse(text));
    for (std::size_t i = 1; i < rising.size(); ++i) {
        EXPECT_EQ(decimal::compare(rising[i - 1], rising[i]), std::weak_ordering::less)
            << rising[i].to_string();
        EXPECT_EQ(decimal::compare(rising[i], rising[i - 1]), std::weak_ordering::greater)
            << rising[i].to_string();
    }
}

TEST(Decimal, ConvertsToTheNearestDouble) {
    EXPECT_EQ(decimal::parse("-0.1")->to_double(), -0.1);
    EXPECT_TRUE(std::isinf(decimal::parse("1e400")->to_double()));
    EXPECT_EQ(decimal::parse("1e-400")->to_double(), 0.0);
}

TEST(Counter, ConvertsAndComparesAsInt64) {
    counter value = 5;
    value = value + 2;
    EXPECT_TRUE(value == 7 && value < 8 && value > counter(6));
    EXPECT_EQ(counter::parse("-3")->value(), -3);
    EXPECT_FALSE(counter::parse("3x"));
}

TEST(Numbers, HashInUnorderedContainers) {
    EXPECT_EQ(std::unordered_set<varint>({1, 1, 2}).size(), 2U);
    EXPECT_EQ(std::unordered_set<decimal>({decimal(1, 0), decimal(1, 1), decimal(1, 0)}).size(), 2U);
}

}  // namespace
}  // namespace coodie
