// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <coodie/query/apply.hpp>
#include <coodie/query/collections.hpp>

#include <gtest/gtest.h>

namespace {

using namespace coodie::literals;
using coodie::InvalidQueryError;
using query_test::Review;
using query_test::set;
using query_test::thrown;

constexpr const char* key = ", '', 0]";

TEST(Assignment, PlainValuesAndNull) {
    EXPECT_EQ(set<Review>("rating"_c = 4), std::string(R"("rating" = ? [4)") + key);
    EXPECT_EQ(set<Review>("content"_c = "x", "price"_c = 2.5),
              std::string(R"("content" = ?, "price" = ? ['x', 2.5)") + key);
    EXPECT_EQ(set<Review>("content"_c = coodie::null), std::string(R"("content" = ? [null)") + key);
    EXPECT_EQ(set<Review>("content"_c = std::nullopt), std::string(R"("content" = ? [null)") + key);
    EXPECT_EQ(set<Review>(coodie::col<&Review::rating> = 4), std::string(R"("rating" = ? [4)") + key);
    EXPECT_EQ(set<Review>(coodie::column("rating") = 4), std::string(R"("rating" = ? [4)") + key);
}

// Semantics rule 3: a non-frozen empty collection is null on the wire, a frozen one stays empty.
TEST(Assignment, EmptyCollections) {
    EXPECT_EQ(set<Review>("tags"_c = std::vector<std::string>{}), std::string(R"("tags" = ? [null)") + key);
    EXPECT_EQ(set<Review>("fixed"_c = std::vector<std::int32_t>{}), std::string(R"("fixed" = ? [[])") + key);
}

// Semantics rule 10: += and -= send only the difference.
TEST(Assignment, DifferencesOfCollections) {
    EXPECT_EQ(set<Review>("tags"_c += {"a", "b"}), std::string(R"("tags" = "tags" + ? [['a', 'b'])") + key);
    EXPECT_EQ(set<Review>("tags"_c += "a"), std::string(R"("tags" = "tags" + ? [['a'])") + key);
    EXPECT_EQ(set<Review>("tags"_c -= std::vector<std::string>{"a"}),
              std::string(R"("tags" = "tags" - ? [['a'])") + key);
    EXPECT_EQ(set<Review>("tags"_c.prepend({"a"})), std::string(R"("tags" = ? + "tags" [['a'])") + key);
    EXPECT_EQ(set<Review>("marks"_c += {3, 1}), std::string(R"("marks" = "marks" + ? [{1, 3})") + key);
    EXPECT_EQ(set<Review>("marks"_c -= 3), std::string(R"("marks" = "marks" - ? [{3})") + key);
    EXPECT_EQ(set<Review>("votes"_c += std::map<std::string, int>{{"a", 1}}),
              std::string(R"("votes" = "votes" + ? [{'a': 1})") + key);
    EXPECT_EQ(set<Review>("votes"_c -= {"a", "b"}),
              std::string(R"("votes" = "votes" - ? [{'a', 'b'})") + key);
    EXPECT_EQ(set<Review>(coodie::column("tags") += "a"), std::string(R"("tags" = "tags" + ? [['a'])") + key);
    EXPECT_EQ(set<Review>(coodie::column("marks") += std::vector<std::int64_t>{3, 1}),
              std::string(R"("marks" = "marks" + ? [{3, 1})") + key);
}

// Beside the braces, which GCC 12 cannot take within co_await.
TEST(Assignment, CollectionsByFunction) {
    EXPECT_EQ(set<Review>("tags"_c = coodie::list_of("a", std::string("b"))),
              std::string(R"("tags" = ? [['a', 'b'])") + key);
    EXPECT_EQ(set<Review>("marks"_c += coodie::set_of(3, 1, 3)),
              std::string(R"("marks" = "marks" + ? [{1, 3})") + key);
    EXPECT_EQ(set<Review>("votes"_c = coodie::map_of("bob", 2, "ann", 1, "bob", 3)),
              std::string(R"("votes" = ? [{'ann': 1, 'bob': 3})") + key);
    EXPECT_EQ(set<Review>("votes"_c -= coodie::set_of("bob")),
              std::string(R"("votes" = "votes" - ? [{'bob'})") + key);
    EXPECT_EQ(set<Review>(coodie::column("votes") += coodie::map_of("bob", 2)),
              std::string(R"("votes" = "votes" + ? [{'bob': 2})") + key);
}

TEST(Assignment, Elements) {
    EXPECT_EQ(set<Review>("votes"_c["ann"] = 5), std::string(R"("votes"[?] = ? ['ann', 5)") + key);
    EXPECT_EQ(set<Review>("votes"_c["ann"] = coodie::null),
              std::string(R"("votes"[?] = ? ['ann', null)") + key);
    EXPECT_EQ(set<Review>("tags"_c[2] = "x"), std::string(R"("tags"[?] = ? [2, 'x')") + key);
    EXPECT_EQ(set<Review>("votes"_c["ann"] = 5, "votes"_c["bob"] = 6),
              std::string(R"("votes"[?] = ?, "votes"[?] = ? ['ann', 5, 'bob', 6)") + key);
}

TEST(Assignment, RefusedAtRunTime) {
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)set<Review>(coodie::column("product") = "x");
              }).find("catalog.reviews.product is part of the primary key"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)set<Review>("rating"_c = 1, "rating"_c = 2);
              }).find("assigned twice"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)set<Review>(coodie::column("rating") = coodie::null);
              }).find("not optional"),
              std::string::npos);
    EXPECT_NE(
        thrown<InvalidQueryError>([] { (void)set<Review>(coodie::column("fixed") += 3); }).find("frozen"),
        std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)set<Review>(coodie::column("rating") += 3);
              }).find("lists, sets, maps and counters"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([] { (void)set<Review>(); }).find("got no assignment"),
              std::string::npos);
}

template <class... A>
Review applied(Review review, const A&... assignments) {
    coodie::query::apply_changes(coodie::model_info<Review>(),
                                 coodie::query::change_list<Review>(assignments...), &review);
    return review;
}

TEST(Assignment, IsDoneToTheDocumentAsToTheRow) {
    const Review review{
        .rating = 3, .content = "x", .tags = {"a", "b", "a"}, .marks = {1, 2}, .votes = {{"ann", 1}}};
    EXPECT_EQ(applied(review, "rating"_c = 4, "content"_c = coodie::null).rating, 4);
    EXPECT_EQ(applied(review, "content"_c = coodie::null).content, std::nullopt);
    EXPECT_EQ(applied(review, "tags"_c += "c").tags, (std::vector<std::string>{"a", "b", "a", "c"}));
    EXPECT_EQ(applied(review, "tags"_c -= "a").tags, (std::vector<std::string>{"b"}));
    EXPECT_EQ(applied(review, "tags"_c.prepend("c")).tags, (std::vector<std::string>{"c", "a", "b", "a"}));
    EXPECT_EQ(applied(review, "tags"_c[1] = "z").tags, (std::vector<std::string>{"a", "z", "a"}));
    EXPECT_EQ(applied(review, "tags"_c[1] = coodie::null).tags, (std::vector<std::string>{"a", "a"}));
    EXPECT_EQ(applied(review, "tags"_c = {"q"}).tags, (std::vector<std::string>{"q"}));
    EXPECT_EQ(applied(review, "marks"_c += {2, 3}).marks, (std::set<std::int32_t>{1, 2, 3}));
    EXPECT_EQ(applied(review, "marks"_c -= {1, 2}).marks, (std::set<std::int32_t>{}));
    EXPECT_EQ(applied(review, "votes"_c["bob"] = 2).votes,
              (std::map<std::string, std::int64_t>{{"ann", 1}, {"bob", 2}}));
    EXPECT_EQ(applied(review, "votes"_c["ann"] = coodie::null).votes,
              (std::map<std::string, std::int64_t>{}));
    EXPECT_EQ(applied(review, "votes"_c += std::map<std::string, int>{{"ann", 9}}).votes,
              (std::map<std::string, std::int64_t>{{"ann", 9}}));
    EXPECT_EQ(applied(review, "votes"_c -= "ann").votes, (std::map<std::string, std::int64_t>{}));
}

TEST(Assignment, CountersAddUp) {
    query_test::Visit visit{.a = 1, .b = "x", .hits = 5};
    coodie::query::apply_changes(coodie::model_info<query_test::Visit>(),
                                 coodie::query::change_list<query_test::Visit>("hits"_c += 2), &visit);
    EXPECT_EQ(visit.hits, 7);
    coodie::query::apply_changes(coodie::model_info<query_test::Visit>(),
                                 coodie::query::change_list<query_test::Visit>("hits"_c -= 10), &visit);
    EXPECT_EQ(visit.hits, -3);
}

}  // namespace
