// SPDX-License-Identifier: Apache-2.0
#include "native/session/prepared_cache.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using coodie::StatementText;
using coodie::native::Prepared;
using coodie::native::PreparedCache;
using coodie::native::PreparedPtr;

PreparedPtr prepared() { return std::make_shared<const Prepared>(); }

TEST(PreparedCache, TellsTextsAndKeyspacesApart) {
    PreparedCache cache;
    const StatementText text("SELECT 1");
    const PreparedPtr one = prepared();
    const PreparedPtr other = prepared();
    cache.put(text, "one", one);
    cache.put(text, "other", other);
    EXPECT_EQ(cache.find(text, "one"), one);
    EXPECT_EQ(cache.find(text, "one"), one);
    EXPECT_EQ(cache.find(text, "other"), other);
    EXPECT_EQ(cache.find(text, "one"), one);
    EXPECT_EQ(cache.find(text, ""), nullptr);
    EXPECT_EQ(cache.find(StatementText("SELECT 2"), "one"), nullptr);
    EXPECT_EQ(cache.size(), 2U);
}

TEST(PreparedCache, FindsTheSameTextOfAnotherStatement) {
    PreparedCache cache;
    const PreparedPtr known = prepared();
    cache.put(StatementText("SELECT 1"), "", known);
    EXPECT_EQ(cache.find(StatementText("SELECT 1"), ""), known);
    EXPECT_EQ(cache.find(StatementText("SELECT 1"), ""), known);
}

TEST(PreparedCache, FindsWhatWasPutLast) {
    PreparedCache cache;
    const StatementText text("SELECT 1");
    cache.put(text, "", prepared());
    ASSERT_NE(cache.find(text, ""), nullptr);
    const PreparedPtr changed = prepared();
    cache.put(text, "", changed);
    EXPECT_EQ(cache.find(text, ""), changed);
    EXPECT_EQ(cache.size(), 1U);
}

// A text that was found a moment ago, too.
TEST(PreparedCache, GivesNothingThatItForgot) {
    PreparedCache cache(1);
    for (int i = 0; i < 300; ++i) {
        const StatementText text("SELECT " + std::to_string(i));
        const PreparedPtr made = prepared();
        cache.put(text, "", made);
        EXPECT_EQ(cache.find(text, ""), made);
        cache.put(StatementText("SELECT other " + std::to_string(i)), "", prepared());
        EXPECT_EQ(cache.find(text, ""), nullptr);
    }
}

}  // namespace
