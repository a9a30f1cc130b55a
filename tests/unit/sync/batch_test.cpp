// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <stdexcept>

namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using coodie::BatchType;
using coodie::InvalidQueryError;
using coodie::sync::BatchQuery;
using sync_test::Front;
using sync_test::Review;
using sync_test::Visit;

class Batch : public Front {};

TEST_F(Batch, SendsItsWritesAsOne) {
    BatchQuery batch{BatchType::unlogged, {.timeout = 2s, .timestamp = coodie::WriteTime(7us)}};
    Review review{.product = "x", .rating = 1};
    review.save({.batch = &batch});
    const auto result = review.update({.batch = &batch}, "rating"_c = 2);
    Review::find("product"_c == "y").remove({.batch = &batch});
    Review::find("product"_c == "y", "at"_c == 1).update({.batch = &batch}, "rating"_c = 3);
    review.remove({.batch = &batch});
    batch.add(R"(DELETE FROM "t" WHERE "a" = ?)", 5);
    EXPECT_EQ(sent(), 0U);
    EXPECT_EQ(batch.size(), 6U);
    EXPECT_EQ(review.rating, 1) << "not written yet";
    EXPECT_THROW((void)result.applied(), InvalidQueryError);

    EXPECT_TRUE(batch.execute().applied());
    const auto batches = mock_->batches();
    ASSERT_EQ(batches.size(), 1U);
    const auto& seen = batches[0];
    EXPECT_EQ(seen.type, BatchType::unlogged);
    EXPECT_EQ(seen.timestamp, 7);
    EXPECT_EQ(seen.options.timeout, 2s);
    ASSERT_EQ(seen.statements.size(), 6U);
    EXPECT_EQ(seen.statements[2].to_string(), R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? ['y'])");
    EXPECT_EQ(seen.statements[5].to_string(), R"(DELETE FROM "t" WHERE "a" = ? [5])");
}

TEST_F(Batch, ScopeSendsAtItsEndOnce) {
    {
        BatchQuery batch;
        Review{.product = "x"}.save({.batch = &batch});
    }
    EXPECT_EQ(mock_->batches().size(), 1U);
    EXPECT_EQ(mock_->batches()[0].type, BatchType::logged);
    {
        BatchQuery batch;
        Review{.product = "x"}.save({.batch = &batch});
        batch.execute();
        EXPECT_THROW(batch.execute(), InvalidQueryError);
        EXPECT_THROW(Review{.product = "x"}.save({.batch = &batch}), InvalidQueryError);
    }
    EXPECT_EQ(mock_->batches().size(), 2U);
}

TEST_F(Batch, ScopeLeftByAnExceptionSendsNothing) {
    EXPECT_THROW(
        {
            BatchQuery batch;
            Review{.product = "x"}.save({.batch = &batch});
            throw std::runtime_error("changed my mind");
        },
        std::runtime_error);
    EXPECT_EQ(mock_->batches().size(), 0U);
}

TEST_F(Batch, EmptyBatchSendsNothing) {
    {
        const BatchQuery batch;
    }
    BatchQuery batch;
    EXPECT_TRUE(batch.execute().applied());
    EXPECT_EQ(mock_->call_count(), 0U);
}

TEST_F(Batch, ErrorAtTheEndOfTheScopeIsThrown) {
    mock_->on("BATCH").fails(coodie::Error(coodie::server_code::write_timeout, "too slow"));
    EXPECT_THROW(
        {
            BatchQuery batch;
            Review{.product = "x"}.save({.batch = &batch});
        },
        coodie::ServerError);
}

// Semantics rule 21: a batch that is too large says what to do.
TEST_F(Batch, TooLargeSaysWhatToDo) {
    mock_->on("BATCH").fails(coodie::Error(coodie::server_code::invalid, "Batch too large"));
    BatchQuery batch;
    Review{.product = "x"}.save({.batch = &batch});
    EXPECT_NE(thrown<coodie::ServerError>([&] { batch.execute(); }).find("split it"), std::string::npos);
}

TEST_F(Batch, SettingsOfOneWriteAreRefused) {
    BatchQuery batch{{.timestamp = coodie::WriteTime(7us)}};
    const Review review{.product = "x"};
    EXPECT_THROW(review.save({.timeout = 1s, .batch = &batch}), InvalidQueryError);
    EXPECT_THROW(review.save({.consistency = coodie::Consistency::one, .batch = &batch}), InvalidQueryError);
    EXPECT_THROW(review.save({.timestamp = coodie::WriteTime(8us), .batch = &batch}), InvalidQueryError);
    EXPECT_THROW((void)review.insert({.batch = &batch}), InvalidQueryError) << "semantics rule 17";
    EXPECT_NO_THROW(review.save({.ttl = 1h, .batch = &batch}));
}

// Semantics rule 18: a conditional batch stays in one partition and one table.
TEST_F(Batch, ConditionalBatchStaysInOnePartition) {
    BatchQuery batch;
    (void)Review{.product = "x", .at = 1}.insert({.batch = &batch});
    Review{.product = "x", .at = 2}.save({.batch = &batch});
    EXPECT_THROW((Review{.product = "y"}.save({.batch = &batch})), InvalidQueryError);
    EXPECT_THROW(sync_test::Hiding{}.Operations<sync_test::Hiding>::save({.batch = &batch}),
                 InvalidQueryError);
    EXPECT_EQ(batch.size(), 2U) << "what was refused is not in it";
    Review{.product = "x", .at = 3}.save({.batch = &batch});
    mock_->on("BATCH").applied(false);
    const auto result = batch.execute();
    EXPECT_FALSE(result.applied());
    EXPECT_THROW(result.or_throw(), coodie::NotApplied);

    BatchQuery two;
    Review{.product = "x"}.save({.batch = &two});
    Review{.product = "y"}.save({.batch = &two});
    EXPECT_THROW((void)(Review{.product = "x"}.insert({.batch = &two})), InvalidQueryError);
    two.execute();
}

// Semantics rule 20: counters never mix with regular writes in a batch.
TEST_F(Batch, CountersGoByThemselves) {
    BatchQuery batch;
    Visit::find("page"_c == 1).update({.batch = &batch}, "hits"_c += 1);
    EXPECT_THROW((Review{.product = "x"}.save({.batch = &batch})), InvalidQueryError);
    batch.execute();
    EXPECT_EQ(mock_->batches()[0].type, BatchType::counter);

    BatchQuery regular;
    Review{.product = "x"}.save({.batch = &regular});
    EXPECT_THROW(Visit::find("page"_c == 1).update({.batch = &regular}, "hits"_c += 1), InvalidQueryError);
    regular.execute();
}

// Semantics rule 32.
TEST_F(Batch, ModelsOfTwoDriversAreRefused) {
    coodie::MockDriver other;
    coodie::sync::init_coodie(other, {.name = "analytics"});
    BatchQuery batch;
    Review{.product = "x"}.save({.batch = &batch});
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  sync_test::Elsewhere{}.save({.batch = &batch});
              }).find("a batch goes to one database"),
              std::string::npos);
    batch.execute();
}

}  // namespace
