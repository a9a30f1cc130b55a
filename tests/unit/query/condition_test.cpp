// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <gtest/gtest.h>

namespace {

using namespace coodie::literals;
using coodie::InvalidQueryError;
using coodie::ValidationError;
using query_test::query_of;
using query_test::Review;
using query_test::thrown;
using query_test::Visit;
using query_test::where;

TEST(Condition, EachOperatorBindsItsValue) {
    EXPECT_EQ(where<Review>("rating"_c == 3), R"(WHERE "rating" = ? [3])");
    EXPECT_EQ(where<Review>("rating"_c != 3), R"(WHERE "rating" != ? [3])");
    EXPECT_EQ(where<Review>("rating"_c < 3, "rating"_c <= 4),
              R"(WHERE "rating" < ? AND "rating" <= ? [3, 4])");
    EXPECT_EQ(where<Review>("rating"_c > 3, "rating"_c >= 4),
              R"(WHERE "rating" > ? AND "rating" >= ? [3, 4])");
    EXPECT_EQ(where<Review>("tags"_c.contains("a")), R"(WHERE "tags" CONTAINS ? ['a'])");
    EXPECT_EQ(where<Review>("marks"_c.contains(7)), R"(WHERE "marks" CONTAINS ? [7])");
    EXPECT_EQ(where<Review>("votes"_c.contains(7)), R"(WHERE "votes" CONTAINS ? [7])");
    EXPECT_EQ(where<Review>("votes"_c.contains_key("ann")), R"(WHERE "votes" CONTAINS KEY ? ['ann'])");
    EXPECT_EQ(where<Review>("content"_c.is_not_null()), R"(WHERE "content" IS NOT NULL)");
    EXPECT_EQ(where<Review>("votes"_c["ann"] == 7), R"(WHERE "votes"[?] = ? ['ann', 7])");
    EXPECT_EQ(where<Review>(),
              R"(SELECT "product", "at", "rating", "content", "tags", "marks", "votes", "fixed", )"
              R"("price", "tiny", "class" FROM "catalog"."reviews")");
}

TEST(Condition, ColumnsAreNamedInThreeWays) {
    const std::string expected = R"(WHERE "rating" > ? [3])";
    EXPECT_EQ(where<Review>("rating"_c > 3), expected);
    EXPECT_EQ(where<Review>(coodie::col<&Review::rating> > 3), expected);
    EXPECT_EQ(where<Review>(coodie::column("rating") > 3), expected);
}

TEST(Condition, RenamedColumnGoesByItsCqlName) {
    EXPECT_EQ(where<Review>("class"_c == "x"), R"(WHERE "class" = ? ['x'])");
    EXPECT_EQ(where<Review>(coodie::col<&Review::brand> == "x"), R"(WHERE "class" = ? ['x'])");
}

TEST(Condition, ColumnUnknownAtRunTimeIsRefusedNamingThoseThatThereAre) {
    const std::string text =
        thrown<InvalidQueryError>([] { (void)where<Review>(coodie::column("raiting") == 3); });
    EXPECT_NE(text.find("catalog.reviews has no column \"raiting\""), std::string::npos) << text;
    EXPECT_NE(text.find("rating"), std::string::npos);
}

// Semantics rule 14: IN takes one bound list, so 1 to 100 values are one statement.
TEST(Condition, InIsOneBoundListHoweverManyValues) {
    const std::string text = R"(WHERE "rating" IN ? )";
    EXPECT_EQ(where<Review>("rating"_c.in({1, 2})), text + "[[1, 2]]");
    EXPECT_EQ(where<Review>("rating"_c.in(1, 2, 3)), text + "[[1, 2, 3]]");
    EXPECT_EQ(where<Review>("rating"_c.in(7)), text + "[[7]]");
    EXPECT_EQ(where<Review>("rating"_c.in(std::vector<std::int64_t>{1, 2})), text + "[[1, 2]]");
    EXPECT_EQ(where<Review>("product"_c.in("a", std::string("b"))), R"(WHERE "product" IN ? [['a', 'b']])");
    const auto one =
        coodie::query::select_statement(query_of<Review>("rating"_c.in(1)), coodie::query::SelectKind::rows);
    const auto many = coodie::query::select_statement(
        query_of<Review>("rating"_c.in(std::vector<int>(100, 5))), coodie::query::SelectKind::rows);
    EXPECT_EQ(one.text().identity(), many.text().identity());
}

// Semantics rule 14: an empty IN is an empty result.
TEST(Condition, EmptyInMatchesNothing) {
    EXPECT_TRUE(query_of<Review>("rating"_c.in(std::vector<int>{})).where.matches_nothing());
    EXPECT_TRUE(query_of<Review>(coodie::column("rating").in(std::vector<int>{})).where.matches_nothing());
    EXPECT_FALSE(query_of<Review>("rating"_c.in(1)).where.matches_nothing());
}

TEST(Condition, IntegersAreRangeCheckedNamingTableColumnValueAndLimit) {
    EXPECT_EQ(where<Review>("tiny"_c == 127), R"(WHERE "tiny" = ? [127])");
    EXPECT_EQ(thrown<ValidationError>([] { (void)where<Review>("tiny"_c == 2000); }),
              "catalog.reviews.tiny: 2000 does not fit tinyint (-128..127)");
    EXPECT_EQ(thrown<ValidationError>([] { (void)where<Review>("rating"_c == 5'000'000'000); }),
              "catalog.reviews.rating: 5000000000 does not fit int (-2147483648..2147483647)");
    EXPECT_EQ(thrown<ValidationError>([] { (void)where<Review>("rating"_c.in(1, 5'000'000'000)); }),
              "catalog.reviews.rating: 5000000000 does not fit int (-2147483648..2147483647)");
    EXPECT_EQ(thrown<ValidationError>([] { (void)where<Review>(coodie::column("tiny") == 2000U); }),
              "catalog.reviews.tiny: 2000 does not fit tinyint (-128..127)");
}

TEST(Condition, IntegersFitFloatingPointColumnsWhenExact) {
    EXPECT_EQ(where<Review>("price"_c == 4), R"(WHERE "price" = ? [4.0])");
    EXPECT_EQ(thrown<ValidationError>([] { (void)where<Review>("price"_c == (std::int64_t{1} << 53) + 1); }),
              "catalog.reviews.price: 9007199254740993 does not fit double exactly");
}

// Semantics rule 4: invalid UTF-8 in text is a client error.
TEST(Condition, InvalidTextIsRefused) {
    EXPECT_NE(thrown<ValidationError>([] {
                  (void)where<Review>("content"_c == "\xff");
              }).find("catalog.reviews.content"),
              std::string::npos);
}

TEST(Condition, CopiesItsText) {
    auto condition = [] {
        const std::string local(40, 'x');
        return "product"_c == std::string_view(local);
    }();
    EXPECT_EQ(where<Review>(condition), R"(WHERE "product" = ? [')" + std::string(40, 'x') + "']");
}

// Semantics rule 2: null in a WHERE is a client error.
TEST(Condition, FilterRefusesAnEmptyOptional) {
    const std::optional<std::string> none;
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)where<Review>("content"_c == none);
              }).find("catalog.reviews.content = null"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)where<Review>(coodie::column("content") == coodie::null);
              }).find("catalog.reviews.content = null"),
              std::string::npos);
}

TEST(Condition, TokensCompareWithKeysAndNumbers) {
    EXPECT_EQ(where<Visit>(coodie::token("a"_c, "b"_c) > coodie::token_of(1, "x")),
              R"(WHERE token("a", "b") > token(?, ?) [1, 'x'])");
    EXPECT_EQ(where<Visit>(coodie::token("a"_c, "b"_c) <= std::int64_t{7}),
              R"(WHERE token("a", "b") <= ? [7])");
    const Visit visit{.a = 3, .b = "y"};
    EXPECT_EQ(where<Visit>(coodie::token(coodie::column("a"), "b"_c) >= coodie::token_of(visit)),
              R"(WHERE token("a", "b") >= token(?, ?) [3, 'y'])");
}

TEST(Condition, TokenTakesThePartitionKeyInOrder) {
    EXPECT_EQ(
        thrown<InvalidQueryError>([] { (void)where<Visit>(coodie::token("b"_c, "a"_c) > std::int64_t{7}); }),
        "token() in a query of visits takes the columns of its partition key in order: a, b");
    const Review review{};
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)where<Visit>(coodie::token("a"_c, "b"_c) > coodie::token_of(review));
              }).find("document of catalog.reviews in a query of visits"),
              std::string::npos);
}

TEST(Condition, OperatorThatTheTypeLacksIsRefusedAtRunTime) {
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)where<Review>(coodie::column("rating").contains(1));
              }).find("contains() is for lists, sets and maps"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)where<Review>(coodie::column("tags").contains_key("a"));
              }).find("contains_key() is for maps"),
              std::string::npos);
    EXPECT_NE(
        thrown<InvalidQueryError>([] { (void)where<Review>(coodie::column("tags") > "a"); }).find("order"),
        std::string::npos);
    EXPECT_NE(thrown<ValidationError>([] {
                  (void)where<Review>(coodie::column("rating") == "four");
              }).find("a value of type text does not fit int"),
              std::string::npos);
}

}  // namespace
