// SPDX-License-Identifier: Apache-2.0
#if __has_include(<fmt/format.h>)
#define FMT_HEADER_ONLY
#include <coodie/fmt.hpp>

#include <gtest/gtest.h>

#include <string>

struct Shown {
    std::int32_t id = 0;
    std::string text;
    static constexpr auto schema() { return coodie::table().partition_key<&Shown::id>(); }
};

TEST(Fmt, FormatsAsToString) {
    const Shown shown{.id = 1, .text = "x"};
    EXPECT_EQ(fmt::format("{}", shown), "Shown{id: 1, text: 'x'}");
    EXPECT_EQ(fmt::format("{:>25}|", shown), "  Shown{id: 1, text: 'x'}|");
}
#endif
