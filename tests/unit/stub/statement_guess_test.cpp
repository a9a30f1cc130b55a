// SPDX-License-Identifier: Apache-2.0
#include "stub/statement_guess.hpp"

#include <gtest/gtest.h>

namespace coodie::stub {
namespace {

using Names = std::vector<std::string>;

TEST(StatementGuess, Selects) {
    const auto guess =
        guess_statement("select a, \"B c\" from ks.\"My\" where a = ? and b>=? AND c IN ? LIMIT ?");
    EXPECT_EQ(guess.verb, "SELECT");
    EXPECT_EQ(guess.keyspace, "ks");
    EXPECT_EQ(guess.table, "My");
    EXPECT_EQ(guess.columns, (Names{"a", "B c"}));
    EXPECT_EQ(guess.parameters, (Names{"a", "b", "c", "LIMIT"}));
    EXPECT_TRUE(guess.has_where);
    EXPECT_TRUE(guess_statement("SELECT * FROM t").columns.empty());
    EXPECT_FALSE(guess_statement("SELECT * FROM t").has_where);
}

TEST(StatementGuess, Writes) {
    const auto insert = guess_statement("INSERT INTO ks.t (a, b, c) VALUES (?, 'x?', ?) USING TTL ?");
    EXPECT_EQ(insert.table, "t");
    EXPECT_EQ(insert.parameters, (Names{"a", "c", "TTL"}));
    const auto update = guess_statement("UPDATE t USING TIMESTAMP ? SET a = ? WHERE k = ?");
    EXPECT_EQ(update.table, "t");
    EXPECT_EQ(update.parameters, (Names{"TIMESTAMP", "a", "k"}));
    EXPECT_EQ(guess_statement("USE \"My\"").table, "My");
    EXPECT_EQ(guess_statement("").verb, "");
    EXPECT_EQ(guess_statement("'").verb, "'");
    EXPECT_EQ(guess_statement("\"").parameters, Names{});
}

}  // namespace
}  // namespace coodie::stub
