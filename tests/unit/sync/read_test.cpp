// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

namespace {

using namespace coodie::literals;
using coodie::InvalidQueryError;
using coodie::TypeId;
using sync_test::Front;
using sync_test::Review;

constexpr const char* select_review =
    R"(SELECT "product", "at", "rating", "content", "tags" FROM "catalog"."reviews")";

class Read : public Front {};

TEST_F(Read, GetFindOneAndFirst) {
    mock_->on("SELECT").returns(reviews({5}));
    EXPECT_EQ(Review::get("product"_c == "x", "at"_c == 0).rating, 5);
    EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? AND "at" = ? ['x', 0])");
    EXPECT_EQ(Review::find_one("product"_c == "x")->tags, std::vector<std::string>{"a"});
    EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? LIMIT ? ['x', 2])");
    EXPECT_EQ(Review::find("product"_c == "x").first()->rating, 5);
    EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? LIMIT ? ['x', 1])");
    EXPECT_EQ(Review::find("product"_c == "x").get().rating, 5);
}

TEST_F(Read, NoneAndSeveral) {
    EXPECT_EQ(Review::find_one("product"_c == "x"), std::nullopt);
    EXPECT_EQ(Review::find("product"_c == "x").first(), std::nullopt);
    EXPECT_EQ(thrown<coodie::DocumentNotFound>([] { (void)Review::get("product"_c == "x", "at"_c == 1); }),
              "get: no row of catalog.reviews (Review) matches product = 'x', at = 1");
    mock_->on("SELECT").returns(reviews({5, 4}));
    EXPECT_EQ(Review::find("product"_c == "x").first()->rating, 5) << "first() takes any";
    EXPECT_THROW((void)Review::find_one("product"_c == "x"), coodie::MultipleDocumentsFound);
    EXPECT_THROW((void)Review::find("product"_c == "x").find_one(), coodie::MultipleDocumentsFound);
    EXPECT_NE(thrown<coodie::MultipleDocumentsFound>([] {
                  (void)Review::get("product"_c == "x");
              }).find("get: several rows of catalog.reviews (Review) match product = 'x'; name"),
              std::string::npos);
}

TEST_F(Read, AMessageShowsWhatWasLookedFor) {
    const auto message = [](const auto&... conditions) {
        return thrown<coodie::DocumentNotFound>([&] { (void)Review::get(conditions...); });
    };
    EXPECT_EQ(message("product"_c == std::string(70, 'x')),
              "get: no row of catalog.reviews (Review) matches product = '" + std::string(59, 'x') + "...");
    std::string umlauts;
    for (int i = 0; i < 40; ++i) umlauts += "\u00e4";
    EXPECT_EQ(message("product"_c == umlauts),
              "get: no row of catalog.reviews (Review) matches product = '" + umlauts.substr(0, 58) + "...")
        << "no half characters";
    EXPECT_EQ(message("product"_c.in("a", "b"), "tags"_c.contains("t"), "content"_c.is_not_null()),
              "get: no row of catalog.reviews (Review) matches product IN ['a', 'b'], tags CONTAINS 't', "
              "content IS NOT NULL");
    EXPECT_EQ(
        message(coodie::token("product"_c) > coodie::token_of("a"), coodie::token("product"_c) <= 7),
        "get: no row of catalog.reviews (Review) matches token(product) > token('a'), token(product) <= 7");
    EXPECT_EQ(thrown<coodie::DocumentNotFound>([] { (void)Review::find().in_keyspace("other").get(); }),
              "get: no row of other.reviews (Review) matches");
}

// One row by its whole primary key: nothing to page.
TEST_F(Read, AReadOfOneRowDoesNotPage) {
    const auto page_size = [this] { return mock_->last().options.page_size; };
    (void)Review::find_one("product"_c == "x", "at"_c == 0);
    EXPECT_EQ(page_size(), 0);
    (void)Review::find("product"_c == "x", "at"_c == 0).first();
    EXPECT_EQ(page_size(), 0);
    (void)Review::find("product"_c == "x", "at"_c == 0).find_one();
    EXPECT_EQ(page_size(), 0);
    (void)Review::find("product"_c == "x", "at"_c == 0).fetch_size(7).first();
    EXPECT_EQ(page_size(), 7);
    (void)Review::find("product"_c == "x").first();
    EXPECT_EQ(page_size(), std::nullopt);
    (void)Review::find_one("product"_c == "x", "at"_c > 0);
    EXPECT_EQ(page_size(), std::nullopt);
}

TEST_F(Read, EveryClauseOfAQuery) {
    (void)Review::find("product"_c == "x")
        .filter("at"_c > 1)
        .order_by("at"_c)
        .limit(20)
        .per_partition_limit(3)
        .fetch_size(500)
        .consistency(coodie::Consistency::quorum)
        .timeout(std::chrono::seconds(2))
        .allow_filtering()
        .all();
    EXPECT_EQ(last(), std::string(select_review) +
                          R"( WHERE "product" = ? AND "at" > ? ORDER BY "at" ASC )"
                          R"(PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING ['x', 1, 3, 20])");
    const auto options = mock_->last().options;
    EXPECT_EQ(options.page_size, 500);
    EXPECT_EQ(options.consistency, coodie::Consistency::quorum);
    EXPECT_EQ(options.timeout, std::chrono::seconds(2));
    EXPECT_TRUE(options.idempotent);
}

TEST_F(Read, QuerySetIsImmutable) {
    const auto all = Review::find("product"_c == "x");
    const auto few = all.limit(2);
    EXPECT_EQ(all.cql(), std::string(select_review) + R"( WHERE "product" = ? ['x'])");
    EXPECT_EQ(few.cql(), std::string(select_review) + R"( WHERE "product" = ? LIMIT ? ['x', 2])");
    EXPECT_EQ(sent(), 0U);
}

// Semantics rule 14: an empty IN is an empty result, not an error; nothing is sent.
TEST_F(Read, EmptyInSendsNothing) {
    const std::vector<std::string> none;
    const auto query = Review::find("product"_c.in(none));
    EXPECT_TRUE(query.all().empty());
    EXPECT_EQ(query.first(), std::nullopt);
    EXPECT_EQ(query.count(), 0);
    EXPECT_EQ(query.find_one(), std::nullopt);
    EXPECT_EQ(Review::find_one("product"_c.in(none)), std::nullopt);
    EXPECT_THROW((void)Review::get("product"_c.in(none)), coodie::DocumentNotFound);
    EXPECT_TRUE(query.paged_all().data.empty());
    for (const Review& review : query) FAIL() << review.product;
    EXPECT_TRUE(query.remove().applied());
    EXPECT_TRUE(Review::find("product"_c.in(none), "at"_c == 1).update("rating"_c = 1).applied());
    EXPECT_EQ(sent(), 0U);
    EXPECT_THROW((void)query.limit(1).count(), InvalidQueryError) << "what is wrong stays wrong";
}

TEST_F(Read, Count) {
    mock_->on("COUNT").returns({{"count", TypeId::bigint}}, {{std::int64_t{7}}});
    EXPECT_EQ(Review::find("product"_c == "x").count(), 7);
    EXPECT_EQ(last(), R"(SELECT COUNT(*) FROM "catalog"."reviews" WHERE "product" = ? ['x'])");
}

// Semantics rule 23: paging ends when the server says so; an empty page with more to come is legal.
TEST_F(Read, EveryEndingReadsOverEmptyPages) {
    const auto pages = [&] {
        mock_->reset_answers();
        mock_->on("SELECT").returns_pages(
            {reviews({}), reviews({1, 2}), reviews({}), reviews({}), reviews({3})});
    };
    pages();
    EXPECT_EQ(Review::find().all().size(), 3U);
    pages();
    EXPECT_EQ(Review::find().first()->rating, 1);
    pages();
    int sum = 0;
    for (const Review& review : Review::find()) sum += review.rating;
    EXPECT_EQ(sum, 6);
    pages();
    auto cursor = Review::find().cursor();
    sum = 0;
    while (const auto review = cursor.next()) sum += review->rating;
    EXPECT_EQ(sum, 6);
    EXPECT_EQ(cursor.next(), std::nullopt) << "stays at the end";
    mock_->reset_answers();
    mock_->on("SELECT").returns_pages({reviews({1}), reviews({}), reviews({2})});
    EXPECT_THROW((void)Review::find_one("product"_c == "x"), coodie::MultipleDocumentsFound);
}

TEST_F(Read, IterationAsksForAPageWhenItNeedsIt) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3, 4}), 2);
    std::vector<std::size_t> calls;
    for (const Review& review : Review::find().fetch_size(2)) {
        static_cast<void>(review);
        calls.push_back(sent());
    }
    EXPECT_EQ(calls, (std::vector<std::size_t>{1, 1, 2, 2}));
}

// Semantics rule 24: a token goes on with the same query only.
TEST_F(Read, PagesAndTheirTokens) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3}), 2);
    const auto query = Review::find("product"_c == "x").fetch_size(2);
    const auto first = query.paged_all();
    EXPECT_EQ(first.data.size(), 2U);
    ASSERT_TRUE(first.has_more());
    const auto second = query.paged_all(first.paging_state);
    ASSERT_EQ(second.data.size(), 1U);
    EXPECT_EQ(second.data[0].rating, 3);
    EXPECT_FALSE(second.has_more());
    EXPECT_THROW((void)Review::find("product"_c == "y").paged_all(first.paging_state), InvalidQueryError);
    EXPECT_THROW((void)query.filter("at"_c > 1).paged_all(first.paging_state), InvalidQueryError);
    EXPECT_EQ(query.page(first.paging_state).all().size(), 1U) << "all() goes on from a page, too";
    EXPECT_EQ(query.paged_all("").data.size(), 2U) << "an empty token begins at the start";
}

TEST_F(Read, OnlyAndDeferGivePartialDocuments) {
    mock_->on("SELECT").returns({{"product", TypeId::text}, {"at", TypeId::int_}, {"rating", TypeId::int_}},
                                {{"x", 1, 5}});
    auto partial = *Review::find("product"_c == "x").only("rating"_c).first();
    EXPECT_EQ(
        last(),
        R"(SELECT "product", "at", "rating" FROM "catalog"."reviews" WHERE "product" = ? LIMIT ? ['x', 1])");
    EXPECT_EQ(partial->rating, 5);
    EXPECT_EQ(partial["rating"_c], 5);
    EXPECT_TRUE(partial.has("product"_c));
    EXPECT_FALSE(partial.has("content"_c));
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)partial["content"_c];
              }).find("catalog.reviews.content was not read"),
              std::string::npos);

    partial.update("content"_c = "new", "tags"_c += "t");
    EXPECT_EQ(last(), R"(UPDATE "catalog"."reviews" SET "content" = ?, "tags" = "tags" + ? )"
                      R"(WHERE "product" = ? AND "at" = ? ['new', ['t'], 'x', 1])");
    EXPECT_EQ(partial["content"_c], "new") << "what was assigned is known";
    EXPECT_FALSE(partial.has("tags"_c)) << "what was added to is not";

    for (const auto& each : Review::find().defer("content"_c, "tags"_c)) EXPECT_EQ(each->rating, 5);
    EXPECT_EQ(last(), R"(SELECT "product", "at", "rating" FROM "catalog"."reviews")");
}

// Semantics rule 8b: a null that its field cannot hold is an error naming table, key and column.
TEST_F(Read, NullThatItsFieldCannotHoldNamesTableKeyAndColumn) {
    mock_->on("SELECT").returns({{"product", TypeId::text}, {"at", TypeId::int_}, {"rating", TypeId::int_}},
                                {{"x", 1, nullptr}});
    EXPECT_EQ(thrown<coodie::ValidationError>([] { (void)Review::get("product"_c == "x"); }),
              "row of catalog.reviews (product = 'x', at = 1): column rating: null, which a field of type "
              "int cannot "
              "hold; std::optional can");
}

// Semantics rule 22: a partition with only static values reads as a row without clustering key: an error,
// never garbage.
TEST_F(Read, RowWithoutClusteringKeyIsAnError) {
    mock_->on("SELECT").returns({{"product", TypeId::text}, {"at", TypeId::int_}}, {{"x", nullptr}});
    EXPECT_NE(thrown<coodie::ValidationError>([] { (void)Review::find().all(); }).find("column at: null"),
              std::string::npos);
}

// Semantics rule 27: columns are matched by name, whatever their order and whatever else there is.
TEST_F(Read, ColumnsAreMatchedByName) {
    mock_->on("SELECT").returns({{"new", TypeId::text}, {"rating", TypeId::int_}, {"product", TypeId::text}},
                                {{"?", 5, "x"}});
    const Review review = Review::get("product"_c == "x");
    EXPECT_EQ(review.product, "x");
    EXPECT_EQ(review.rating, 5);
}

// Semantics rule 26: what needs ALLOW FILTERING is refused, naming the column.
TEST_F(Read, RefusalForAllowFilteringNamesTheColumn) {
    mock_->on("SELECT").fails(
        coodie::Error(coodie::server_code::invalid, "Cannot execute this query ... use ALLOW FILTERING"));
    const auto text =
        thrown<coodie::ServerError>([] { (void)Review::find("product"_c == "x", "rating"_c > 3).all(); });
    EXPECT_NE(text.find("(column rating: "), std::string::npos) << text;
    EXPECT_NE(text.find(".allow_filtering()"), std::string::npos) << text;
    EXPECT_NE(thrown<coodie::ServerError>([] { (void)Review::find("at"_c == 3).all(); }).find("(column at: "),
              std::string::npos);
}

TEST_F(Read, MalformedRowsAreAnErrorNotACrash) {
    const coodie::Result good = reviews({1}).result();
    for (std::size_t size = 0; size < good.row_bytes().size(); ++size) {
        const coodie::Result cut(good.shared_columns(), good.body(), good.row_bytes().first(size), 1);
        EXPECT_THROW(
            {
                coodie::query::RowDecoder reader(coodie::model_info<Review>(), cut);
                Review review;
                reader.next(&review);
            },
            coodie::DriverError)
            << size;
    }
    const coodie::Result lying(good.shared_columns(), good.body(), good.row_bytes(), 4'000'000'000U);
    EXPECT_THROW(coodie::query::RowDecoder(coodie::model_info<Review>(), lying), coodie::DriverError);
}

TEST_F(Read, OnAnotherDriverAndInAnotherKeyspace) {
    coodie::MockDriver other;
    (void)Review::find("product"_c == "x").on(other).in_keyspace("tenant").all();
    EXPECT_EQ(sent(), 0U);
    EXPECT_NE(other.last().cql.find(R"(FROM "tenant"."reviews")"), std::string::npos);
    coodie::sync::init_coodie(other, {.name = "b"});
    (void)Review::find("product"_c == "x").on("b").count();
    EXPECT_EQ(other.call_count(), 2U);
    EXPECT_THROW((void)Review::find().on("c"), coodie::ConfigurationError);
}

}  // namespace
