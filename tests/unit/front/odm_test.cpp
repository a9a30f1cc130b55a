// SPDX-License-Identifier: Apache-2.0
// The blocking front on the embedded engine, in memory: what the texts of tests/unit/{query,sync} do to real
// rows.
#include <coodie/sync.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using coodie::sync::BatchQuery;
using coodie::sync::execute_raw;

struct Review : coodie::sync::Document<Review> {
    std::string product;
    std::int32_t at = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;
    std::set<std::int32_t> marks;
    std::map<std::string, std::int64_t> votes;
    coodie::frozen<std::vector<std::int32_t>> fixed;
    std::optional<std::string> brand;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .keyspace("odm")
            .partition_key<&Review::product>()
            .clustering_key<&Review::at>(coodie::desc)
            .static_column<&Review::brand>()
            .index<&Review::rating>();
    }
};

struct KeyOnly : coodie::sync::Document<KeyOnly> {
    std::int32_t id = 0;
    std::optional<std::int32_t> value;
    static constexpr auto schema() { return coodie::table().keyspace("odm").partition_key<&KeyOnly::id>(); }
};

struct Visit : coodie::sync::Document<Visit> {
    std::string page;
    coodie::counter hits;
    static constexpr auto schema() { return coodie::table().keyspace("odm").partition_key<&Visit::page>(); }
};

class Odm : public testing::Test {
protected:
    Odm() {
        connection_ = coodie::sync::init_coodie("memory:");
        coodie::sync::create_keyspace("odm");
        Review::sync_table();
        KeyOnly::sync_table();
        Visit::sync_table();
    }
    ~Odm() override { coodie::shutdown(); }

    static std::vector<std::int32_t> ats(const std::vector<Review>& reviews) {
        std::vector<std::int32_t> list;
        for (const Review& review : reviews) list.push_back(review.at);
        return list;
    }

    coodie::Connection connection_;
};

TEST_F(Odm, DocumentComesBackEqual) {
    // Semantics rule 8: quotes, a NUL byte and emoji come back equal.
    const Review review{.product = "it's \"x\"",
                        .at = -5,
                        .rating = 4,
                        .content = std::string("a\0b \xF0\x9F\x98\x80", 8),
                        .tags = {"b", "a", "b"},
                        .marks = {3, 1},
                        .votes = {{"ann", 1}, {"bob", -1}},
                        .fixed = std::vector<std::int32_t>{7},
                        .brand = "acme"};
    review.save();
    EXPECT_EQ(Review::get("product"_c == review.product, "at"_c == -5), review);
}

TEST_F(Odm, EmptyIsNotNull) {
    Review{.product = "x", .content = ""}.save();
    const Review read = Review::get("product"_c == "x", "at"_c == 0);
    EXPECT_EQ(read.content, "") << "semantics rule 1";
    EXPECT_TRUE(read.fixed->empty()) << "semantics rule 3";
    EXPECT_EQ(read.brand, std::nullopt);
}

TEST_F(Odm, SaveWritesNullsSkipLeavesThemAlone) {
    Review{.product = "x", .content = "old"}.save();
    Review{.product = "x", .rating = 1}.save({.nulls = coodie::Nulls::skip});
    EXPECT_EQ(Review::get("product"_c == "x").content, "old") << "semantics rule 1: unset";
    Review{.product = "x", .rating = 1}.save();
    EXPECT_EQ(Review::get("product"_c == "x").content, std::nullopt);
}

// Semantics rule 9: INSERT leaves a row marker, a row made by UPDATE alone vanishes with its last cell.
TEST_F(Odm, RowMarkers) {
    KeyOnly{.id = 1}.save();
    EXPECT_TRUE(KeyOnly::find_one("id"_c == 1));
    KeyOnly two{.id = 2};
    two.update("value"_c = 5);
    EXPECT_EQ(KeyOnly::get("id"_c == 2).value, 5);
    two.update("value"_c = coodie::null);
    EXPECT_FALSE(KeyOnly::find_one("id"_c == 2));
}

// Semantics rule 10.
TEST_F(Odm, UpdatesOfCollections) {
    Review review{.product = "x", .tags = {"a"}, .marks = {1, 2}, .votes = {{"ann", 1}}};
    review.save();
    review.update("tags"_c += {"b", "c"}, "marks"_c -= 2, "votes"_c["bob"] = 7);
    review.update("tags"_c.prepend("z"), "marks"_c += {9}, "votes"_c -= "ann");
    review.update("tags"_c[1] = "A");
    EXPECT_EQ(review.tags, (std::vector<std::string>{"z", "A", "b", "c"}));
    EXPECT_EQ(Review::get("product"_c == "x"), review) << "the document is as the row";
    review.update("tags"_c = {"only"}, "marks"_c = coodie::null);
    EXPECT_EQ(Review::get("product"_c == "x"), review);
}

// Semantics rule 11: a write to static columns alone needs only the partition key.
TEST_F(Odm, StaticColumnsBelongToThePartition) {
    Review{.product = "x", .at = 1}.save();
    Review{.product = "x", .at = 2}.save();
    Review::find("product"_c == "x").update("brand"_c = "acme");
    for (const Review& review : Review::find("product"_c == "x")) EXPECT_EQ(review.brand, "acme");
}

// Semantics rule 22: a partition with only static values reads as one row without clustering key: an error,
// no garbage.
TEST_F(Odm, PartitionOfStaticsAloneIsAnErrorThatNamesTheColumn) {
    Review::find("product"_c == "y").update("brand"_c = "acme");
    try {
        (void)Review::find("product"_c == "y").all();
        FAIL();
    } catch (const coodie::ValidationError& error) {
        EXPECT_NE(std::string(error.what()).find("odm.reviews (product = 'y', at = null): column at"),
                  std::string::npos)
            << error.what();
    }
}

TEST_F(Odm, ConditionalWrites) {
    const Review review{.product = "x", .rating = 1};
    EXPECT_TRUE(review.insert().applied());
    const auto second = Review{.product = "x", .rating = 2}.insert();
    ASSERT_FALSE(second.applied());
    ASSERT_TRUE(second.existing());
    EXPECT_EQ(**second.existing(), review);

    Review mine = review;
    EXPECT_TRUE(mine.update(coodie::only_if("rating"_c == 1), "rating"_c = 5).applied());
    const auto refused = mine.update(coodie::only_if("rating"_c == 1), "rating"_c = 6);
    EXPECT_FALSE(refused.applied());
    EXPECT_EQ((*refused.existing())["rating"_c], 5) << "semantics rule 16";
    EXPECT_EQ(mine.rating, 5);
    EXPECT_TRUE(mine.update(coodie::only_if("content"_c == coodie::null), "content"_c = "c").applied());
    EXPECT_TRUE(mine.update(coodie::only_if("rating"_c.in(4, 5)), "rating"_c = 6).applied());
    EXPECT_FALSE(mine.remove(coodie::only_if("rating"_c > 6)).applied());
    EXPECT_TRUE(mine.remove({.if_exists = true}).applied());
    EXPECT_FALSE(mine.remove({.if_exists = true}).applied());
    EXPECT_FALSE(mine.update({.if_exists = true}, "rating"_c = 1).applied());
    EXPECT_FALSE(Review::find_one("product"_c == "x"));
}

TEST_F(Odm, QueriesInBothDirections) {
    for (std::int32_t at = 0; at < 10; ++at) Review{.product = "x", .at = at, .rating = at % 3}.save();
    for (std::int32_t at = 0; at < 3; ++at) Review{.product = "y", .at = at}.save();
    const auto x = Review::find("product"_c == "x");
    EXPECT_EQ(ats(x.limit(3).all()), (std::vector<std::int32_t>{9, 8, 7}));
    EXPECT_EQ(ats(x.order_by("at"_c).limit(3).all()), (std::vector<std::int32_t>{0, 1, 2}));
    EXPECT_EQ(ats(x.order_by(-"at"_c).filter("at"_c >= 2, "at"_c < 5).all()),
              (std::vector<std::int32_t>{4, 3, 2}));
    EXPECT_EQ(ats(x.filter("at"_c.in({3, 30, 5})).all()), (std::vector<std::int32_t>{5, 3}));
    EXPECT_EQ(Review::find().per_partition_limit(2).all().size(), 4U);
    EXPECT_EQ(Review::find("product"_c.in("x", "y", "z")).count(), 13);
    EXPECT_EQ(Review::find("rating"_c == 2).count(), 3) << "by the index";
    EXPECT_EQ(x.filter("rating"_c > 1).allow_filtering().count(), 3);
    EXPECT_EQ(Review::find(coodie::token("product"_c) > coodie::token_of("x")).count() +
                  Review::find(coodie::token("product"_c) <= coodie::token_of("x")).count(),
              13)
        << "semantics rule 25";
    EXPECT_EQ(x.first()->at, 9);
    EXPECT_THROW((void)Review::find_one("product"_c == "x"), coodie::MultipleDocumentsFound);
}

// Semantics rules 23 and 24.
TEST_F(Odm, PagesCoverEveryRowOnce) {
    for (std::int32_t at = 0; at < 25; ++at) Review{.product = std::to_string(at % 4), .at = at}.save();
    std::set<std::int32_t> seen;
    std::string token;
    std::size_t pages = 0;
    do {
        const auto page = Review::find().fetch_size(4).paged_all(token);
        for (const Review& review : page.data) EXPECT_TRUE(seen.insert(review.at).second) << review.at;
        token = page.paging_state;
        ++pages;
        EXPECT_LE(page.data.size(), 4U);
    } while (!token.empty() && pages < 20);
    EXPECT_EQ(seen.size(), 25U);
    std::size_t count = 0;
    for (const Review& review : Review::find().fetch_size(3)) count += review.product.size();
    EXPECT_EQ(count, 25U);
    const auto page = Review::find("product"_c == "1").fetch_size(2).paged_all();
    EXPECT_THROW((void)Review::find("product"_c == "2").paged_all(page.paging_state),
                 coodie::InvalidQueryError);
}

// Semantics rule 26.
TEST_F(Odm, FilterWithoutAllowFilteringNamesTheColumn) {
    try {
        (void)Review::find("content"_c == "x").all();
        FAIL();
    } catch (const coodie::ServerError& error) {
        EXPECT_EQ(error.code(), coodie::server_code::invalid);
        EXPECT_NE(std::string(error.what()).find("column content"), std::string::npos) << error.what();
    }
}

TEST_F(Odm, BulkUpdateAndRemove) {
    for (std::int32_t at = 0; at < 10; ++at) Review{.product = "x", .at = at}.save();
    Review::find("product"_c == "x", "at"_c == 3).ttl(1h).update("rating"_c = 9);
    EXPECT_EQ(Review::get("product"_c == "x", "at"_c == 3).rating, 9);
    Review::find("product"_c == "x", "at"_c >= 2, "at"_c < 8).remove();
    EXPECT_EQ(ats(Review::find("product"_c == "x").all()), (std::vector<std::int32_t>{9, 8, 1, 0}));
    Review::find("product"_c == "x").remove();
    EXPECT_EQ(Review::find().count(), 0);
}

// Semantics rules 12 and 13: the write with the later timestamp wins, whatever comes first.
TEST_F(Odm, TimestampsDecide) {
    const coodie::WriteTime early{1000us};
    const coodie::WriteTime late{2000us};
    Review{.product = "x", .rating = 2}.save({.timestamp = late});
    Review{.product = "x", .rating = 1}.save({.timestamp = early});
    EXPECT_EQ(Review::get("product"_c == "x").rating, 2);
    Review{.product = "x"}.remove({.timestamp = early});
    EXPECT_EQ(Review::get("product"_c == "x").rating, 2);
    Review{.product = "x"}.remove({.timestamp = late});
    EXPECT_FALSE(Review::find_one("product"_c == "x"));
    Review{.product = "y"}.save({.ttl = 1000s});
    const auto left =
        execute_raw("SELECT TTL(rating) FROM odm.reviews WHERE product = ?", "y").one<std::int32_t>();
    ASSERT_TRUE(left);
    EXPECT_GT(*left, 900);
    EXPECT_LE(*left, 1000);
}

TEST_F(Odm, CountersAddUp) {
    Visit::find("page"_c == "a").update("hits"_c += 5);
    Visit visit{.page = "a"};
    visit.update("hits"_c -= 2);
    EXPECT_EQ(Visit::get("page"_c == "a").hits, 3);
}

TEST_F(Odm, Batches) {
    {
        BatchQuery batch;
        Review{.product = "x", .at = 1}.save({.batch = &batch});
        Review{.product = "y", .at = 1}.save({.batch = &batch});
        batch.add("UPDATE odm.reviews SET rating = ? WHERE product = ? AND at = ?", 7, "x", 1);
        EXPECT_EQ(Review::find().count(), 0);
    }
    EXPECT_EQ(Review::find().count(), 2);
    BatchQuery conditional;  // semantics rule 18
    (void)Review{.product = "x", .at = 1}.insert({.batch = &conditional});
    Review{.product = "x", .at = 2}.save({.batch = &conditional});
    EXPECT_FALSE(conditional.execute().applied());
    EXPECT_EQ(Review::find("product"_c == "x").count(), 1);
}

TEST_F(Odm, PartialDocuments) {
    Review{.product = "x", .rating = 3, .content = "long"}.save();
    auto partial = Review::find("product"_c == "x").only("rating"_c).get();
    EXPECT_EQ(partial->rating, 3);
    EXPECT_FALSE(partial.has("content"_c));
    partial.update("rating"_c = 4);
    const Review read = Review::get("product"_c == "x");
    EXPECT_EQ(read.rating, 4);
    EXPECT_EQ(read.content, "long");
}

TEST_F(Odm, RawStatementsTakeTheirParametersTypes) {
    (void)execute_raw("INSERT INTO odm.reviews (product, at, rating, fixed, votes) VALUES (?, ?, ?, ?, ?)",
                      "x", std::int64_t{7}, 3, std::vector<int>{}, std::map<std::string, int>{{"ann", 1}});
    EXPECT_EQ(Review::get("product"_c == "x").votes.at("ann"), 1);
    EXPECT_THROW((void)execute_raw("INSERT INTO odm.reviews (product, at) VALUES (?, ?)", "x", 5'000'000'000),
                 coodie::ValidationError);
    EXPECT_THROW((void)execute_raw("INSERT INTO odm.reviews (product, at) VALUES (?, ?)", "x"),
                 coodie::InvalidQueryError);
    const auto reviews = execute_raw("SELECT * FROM odm.reviews").as<Review>();
    ASSERT_EQ(reviews.size(), 1U);
    EXPECT_EQ(reviews[0].at, 7);
    EXPECT_EQ(execute_raw("SELECT COUNT(*) FROM odm.reviews").one<std::int64_t>(), 1);
}

TEST_F(Odm, InsertMany) {
    std::vector<Review> many;
    for (std::int32_t at = 0; at < 500; ++at) many.push_back({.product = std::to_string(at % 10), .at = at});
    const auto result = Review::insert_many(many);
    EXPECT_EQ(result.written(), 500U);
    EXPECT_EQ(Review::find().count(), 500);
    Review::truncate();
    EXPECT_EQ(Review::find().count(), 0);
}

// Semantics rule 28: the second plan is empty.
TEST_F(Odm, SecondSyncHasNothingToDo) {
    EXPECT_TRUE(Review::sync_table().empty());
    Review::drop_table();
    EXPECT_FALSE(Review::sync_table({.dry_run = true}).empty());
    EXPECT_FALSE(Review::sync_table().empty());
}

}  // namespace
