// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

#include <gtest/gtest.h>

namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using coodie::InvalidQueryError;
using coodie::model_info;
using coodie::StatementKind;
using coodie::ValidationError;
using coodie::query::to_string;
using query_test::query_of;
using query_test::Review;
using query_test::thrown;
using query_test::Visit;

constexpr const char* into =
    R"(INSERT INTO "catalog"."reviews" ("product", "at", "rating", "content", "tags", "marks", )"
    R"("votes", "fixed", "price", "tiny", "class") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";
const coodie::WriteTime time_seven{7us};

std::string saved(const Review& review, const coodie::SaveOptions& options = {}) {
    return to_string(coodie::query::save_statement(model_info<Review>(), &review, options));
}

TEST(Save, WritesEachColumnSoThatTheRowEqualsTheDocument) {
    EXPECT_EQ(saved({.product = "x", .at = 1}),
              std::string(into) + " ['x', 1, 0, null, null, null, null, [], 0.0, 0, '']");
    EXPECT_EQ(saved({.product = "x", .at = 1, .content = ""}, {.ttl = 24h, .timestamp = time_seven}),
              std::string(into) +
                  " USING TTL ? AND TIMESTAMP ? ['x', 1, 0, '', null, null, null, [], 0.0, 0, '', 86400, 7]");
}

// Semantics rule 1: unset is not null.
TEST(Save, SkippedNullsAreUnset) {
    EXPECT_EQ(saved({.product = "x", .at = 1}, {.nulls = coodie::Nulls::skip}),
              std::string(into) + " ['x', 1, 0, unset, unset, unset, unset, [], 0.0, 0, '']");
}

// Semantics rule 12: TTL is bound, 0 means never, the maximum is 20 years.
TEST(Save, TtlIsBoundAndChecked) {
    const Review review{.product = "x"};
    const auto first = coodie::query::save_statement(model_info<Review>(), &review, {.ttl = 1s});
    for (int i = 0; i < 1000; ++i) {
        const auto next =
            coodie::query::save_statement(model_info<Review>(), &review, {.ttl = std::chrono::seconds(i)});
        ASSERT_EQ(next.text().identity(), first.text().identity());
    }
    EXPECT_NE(saved(review, {.ttl = 630'720'000s}).find("630720000"), std::string::npos);
    EXPECT_THROW((void)saved(review, {.ttl = 630'720'001s}), ValidationError);
    EXPECT_THROW((void)saved(review, {.ttl = -1s}), ValidationError);
}

TEST(Save, IsIdempotentAndTakesItsOptions) {
    const Review review{.product = "x"};
    const auto statement = coodie::query::save_statement(
        model_info<Review>(), &review,
        {.consistency = coodie::Consistency::quorum, .timeout = 5s, .keyspace = "other"});
    EXPECT_TRUE(statement.options().idempotent);
    EXPECT_EQ(statement.options().consistency, coodie::Consistency::quorum);
    EXPECT_EQ(statement.options().timeout, 5s);
    EXPECT_TRUE(statement.text().cql().starts_with(R"(INSERT INTO "other"."reviews")"));
    ASSERT_EQ(statement.text().routing_key().size(), 1U);
    EXPECT_EQ(statement.text().routing_key()[0], 0);
}

// Semantics rule 4.
TEST(Save, ValueThatDoesNotFitNamesTableAndColumn) {
    EXPECT_NE(thrown<ValidationError>([] {
                  (void)saved({.product = "x", .brand = "\xc3"});
              }).find("catalog.reviews.class: text is not valid UTF-8"),
              std::string::npos);
}

// Semantics rule 20: a counter table takes no INSERT.
TEST(Save, CounterTableIsRefused) {
    const Visit visit{};
    EXPECT_THROW((void)coodie::query::save_statement(model_info<Visit>(), &visit, {}), InvalidQueryError);
    EXPECT_THROW((void)coodie::query::insert_statement(model_info<Visit>(), &visit, {}), InvalidQueryError);
}

TEST(Insert, IsConditionalAndNeverWritesNulls) {
    const Review review{.product = "x", .at = 1, .tags = {"a"}};
    const auto statement = coodie::query::insert_statement(
        model_info<Review>(), &review, {.ttl = 60s, .serial_consistency = coodie::Consistency::local_serial});
    EXPECT_EQ(to_string(statement),
              std::string(into) +
                  " IF NOT EXISTS USING TTL ? ['x', 1, 0, unset, ['a'], unset, unset, [], 0.0, 0, '', 60]");
    EXPECT_EQ(statement.text().kind(), StatementKind::conditional);
    EXPECT_EQ(statement.options().serial_consistency, coodie::Consistency::local_serial);
    EXPECT_FALSE(statement.options().idempotent) << "semantics rule 15";
    EXPECT_THROW((void)coodie::query::insert_statement(model_info<Review>(), &review,
                                                       {.serial_consistency = coodie::Consistency::quorum}),
                 InvalidQueryError);
}

template <class... A>
coodie::Statement updated(const coodie::UpdateOptions& options,
                          const coodie::query::PredicateList& conditions, const A&... assignments) {
    const Review review{.product = "x", .at = 1};
    return coodie::query::update_statement(model_info<Review>(), &review,
                                           coodie::query::change_list<Review>(assignments...), conditions,
                                           options);
}

template <class... C>
coodie::query::PredicateList conditions(const C&... all) {
    return coodie::query::if_list<Review>(coodie::only_if(all...));
}

TEST(Update, NamesTheRowByItsWholeKey) {
    EXPECT_EQ(to_string(updated({.ttl = 60s, .timestamp = time_seven}, {}, "rating"_c = 4)),
              R"(UPDATE "catalog"."reviews" USING TTL ? AND TIMESTAMP ? SET "rating" = ? )"
              R"(WHERE "product" = ? AND "at" = ? [60, 7, 4, 'x', 1])");
    EXPECT_EQ(
        to_string(updated({.if_exists = true}, {}, "rating"_c = 4)),
        R"(UPDATE "catalog"."reviews" SET "rating" = ? WHERE "product" = ? AND "at" = ? IF EXISTS [4, 'x', 1])");
    EXPECT_EQ(
        to_string(updated({}, conditions("rating"_c == 4, "content"_c == coodie::null), "rating"_c = 5)),
        R"(UPDATE "catalog"."reviews" SET "rating" = ? WHERE "product" = ? AND "at" = ? )"
        R"(IF "rating" = ? AND "content" = ? [5, 'x', 1, 4, null])");
}

// Semantics rule 11: a write to static columns alone needs only the partition key.
TEST(Update, StaticColumnsAloneNeedOnlyThePartitionKey) {
    EXPECT_EQ(to_string(updated({}, {}, "class"_c = "b")),
              R"(UPDATE "catalog"."reviews" SET "class" = ? WHERE "product" = ? ['b', 'x'])");
    EXPECT_EQ(to_string(updated({}, {}, "class"_c = "b", "rating"_c = 1)),
              R"(UPDATE "catalog"."reviews" SET "class" = ?, "rating" = ? WHERE "product" = ? AND "at" = ? )"
              R"(['b', 1, 'x', 1])");
    EXPECT_EQ(
        to_string(updated({}, conditions("rating"_c == 1), "class"_c = "b")),
        R"(UPDATE "catalog"."reviews" SET "class" = ? WHERE "product" = ? AND "at" = ? IF "rating" = ? )"
        R"(['b', 'x', 1, 1])");
}

// Semantics rule 15: list append, prepend and set-by-index, counters and conditional writes are not
// idempotent.
TEST(Update, KnowsWhetherItMayBeSentTwice) {
    EXPECT_TRUE(updated({}, {}, "rating"_c = 4, "content"_c = coodie::null).options().idempotent);
    EXPECT_TRUE(updated({}, {}, "marks"_c += 4, "votes"_c["a"] = 1).options().idempotent);
    EXPECT_TRUE(updated({}, {}, "tags"_c -= "a").options().idempotent);
    EXPECT_FALSE(updated({}, {}, "tags"_c += "a").options().idempotent);
    EXPECT_FALSE(updated({}, {}, "tags"_c.prepend("a")).options().idempotent);
    EXPECT_FALSE(updated({}, {}, "tags"_c[0] = "a").options().idempotent);
    EXPECT_FALSE(updated({.if_exists = true}, {}, "rating"_c = 4).options().idempotent);
    const Visit visit{.a = 1, .b = "x"};
    EXPECT_FALSE(coodie::query::update_statement(model_info<Visit>(), &visit,
                                                 coodie::query::change_list<Visit>("hits"_c += 1), {}, {})
                     .options()
                     .idempotent);
}

// Semantics rule 17: no user timestamp with IF, no IN on keys with IF.
TEST(Update, TimestampAndInExcludeConditions) {
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)updated({.timestamp = time_seven}, conditions("rating"_c == 4), "rating"_c = 5);
              }).find("a timestamp of its own cannot go with a condition"),
              std::string::npos);
    EXPECT_THROW((void)updated({.timestamp = time_seven, .if_exists = true}, {}, "rating"_c = 5),
                 InvalidQueryError);
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)coodie::query::bulk_update_statement(
                      query_of<Review>("product"_c.in("a", "b"), "at"_c == 1),
                      coodie::query::change_list<Review>("rating"_c = 1), {.if_exists = true});
              }).find("IN on the key column product cannot go with IF"),
              std::string::npos);
    EXPECT_THROW((void)updated({.if_exists = true}, conditions("rating"_c == 4), "rating"_c = 5),
                 InvalidQueryError);
}

// Semantics rule 20: a counter takes no TTL, timestamp or IF.
TEST(Update, CounterTakesNeitherTtlNorTimestampNorCondition) {
    const Visit visit{.a = 1, .b = "x"};
    const auto update = [&](const coodie::UpdateOptions& options) {
        return coodie::query::update_statement(model_info<Visit>(), &visit,
                                               coodie::query::change_list<Visit>("hits"_c += 2), {}, options);
    };
    EXPECT_EQ(to_string(update({})),
              R"(UPDATE "visits" SET "hits" = "hits" + ? WHERE "a" = ? AND "b" = ? [2, 1, 'x'])");
    EXPECT_THROW((void)update({.ttl = 1s}), InvalidQueryError);
    EXPECT_THROW((void)update({.timestamp = time_seven}), InvalidQueryError);
    EXPECT_THROW((void)update({.if_exists = true}), InvalidQueryError);
}

TEST(BulkUpdate, NeedsTheWholePrimaryKey) {
    const auto changes = coodie::query::change_list<Review>("rating"_c = 1);
    EXPECT_EQ(
        to_string(coodie::query::bulk_update_statement(query_of<Review>("product"_c == "x", "at"_c.in(1, 2)),
                                                       changes, {})),
        R"(UPDATE "catalog"."reviews" SET "rating" = ? WHERE "product" = ? AND "at" IN ? [1, 'x', [1, 2]])");
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)coodie::query::bulk_update_statement(query_of<Review>("product"_c == "x"), changes,
                                                             {});
              }).find("whole primary key; a condition \"at\" == value is missing"),
              std::string::npos);
    EXPECT_NE(thrown<InvalidQueryError>([&] {
                  (void)coodie::query::bulk_update_statement(
                      query_of<Review>("product"_c == "x", "at"_c == 1, "rating"_c == 3), changes, {});
              }).find("rating is no key column; put the condition into only_if(...)"),
              std::string::npos);
    EXPECT_EQ(
        to_string(coodie::query::bulk_update_statement(
            query_of<Review>("product"_c == "x"), coodie::query::change_list<Review>("class"_c = "b"), {})),
        R"(UPDATE "catalog"."reviews" SET "class" = ? WHERE "product" = ? ['b', 'x'])");
}

TEST(BulkUpdate, JoinsTheQuerysSettings) {
    coodie::query::QueryState state = query_of<Review>("product"_c == "x", "at"_c == 1);
    state.set_ttl(60s);
    state.set_timestamp(time_seven);
    state.keyspace = "other";
    state.execution.consistency = coodie::Consistency::one;
    const auto changes = coodie::query::change_list<Review>("rating"_c = 1);
    const auto statement = coodie::query::bulk_update_statement(state, changes, {.ttl = 5s});
    EXPECT_EQ(to_string(statement),
              R"(UPDATE "other"."reviews" USING TTL ? AND TIMESTAMP ? SET "rating" = ? )"
              R"(WHERE "product" = ? AND "at" = ? [5, 7, 1, 'x', 1])");
    EXPECT_EQ(statement.options().consistency, coodie::Consistency::one);
    state.set_limit(1);
    EXPECT_EQ(
        thrown<InvalidQueryError>([&] { (void)coodie::query::bulk_update_statement(state, changes, {}); }),
        "update of other.reviews cannot honour limit: it belongs to a read");
}

TEST(Remove, ByDocument) {
    const Review review{.product = "x", .at = 1};
    EXPECT_EQ(
        to_string(
            coodie::query::remove_statement(model_info<Review>(), &review, {}, {.timestamp = time_seven})),
        R"(DELETE FROM "catalog"."reviews" USING TIMESTAMP ? WHERE "product" = ? AND "at" = ? [7, 'x', 1])");
    EXPECT_EQ(
        to_string(
            coodie::query::remove_statement(model_info<Review>(), &review, conditions("rating"_c > 1), {})),
        R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? IF "rating" > ? ['x', 1, 1])");
}

TEST(BulkRemove, PartitionsAndRanges) {
    EXPECT_EQ(to_string(coodie::query::bulk_remove_statement(query_of<Review>("product"_c.in("x", "y")), {})),
              R"(DELETE FROM "catalog"."reviews" WHERE "product" IN ? [['x', 'y']])");
    EXPECT_EQ(
        to_string(coodie::query::bulk_remove_statement(query_of<Review>("product"_c == "x", "at"_c < 3), {})),
        R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" < ? ['x', 3])");
}

TEST(BulkRemove, WithoutPartitionKeyIsRefusedNamingTruncate) {
    EXPECT_NE(thrown<InvalidQueryError>([] {
                  (void)coodie::query::bulk_remove_statement(query_of<Review>(), {});
              }).find("truncate()"),
              std::string::npos);
    EXPECT_THROW((void)coodie::query::bulk_remove_statement(query_of<Visit>("a"_c == 1), {}),
                 InvalidQueryError);
    EXPECT_THROW((void)coodie::query::bulk_remove_statement(
                     query_of<Review>(coodie::token("product"_c) > std::int64_t{1}), {}),
                 InvalidQueryError);
    coodie::query::QueryState state = query_of<Review>("product"_c == "x");
    state.set_ttl(1s);
    EXPECT_THROW((void)coodie::query::bulk_remove_statement(state, {}), InvalidQueryError);
}

}  // namespace
