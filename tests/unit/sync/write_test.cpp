// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using sync_test::Front;
using sync_test::Hiding;
using sync_test::Review;
using sync_test::Setting;
using sync_test::Visit;

constexpr const char* insert_review =
    R"(INSERT INTO "catalog"."reviews" ("product", "at", "rating", "content", "tags") )"
    R"(VALUES (?, ?, ?, ?, ?))";

class Write : public Front {};

TEST_F(Write, SaveAndCreate) {
    const Review review{.product = "x", .rating = 5};
    review.save();
    EXPECT_EQ(last(), std::string(insert_review) + " ['x', 0, 5, null, null]");
    review.save({.ttl = 24h, .nulls = coodie::Nulls::skip});
    EXPECT_EQ(last(), std::string(insert_review) + " USING TTL ? ['x', 0, 5, unset, unset, 86400]");
    const Review created = Review::create({.product = "y", .content = "c"});
    EXPECT_EQ(created.product, "y");
    EXPECT_EQ(last(), std::string(insert_review) + " ['y', 0, 0, 'c', null]");
}

TEST_F(Write, ModelWithoutBaseAndWithoutKeyspace) {
    const Setting setting{.name = "color", .count = 3};
    coodie::sync::save(setting);
    EXPECT_EQ(last(), R"(INSERT INTO "setting" ("name", "count") VALUES (?, ?) ['color', 3])");
    coodie::sync::save(setting, {.keyspace = "other"});
    EXPECT_EQ(last(), R"(INSERT INTO "other"."setting" ("name", "count") VALUES (?, ?) ['color', 3])");
    EXPECT_TRUE(coodie::sync::remove(setting).applied());
    EXPECT_EQ(last(), R"(DELETE FROM "setting" WHERE "name" = ? ['color'])");
    EXPECT_TRUE(coodie::sync::insert(coodie::sync::create(setting)).applied());
}

TEST_F(Write, ModelThatInheritsColumnsHasOperationsOfItsOwn) {
    sync_test::Cat cat;
    cat.id = 1;
    cat.save();
    EXPECT_EQ(last(), R"(INSERT INTO "k"."cats" ("id", "name", "lives") VALUES (?, ?, ?) [1, '', 9])");
    cat.update("name"_c = "Tom", "lives"_c = 8);
    EXPECT_EQ(cat.name, "Tom");
    EXPECT_EQ(sync_test::Cat::find("id"_c == 1).cql(),
              R"(SELECT "id", "name", "lives" FROM "k"."cats" WHERE "id" = ? [1])");
    EXPECT_EQ(sync_test::Pet::find("id"_c == 1).cql(),
              R"(SELECT "id", "name" FROM "k"."pet" WHERE "id" = ? [1])");
}

TEST_F(Write, LibraryNeverCallsAnOperationAsMember) {
    Hiding hiding{.save = 1};
    coodie::sync::save(hiding);
    (void)coodie::sync::update(hiding, "update"_c = 3);
    EXPECT_EQ(hiding.update, 3);
    EXPECT_EQ(coodie::sync::find<Hiding>("save"_c == 1).all().size(), 0U);
    EXPECT_EQ(coodie::sync::insert_many(std::vector{hiding}).written(), 1U);
}

// Semantics rule 16: [applied] is read by name; success may carry extra columns; a missing row gives no
// existing row.
TEST_F(Write, InsertTellsWhetherItWasApplied) {
    const Review review{.product = "x", .rating = 5};
    EXPECT_TRUE(review.insert().applied());
    EXPECT_EQ(last(), std::string(insert_review) + " IF NOT EXISTS ['x', 0, 5, unset, unset]");

    mock_->on("INSERT").applied(false, reviews({3}));
    const auto refused = review.insert();
    ASSERT_FALSE(refused.applied());
    ASSERT_TRUE(refused.existing());
    EXPECT_EQ((*refused.existing())->rating, 3);
    EXPECT_TRUE(refused.existing()->has("tags"_c));
    try {
        refused.or_throw();
        FAIL();
    } catch (const coodie::NotAppliedTo<Review>& error) {
        ASSERT_TRUE(error.existing());
        EXPECT_EQ((**error.existing()).rating, 3);
        EXPECT_STREQ(error.what(),
                     "the conditional write to catalog.reviews was not applied: the row has product = 'x', "
                     "at = 0, rating = 3, content = null, tags = ['a']");
    }

    mock_->reset_answers();
    mock_->on("INSERT").applied(true, reviews({3}));
    EXPECT_TRUE(review.insert().applied());
    EXPECT_FALSE(review.insert().existing());
}

// Semantics rule 16: a missing row gives no existing row, also when the server sends one of nulls.
TEST_F(Write, RowOfNullsIsNoExistingRow) {
    coodie::MockRows nulls({{"rating", coodie::TypeId::int_}});
    nulls.row({nullptr});
    mock_->on("UPDATE").applied(false, nulls);
    Review review{.product = "x", .rating = 5};
    const auto result = review.update(coodie::only_if("rating"_c == 4), "rating"_c = 6);
    EXPECT_FALSE(result.applied());
    EXPECT_FALSE(result.existing());
    EXPECT_NE(thrown<coodie::NotApplied>([&] { result.or_throw(); }).find("there is no such row"),
              std::string::npos);
}

TEST_F(Write, UpdateChangesTheDocumentOnlyWhenApplied) {
    Review review{.product = "x", .rating = 5};
    review.update("rating"_c = 4, "content"_c = "solid", "tags"_c += {"new"});
    EXPECT_EQ(last(), R"(UPDATE "catalog"."reviews" SET "rating" = ?, "content" = ?, "tags" = "tags" + ? )"
                      R"(WHERE "product" = ? AND "at" = ? [4, 'solid', ['new'], 'x', 0])");
    EXPECT_EQ(review.rating, 4);
    EXPECT_EQ(review.content, "solid");
    EXPECT_EQ(review.tags, std::vector<std::string>{"new"});

    coodie::MockRows condition({{"rating", coodie::TypeId::int_}});
    condition.row({2});
    mock_->on("IF").applied(false, condition);
    const auto result = review.update({.ttl = 1h}, coodie::only_if("rating"_c == 3), "rating"_c = 9);
    EXPECT_FALSE(result);
    EXPECT_EQ(review.rating, 4) << "a conditional write that was not applied changes nothing";
    // Semantics rule 16: a failed UPDATE carries only the condition columns.
    ASSERT_TRUE(result.existing());
    EXPECT_EQ((*result.existing())["rating"_c], 2);
    EXPECT_FALSE(result.existing()->has("content"_c));
    EXPECT_THROW((void)(*result.existing())["content"_c], coodie::InvalidQueryError);

    mock_->reset_answers();
    mock_->on("UPDATE").fails(coodie::Error(coodie::server_code::write_timeout, "too slow"));
    EXPECT_THROW(review.update("rating"_c = 9), coodie::ServerError);
    EXPECT_EQ(review.rating, 4);
}

TEST_F(Write, RemoveWithConditions) {
    const Review review{.product = "x", .at = 2};
    EXPECT_TRUE(review.remove().applied());
    EXPECT_EQ(last(), R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? ['x', 2])");
    mock_->on("IF EXISTS").applied(false);
    EXPECT_FALSE(review.remove({.if_exists = true}).applied());
    EXPECT_TRUE(review.remove(coodie::only_if("rating"_c > 1)).applied());
    EXPECT_EQ(
        last(),
        R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? IF "rating" > ? ['x', 2, 1])");
}

TEST_F(Write, CountersAreUpdatedWithoutLoading) {
    Visit::find("page"_c == 7).update("hits"_c += 1);
    EXPECT_EQ(last(), R"(UPDATE "k"."visit" SET "hits" = "hits" + ? WHERE "page" = ? [1, 7])");
    Visit visit{.page = 7};
    visit.update("hits"_c -= 2);
    EXPECT_EQ(visit.hits, -2);
}

TEST_F(Write, InsertManyTellsWhichFailed) {
    std::vector<Review> all;
    for (int i = 0; i < 10; ++i) all.push_back({.product = "x", .at = i});
    all[4].product = "\xff";
    mock_->next().succeeds();
    mock_->next().fails(coodie::Error(coodie::server_code::write_timeout, "too slow"));
    const auto result = Review::insert_many(all, {.concurrency = 3});
    EXPECT_EQ(result.written(), 8U);
    ASSERT_EQ(result.failures().size(), 2U);
    EXPECT_EQ(result.failures()[0].index, 1U);
    EXPECT_EQ(result.failures()[0].error.code(), coodie::server_code::write_timeout);
    EXPECT_EQ(result.failures()[1].index, 4U);
    EXPECT_EQ(result.failures()[1].error.kind(), coodie::ErrorKind::validation);
    EXPECT_EQ(sent(), 9U);
    EXPECT_EQ(thrown<coodie::ServerError>([&] { result.or_throw(); }),
              "insert_many: 2 of 10 documents failed, the first at index 1: insert_many of catalog.reviews: "
              "too slow");
    EXPECT_THROW((void)Review::insert_many(all, {.ttl = -1s}), coodie::ValidationError);
}

TEST_F(Write, ErrorSaysWhatWasTriedOnWhat) {
    mock_->on("INSERT").fails(coodie::Error(coodie::server_code::unavailable, "no replica"));
    try {
        Review{.product = "x"}.save();
        FAIL();
    } catch (const coodie::ServerError& error) {
        EXPECT_EQ(error.code(), coodie::server_code::unavailable);
        EXPECT_STREQ(error.what(), "save of catalog.reviews: no replica");
    }
}

// Semantics rule 19: a timeout of a conditional write means "unknown", a different error from "not applied".
TEST_F(Write, TimeoutOfAConditionalWriteIsUnknown) {
    mock_->on("INSERT").fails(coodie::Error(coodie::ErrorKind::timeout, "no answer within 2 s"));
    const Review review{.product = "x"};
    EXPECT_NE(thrown<coodie::TimeoutError>([&] { (void)review.insert(); }).find("is unknown"),
              std::string::npos);
    EXPECT_EQ(thrown<coodie::TimeoutError>([&] { review.save(); }),
              "save of catalog.reviews: no answer within 2 s");
}

TEST(Configuration, MissingDriverAndKeyspaceNameTheCall) {
    coodie::shutdown();
    const Setting setting{.name = "x"};
    try {
        coodie::sync::save(setting);
        FAIL();
    } catch (const coodie::ConfigurationError& error) {
        EXPECT_NE(std::string(error.what()).find("init_coodie"), std::string::npos) << error.what();
    }
    coodie::MockDriver mock;
    coodie::sync::init_coodie(mock);
    try {
        coodie::sync::save(setting);
        FAIL();
    } catch (const coodie::ConfigurationError& error) {
        EXPECT_NE(std::string(error.what()).find("no keyspace for table setting"), std::string::npos)
            << error.what();
    }
    EXPECT_NO_THROW(coodie::sync::save(setting, {.keyspace = "k"}));
    EXPECT_EQ(mock.call_count(), 1U);
    coodie::shutdown();
}

// Semantics rule 32: a model bound to a connection reads, writes and syncs there, and only there.
TEST_F(Write, ModelBoundToAConnectionWritesThere) {
    EXPECT_THROW(sync_test::Elsewhere{}.save(), coodie::ConfigurationError);
    const auto analytics = std::make_shared<coodie::MockDriver>();
    coodie::sync::init_coodie(analytics, {.name = "analytics"});
    sync_test::Elsewhere{}.save();
    (void)sync_test::Elsewhere::find("id"_c == 1).all();
    (void)sync_test::Elsewhere::find_one("id"_c == 1);
    EXPECT_EQ(analytics->call_count(), 3U);
    EXPECT_EQ(mock_->call_count(), 0U);
    Review{.product = "x"}.save();
    EXPECT_EQ(mock_->call_count(), 1U) << "a second connection with a name does not change the default";
}

}  // namespace
