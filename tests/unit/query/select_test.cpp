// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include "query/page_token.hpp"
#include "query/select_one.hpp"
#include "query/shape_cache.hpp"

#include <gtest/gtest.h>

namespace {

using namespace coodie::literals;
using coodie::InvalidQueryError;
using coodie::ValidationError;
using coodie::query::Modifier;
using coodie::query::QueryState;
using coodie::query::select_statement;
using coodie::query::SelectKind;
using query_test::query_of;
using query_test::Review;
using query_test::thrown;

std::string tail(const QueryState& state, SelectKind kind = SelectKind::rows) {
    const std::string text = coodie::query::to_string(select_statement(state, kind));
    return text.substr(text.find(" FROM ") + 1);
}

TEST(Select, ClausesStandInOrderAndLimitsAreBound) {
    QueryState state = query_of<Review>("product"_c == "x");
    state.set_per_partition_limit(2);
    state.set_limit(7);
    state.add_order({{.column = 1, .descending = true}});
    state.say(Modifier::allow_filtering);
    EXPECT_EQ(tail(state), R"(FROM "catalog"."reviews" WHERE "product" = ? ORDER BY "at" DESC )"
                           R"(PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING ['x', 2, 7])");
}

// Semantics rule 12: LIMIT is bound, so a thousand limits are one statement.
TEST(Select, TextIsMadeOncePerShape) {
    QueryState state = query_of<Review>("product"_c == "shape test");
    state.set_limit(1);
    const auto first = select_statement(state, SelectKind::rows);
    const std::size_t shapes = coodie::query::shape_count();
    for (int i = 1; i < 1000; ++i) {
        state.set_limit(i);
        ASSERT_EQ(select_statement(state, SelectKind::rows).text().identity(), first.text().identity());
    }
    EXPECT_EQ(coodie::query::shape_count(), shapes);
}

TEST(Select, OneRowNeedsNoLimitWhenTheKeyIsWhole) {
    EXPECT_EQ(tail(query_of<Review>("product"_c == "x", "at"_c == 1), SelectKind::one),
              R"(FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? ['x', 1])");
    EXPECT_EQ(tail(query_of<Review>("product"_c == "x", "at"_c > 1), SelectKind::one),
              R"(FROM "catalog"."reviews" WHERE "product" = ? AND "at" > ? LIMIT ? ['x', 1, 2])");
    EXPECT_EQ(tail(query_of<Review>("product"_c == "x"), SelectKind::first),
              R"(FROM "catalog"."reviews" WHERE "product" = ? LIMIT ? ['x', 1])");
}

TEST(Select, GetIsTheSameStatementAsFindOne) {
    auto where = coodie::query::where_list<Review>("product"_c == "x", "at"_c == 1);
    const auto get = coodie::query::SelectOne::of(coodie::model_info<Review>(), where)
                         .statement(std::move(where.values()));
    const auto one = select_statement(query_of<Review>("product"_c == "x", "at"_c == 1), SelectKind::one);
    EXPECT_EQ(get.text().identity(), one.text().identity());
    EXPECT_EQ(coodie::query::to_string(get), coodie::query::to_string(one));
    EXPECT_TRUE(get.options().idempotent);
}

TEST(Select, GetsOfOneThreadAreToldApart) {
    const auto get = [](coodie::query::PredicateList where) {
        const auto& select = coodie::query::SelectOne::of(coodie::model_info<Review>(), where);
        const std::string text = coodie::query::to_string(select.statement(std::move(where.values())));
        return text.substr(text.find("WHERE"));
    };
    using coodie::query::where_list;
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(get(where_list<Review>("product"_c == "x", "at"_c == 1)),
                  R"(WHERE "product" = ? AND "at" = ? ['x', 1])");
        EXPECT_EQ(get(where_list<Review>("product"_c == "y", "at"_c > 2)),
                  R"(WHERE "product" = ? AND "at" > ? LIMIT ? ['y', 2, 2])");
        EXPECT_EQ(get(where_list<Review>("product"_c == "x", "rating"_c == 1)),
                  R"(WHERE "product" = ? AND "rating" = ? LIMIT ? ['x', 1, 2])");
        EXPECT_EQ(get(where_list<Review>("product"_c == "x", "at"_c > 1, "at"_c > 2, "at"_c < 9, "at"_c < 8)),
                  R"(WHERE "product" = ? AND "at" > ? AND "at" > ? AND "at" < ? AND "at" < ? LIMIT ?)"
                  " ['x', 1, 2, 9, 8, 2]");
        EXPECT_THROW(
            (void)get(where_list<Review>("product"_c == "x", "content"_c == std::optional<std::string>())),
            InvalidQueryError);
        EXPECT_EQ(get(where_list<Review>("product"_c == "x", "content"_c == std::optional<std::string>("c"))),
                  R"(WHERE "product" = ? AND "content" = ? LIMIT ? ['x', 'c', 2])");
    }
}

TEST(Select, CountsAndKeyspaces) {
    QueryState state = query_of<Review>("product"_c == "x");
    state.keyspace = "tenant \"2\"";
    EXPECT_EQ(coodie::query::to_string(select_statement(state, SelectKind::count)),
              R"(SELECT COUNT(*) FROM "tenant ""2"""."reviews" WHERE "product" = ? ['x'])");
}

TEST(Select, OnlyAndDeferAlwaysReadThePrimaryKey) {
    QueryState state = query_of<Review>();
    state.set_only({2});
    EXPECT_EQ(coodie::query::to_string(select_statement(state, SelectKind::rows)),
              R"(SELECT "product", "at", "rating" FROM "catalog"."reviews")");
    state.set_defer({2, 3, 4, 5, 6, 7});
    EXPECT_EQ(coodie::query::to_string(select_statement(state, SelectKind::rows)),
              R"(SELECT "product", "at", "price", "tiny", "class" FROM "catalog"."reviews")");
    EXPECT_NE(thrown<InvalidQueryError>([&] { state.set_defer({0}); }).find("part of the primary key"),
              std::string::npos);
}

TEST(Select, ModifierThatItsEndingCannotHonourIsRefused) {
    const auto refused = [](Modifier modifier, SelectKind kind) {
        QueryState state = query_of<Review>();
        state.say(modifier);
        return thrown<InvalidQueryError>([&] { (void)select_statement(state, kind); });
    };
    EXPECT_EQ(refused(Modifier::ttl, SelectKind::rows),
              "all of catalog.reviews cannot honour ttl: it belongs to a write");
    for (const SelectKind kind : {SelectKind::rows, SelectKind::first, SelectKind::one, SelectKind::count})
        for (const Modifier modifier :
             {Modifier::ttl, Modifier::timestamp, Modifier::if_exists, Modifier::only_if})
            EXPECT_NE(refused(modifier, kind).find("cannot honour"), std::string::npos);
    for (const Modifier modifier : {Modifier::limit, Modifier::per_partition_limit, Modifier::order_by,
                                    Modifier::only, Modifier::defer, Modifier::page})
        EXPECT_NE(refused(modifier, SelectKind::count).find("cannot honour"), std::string::npos);
    EXPECT_NE(refused(Modifier::limit, SelectKind::one).find("find_one"), std::string::npos);
    EXPECT_NE(refused(Modifier::page, SelectKind::first).find("page"), std::string::npos);
}

TEST(Select, ModifiersCheckTheirArguments) {
    QueryState state = query_of<Review>();
    EXPECT_EQ(thrown<InvalidQueryError>([&] { state.set_limit(0); }),
              "limit of a query of catalog.reviews must be 1 to 2147483647, got 0");
    EXPECT_NE(
        thrown<InvalidQueryError>([&] { state.set_per_partition_limit(-1); }).find("per_partition_limit"),
        std::string::npos);
    EXPECT_NE(
        thrown<InvalidQueryError>([&] { state.set_fetch_size(std::int64_t{1} << 31); }).find("fetch_size"),
        std::string::npos);
    EXPECT_NE(
        thrown<InvalidQueryError>([&] { state.add_order({{.column = 2}}); }).find("no clustering column"),
        std::string::npos);
    EXPECT_NE(
        thrown<ValidationError>([&] { state.set_ttl(std::chrono::seconds(630'720'001)); }).find("630720000"),
        std::string::npos);
}

// Semantics rule 24: a paging state belongs to one query and its values.
TEST(PageToken, BelongsToOneQueryAndItsValues) {
    const auto statement = select_statement(query_of<Review>("product"_c == "x"), SelectKind::rows);
    const coodie::Bytes state{std::byte{1}, std::byte{0}, std::byte{255}};
    const std::string token = coodie::query::make_page_token(state, statement);
    EXPECT_EQ(coodie::query::open_page_token(token, statement), state);
    EXPECT_EQ(token.find_first_of("+/= "), std::string::npos) << "safe in a URL";

    const auto other_value = select_statement(query_of<Review>("product"_c == "y"), SelectKind::rows);
    const auto other_query = select_statement(query_of<Review>("product"_c >= "x"), SelectKind::rows);
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)coodie::query::open_page_token(token, other_value);
              }).find("belongs to another query"),
              std::string::npos);
    EXPECT_THROW((void)coodie::query::open_page_token(token, other_query), InvalidQueryError);
}

// Semantics rule 24: a token that was altered is refused.
TEST(PageToken, AlteredTokenIsRefused) {
    const auto statement = select_statement(query_of<Review>("product"_c == "x"), SelectKind::rows);
    const std::string token = coodie::query::make_page_token(coodie::Bytes(5, std::byte{7}), statement);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string altered = token;
        altered[i] = altered[i] == 'B' ? 'C' : 'B';
        EXPECT_THROW((void)coodie::query::open_page_token(altered, statement), InvalidQueryError) << i;
        EXPECT_THROW((void)coodie::query::open_page_token(token.substr(0, i), statement), InvalidQueryError)
            << i;
    }
    EXPECT_THROW((void)coodie::query::open_page_token(token + "A", statement), InvalidQueryError);
    EXPECT_THROW((void)coodie::query::open_page_token("not base64!", statement), InvalidQueryError);
    EXPECT_EQ(coodie::query::make_page_token({}, statement), "");
}

}  // namespace
