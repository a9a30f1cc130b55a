// SPDX-License-Identifier: Apache-2.0
#include "native/option_values.hpp"

#include <gtest/gtest.h>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

TEST(ParseDuration, TakesANumberAndAUnit) {
    EXPECT_EQ(parse_duration("500ms"), 500ms);
    EXPECT_EQ(parse_duration("2s"), 2s);
    EXPECT_EQ(parse_duration("3m"), 3min);
    EXPECT_EQ(parse_duration("4h"), 4h);
    EXPECT_EQ(parse_duration("0"), 0ms);
    EXPECT_EQ(parse_duration("4294967295h"), std::chrono::hours(4294967295)) << "no overflow";
    for (const char* text :
         {"", "5", "s", "5S", "5us", "-5s", "+5s", " 5s", "5s ", "5 s", "1e3s", "4294967296s", "0x5s"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(ParseNumber, KeepsToItsRange) {
    EXPECT_EQ(parse_number("1", 1, 5), 1U);
    EXPECT_EQ(parse_number("5", 1, 5), 5U);
    for (const char* text : {"0", "6", "", "-1", "1.0", "1 ", "99999999999"})
        EXPECT_FALSE(parse_number(text, 1, 5)) << text;
}

TEST(ParseConsistency, TakesAnyCase) {
    EXPECT_EQ(parse_consistency("LOCAL_QUORUM"), Consistency::local_quorum);
    EXPECT_EQ(parse_consistency("Each_Quorum"), Consistency::each_quorum);
    EXPECT_EQ(parse_consistency("any"), Consistency::any);
    EXPECT_FALSE(parse_consistency("localquorum"));
    EXPECT_FALSE(parse_consistency(""));
}

TEST(SpellingDistance, CountsSlips) {
    EXPECT_EQ(spelling_distance("", ""), 0U);
    EXPECT_EQ(spelling_distance("port", "PORT"), 0U);
    EXPECT_EQ(spelling_distance("prot", "port"), 1U);
    EXPECT_EQ(spelling_distance("conect", "connect"), 1U);
    EXPECT_EQ(spelling_distance("", "abc"), 3U);
    EXPECT_EQ(spelling_distance("abc", ""), 3U);
    EXPECT_EQ(spelling_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace coodie::native
