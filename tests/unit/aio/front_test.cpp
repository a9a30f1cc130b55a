// SPDX-License-Identifier: Apache-2.0
// The coroutine front on MockDriver: what it sends, what it throws at the call and what in the await.
#include "../schema/fake_schema.hpp"
#include "models.hpp"

namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using aio_test::awaitable;
using aio_test::Hiding;
using aio_test::long_text;
using aio_test::Review;
using aio_test::run;
using aio_test::Setting;
using aio_test::thrown;
using aio_test::thrown_by;
using aio_test::Visit;
using coodie::InvalidQueryError;
using coodie::TypeId;

constexpr const char* select_review =
    R"(SELECT "product", "at", "rating", "content", "tags" FROM "catalog"."reviews")";

class AioFront : public aio_test::Front {};

TEST_F(AioFront, Writes) {
    run([&]() -> awaitable<void> {
        Review review{.product = "x", .at = 1, .rating = 5};
        co_await review.save({.ttl = 1h});
        EXPECT_NE(last().find("USING TTL ?"), std::string::npos) << last();
        const coodie::LwtResult<Review> inserted = co_await review.insert();
        EXPECT_TRUE(inserted.applied());
        EXPECT_NE(last().find("IF NOT EXISTS"), std::string::npos) << last();
        co_await review.update("rating"_c = 4, "content"_c = "good");
        EXPECT_EQ(review.rating, 4);
        EXPECT_EQ(review.content, "good");
        EXPECT_EQ(last(), R"(UPDATE "catalog"."reviews" SET "rating" = ?, "content" = ? )"
                          R"(WHERE "product" = ? AND "at" = ? [4, 'good', 'x', 1])");
        co_await review.update(coodie::UpdateOptions{.ttl = 1h}, "rating"_c = 3);
        co_await review.remove();
        EXPECT_EQ(last(), R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? ['x', 1])");
        const Review created = co_await Review::create(review);
        EXPECT_EQ(created, review);
    });
}

TEST_F(AioFront, FreeFunctionsServeModelsWithoutABase) {
    run([&]() -> awaitable<void> {
        Setting setting{.name = "a", .count = 1};
        co_await coodie::save(setting);
        EXPECT_EQ(last(), R"(INSERT INTO "setting" ("name", "count") VALUES (?, ?) ['a', 1])");
        co_await coodie::update(setting, "count"_c = 2);
        EXPECT_EQ(setting.count, 2);
        co_await coodie::remove(setting);
        const std::vector<Setting> all = co_await coodie::find<Setting>().all();
        EXPECT_TRUE(all.empty());
        Hiding hiding{.save = 1, .update = 2};
        co_await coodie::save(hiding);
        co_await coodie::update(hiding, "update"_c = 3);
        EXPECT_EQ(hiding.update, 3);
    });
}

TEST_F(AioFront, ArgumentsAreCheckedAtTheCall) {
    Review review{.product = "\xff"};
    EXPECT_THROW((void)review.save(), coodie::ValidationError);
    review.product = "x";
    EXPECT_THROW((void)review.save({.ttl = -1s}), coodie::ValidationError);
    EXPECT_THROW((void)Review::find("product"_c == "x").limit(1).count(), InvalidQueryError);
    EXPECT_THROW((void)Review::find().fetch_size(1).page("nonsense").paged_all(), InvalidQueryError);
    EXPECT_THROW((void)Review::find().page("nonsense").cursor(), InvalidQueryError);
    EXPECT_THROW((void)Review::insert_many(std::vector<Review>(1), {.ttl = -1s}), coodie::ValidationError);
    EXPECT_THROW((void)coodie::execute_raw({.fetch_size = 0}, "SELECT"), InvalidQueryError);
    EXPECT_THROW((void)coodie::execute_raw({.driver = "nobody"}, "SELECT"), coodie::ConfigurationError);
    EXPECT_THROW((void)coodie::create_keyspace(""), coodie::ConfigurationError);
    coodie::shutdown();
    EXPECT_THROW((void)review.save(), coodie::ConfigurationError);
    EXPECT_THROW((void)Review::get("product"_c == "x"), coodie::ConfigurationError);
    EXPECT_THROW((void)Review::sync_table(), coodie::ConfigurationError);
    EXPECT_EQ(sent(), 0U);
}

TEST_F(AioFront, ErrorsOfTheDatabaseAreThrownByTheAwait) {
    mock_->on("").fails(coodie::Error(coodie::server_code::overloaded, "busy"));
    const Review review{.product = "x"};
    EXPECT_EQ(thrown_by<coodie::ServerError>([&]() -> awaitable<void> { co_await review.save(); }),
              "save of catalog.reviews: busy");
    EXPECT_EQ(thrown_by<coodie::ServerError>(
                  [&]() -> awaitable<void> { (void)co_await Review::find("product"_c == "x").all(); }),
              "find of catalog.reviews: busy");
    EXPECT_EQ(thrown_by<coodie::ServerError>([&]() -> awaitable<void> { co_await Review::truncate(); }),
              R"(truncate of "catalog"."reviews": busy (in: TRUNCATE TABLE "catalog"."reviews"))");
}

TEST_F(AioFront, ARefusedUpdateLeavesTheDocumentAlone) {
    mock_->on("UPDATE").applied(false, coodie::MockRows{{"rating", TypeId::int_}}.row({9}));
    run([&]() -> awaitable<void> {
        Review review{.product = "x", .rating = 1};
        const auto refused = co_await review.update(coodie::only_if("rating"_c == 4), "rating"_c = 5);
        EXPECT_FALSE(refused.applied());
        EXPECT_EQ((*refused.existing())["rating"_c], 9);
        EXPECT_EQ(review.rating, 1);
    });
}

TEST_F(AioFront, GetFindOneAndFirst) {
    mock_->on("SELECT").returns(reviews({5}));
    run([&]() -> awaitable<void> {
        const Review review = co_await Review::get("product"_c == "x", "at"_c == 0);
        EXPECT_EQ(review.rating, 5);
        EXPECT_EQ(review.tags, (std::vector<std::string>{long_text, "b"}));
        EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? AND "at" = ? ['x', 0])");
        const std::optional<Review> one = co_await Review::find_one("product"_c == "x");
        EXPECT_EQ(one->product, long_text);
        EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? LIMIT ? ['x', 2])");
        const auto first = co_await Review::find("product"_c == "x").first();
        EXPECT_EQ(first->rating, 5);
        EXPECT_EQ(last(), std::string(select_review) + R"( WHERE "product" = ? LIMIT ? ['x', 1])");
    });
}

TEST_F(AioFront, NoneAndSeveral) {
    EXPECT_EQ(thrown_by<coodie::DocumentNotFound>(
                  []() -> awaitable<void> { (void)co_await Review::get("product"_c == "x", "at"_c == 1); }),
              "get: no row of catalog.reviews (Review) matches product = 'x', at = 1");
    EXPECT_EQ(thrown_by<coodie::DocumentNotFound>([]() -> awaitable<void> {
                  (void)co_await Review::get("at"_c == 1, "product"_c == long_text);
              }),
              "get: no row of catalog.reviews (Review) matches at = 1, product = ...")
        << "of a statement that was given away only the first bytes are kept";
    mock_->on("SELECT").returns(reviews({5, 4}));
    EXPECT_NE(thrown_by<coodie::MultipleDocumentsFound>([]() -> awaitable<void> {
                  (void)co_await Review::find_one("product"_c == "x");
              }).find("find_one: several rows"),
              std::string::npos);
}

// Semantics rule 23: an empty page with more to come is legal.
TEST_F(AioFront, EveryEndingReadsOverEmptyPages) {
    const auto pages = [&] {
        mock_->reset_answers();
        mock_->on("SELECT").returns_pages(
            {reviews({}), reviews({1, 2}), reviews({}), reviews({}), reviews({3})});
    };
    run([&]() -> awaitable<void> {
        pages();
        const std::vector<Review> all = co_await Review::find().all();
        EXPECT_EQ(all.size(), 3U);
        pages();
        const auto first = co_await Review::find().first();
        EXPECT_EQ(first->rating, 1);
        pages();
        int sum = 0;
        auto cursor = Review::find().cursor();
        while (auto review = co_await cursor.next()) sum += review->rating;
        EXPECT_EQ(sum, 6);
        const auto end = co_await cursor.next();
        EXPECT_FALSE(end) << "stays at the end";
        pages();
        auto other = Review::find().cursor();
        Review review;
        sum = 0;
        while (co_await other.read(review)) sum += review.rating;
        EXPECT_EQ(sum, 6);
    });
}

TEST_F(AioFront, ACursorAsksForAPageWhenItNeedsIt) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3, 4}), 2);
    run([&]() -> awaitable<void> {
        std::vector<std::size_t> calls;
        auto cursor = Review::find().fetch_size(2).cursor();
        EXPECT_EQ(sent(), 0U);
        while (auto review = co_await cursor.next()) calls.push_back(sent());
        EXPECT_EQ(calls, (std::vector<std::size_t>{1, 1, 2, 2}));
    });
}

// Semantics rule 24.
TEST_F(AioFront, PagesAndTheirTokens) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3}), 2);
    run([&]() -> awaitable<void> {
        const auto query = Review::find("product"_c == "x").fetch_size(2);
        const auto first = co_await query.paged_all();
        EXPECT_EQ(first.data.size(), 2U);
        const auto second = co_await query.paged_all(first.paging_state);
        EXPECT_EQ(second.data.size(), 1U);
        EXPECT_FALSE(second.has_more());
        EXPECT_THROW((void)query.filter("at"_c > 1).paged_all(first.paging_state), InvalidQueryError);
        // The token is the same as the blocking front's.
        EXPECT_EQ(coodie::sync::find<Review>("product"_c == "x").fetch_size(2).paged_all().paging_state,
                  first.paging_state);
    });
}

// Semantics rule 14: an empty IN is an empty result; nothing is sent.
TEST_F(AioFront, EmptyInSendsNothing) {
    run([&]() -> awaitable<void> {
        const std::vector<std::string> none;
        const auto query = Review::find("product"_c.in(none));
        const auto all = co_await query.all();
        EXPECT_TRUE(all.empty());
        const auto first = co_await query.first();
        EXPECT_FALSE(first);
        const std::int64_t count = co_await query.count();
        EXPECT_EQ(count, 0);
        const auto page = co_await query.paged_all();
        EXPECT_TRUE(page.data.empty());
        auto cursor = query.cursor();
        const auto row = co_await cursor.next();
        EXPECT_FALSE(row);
        const auto removed = co_await query.remove();
        EXPECT_TRUE(removed.applied());
        const auto one = co_await Review::find_one("product"_c.in(none));
        EXPECT_FALSE(one);
    });
    EXPECT_EQ(sent(), 0U);
}

TEST_F(AioFront, OnlyGivesPartialDocuments) {
    mock_->on("SELECT").returns({{"product", TypeId::text}, {"at", TypeId::int_}, {"rating", TypeId::int_}},
                                {{"x", 1, 5}});
    run([&]() -> awaitable<void> {
        auto partial = co_await Review::find("product"_c == "x").only("rating"_c).get();
        EXPECT_EQ(partial["rating"_c], 5);
        EXPECT_FALSE(partial.has("content"_c));
        co_await partial.update("content"_c = "new");
        EXPECT_EQ(partial["content"_c], "new");
        co_await partial.remove();
        EXPECT_EQ(last(), R"(DELETE FROM "catalog"."reviews" WHERE "product" = ? AND "at" = ? ['x', 1])");
    });
}

TEST_F(AioFront, BulkWritesAndCounters) {
    run([&]() -> awaitable<void> {
        co_await Review::find("product"_c == "x", "at"_c == 3).ttl(1h).update("rating"_c = 9);
        EXPECT_NE(last().find("UPDATE"), std::string::npos);
        co_await Review::find("product"_c == "x").remove();
        co_await Visit::find("page"_c == 7).update("hits"_c += 1);
        EXPECT_EQ(last(), R"(UPDATE "k"."visit" SET "hits" = "hits" + ? WHERE "page" = ? [1, 7])");
    });
}

TEST_F(AioFront, Batches) {
    run([&]() -> awaitable<void> {
        const Review x{.product = "x"};
        Review y{.product = "y"};
        coodie::BatchQuery batch{coodie::BatchType::unlogged, {.timeout = 2s}};
        co_await x.save({.batch = &batch});
        const auto pending = co_await y.update(coodie::UpdateOptions{.batch = &batch}, "rating"_c = 7);
        EXPECT_THROW((void)pending.applied(), InvalidQueryError);
        EXPECT_EQ(y.rating, 0);
        co_await batch.add("DELETE FROM t");
        EXPECT_EQ(sent(), 0U);
        const coodie::BatchResult result = co_await batch.execute();
        EXPECT_TRUE(result.applied());
        EXPECT_THROW((void)batch.execute(), InvalidQueryError) << "the second time";
        const auto batches = mock_->batches();
        EXPECT_EQ(batches.size(), 1U);
        EXPECT_EQ(batches.at(0).statements.size(), 3U);
        EXPECT_EQ(batches.at(0).options.timeout, 2s);
        coodie::BatchQuery empty;
        co_await empty.execute();
        EXPECT_EQ(mock_->batches().size(), 1U);
        {
            coodie::BatchQuery dropped;
            co_await x.save({.batch = &dropped});
        }
        EXPECT_EQ(mock_->batches().size(), 1U) << "nothing is sent by the end of a scope";
    });
}

TEST_F(AioFront, ABatchAsksForTheTypesOfArguments) {
    mock_->on("UPDATE t").takes({{"a", TypeId::smallint}});
    run([&]() -> awaitable<void> {
        coodie::BatchQuery batch;
        co_await batch.add("UPDATE t SET a = ?", 5);
        co_await batch.execute();
        EXPECT_EQ(last(), "UPDATE t SET a = ? [5]");
    });
    EXPECT_THROW(run([&]() -> awaitable<void> {
                     coodie::BatchQuery batch;
                     co_await batch.add("UPDATE t SET a = ?", 70'000);
                 }),
                 coodie::ValidationError);
}

TEST_F(AioFront, RawStatements) {
    mock_->on("FROM t").returns_pages(reviews({1, 2, 3}), 2);
    mock_->on("SELECT a").takes({{"a", TypeId::bigint}});
    run([&]() -> awaitable<void> {
        coodie::aio::Rows rows = co_await coodie::execute_raw("SELECT * FROM t");
        EXPECT_EQ(rows.columns().size(), 5U);
        const std::vector<Review> documents = co_await rows.as<Review>();
        EXPECT_EQ(documents.size(), 3U);
        const std::vector<coodie::Row> all = co_await (co_await coodie::execute_raw("SELECT * FROM t")).all();
        EXPECT_EQ(all.at(2)["rating"].as<std::int32_t>(), 3);
        coodie::aio::Rows again = co_await coodie::execute_raw("SELECT * FROM t");
        coodie::Row row;
        int sum = 0;
        while (co_await again.next(row)) sum += row["rating"].as<std::int32_t>();
        EXPECT_EQ(sum, 6);
        co_await coodie::execute_raw({.keyspace = "ks"}, "SELECT a WHERE a = ?", 5);
        EXPECT_EQ(mock_->last().keyspace, "ks");
        EXPECT_EQ(last(), "SELECT a WHERE a = ? [5]");
    });
    EXPECT_THROW(run([]() -> awaitable<void> {
                     coodie::aio::Rows rows = co_await coodie::execute_raw("SELECT * FROM t");
                     (void)co_await rows.one<Review>();
                 }),
                 coodie::MultipleDocumentsFound);
    EXPECT_THROW(
        run([]() -> awaitable<void> { (void)co_await coodie::execute_raw("SELECT a WHERE a = ?", 5, 6); }),
        InvalidQueryError);
}

TEST_F(AioFront, InsertManySaysWhichFailed) {
    mock_->on("INSERT")
        .succeeds()
        .fails(coodie::Error(coodie::server_code::write_timeout, "slow"))
        .succeeds();
    run([&]() -> awaitable<void> {
        std::vector<Review> many(1000);
        many[2].product = "\xff";
        const coodie::InsertManyResult result = co_await Review::insert_many(many, {.concurrency = 7});
        EXPECT_EQ(result.written(), 998U);
        EXPECT_EQ(result.failures().at(0).index, 1U);
        EXPECT_EQ(result.failures().at(1).index, 2U);
        EXPECT_EQ(result.failures().at(1).error.kind(), coodie::ErrorKind::validation);
        const coodie::InsertManyResult none = co_await coodie::insert_many(std::vector<Review>());
        EXPECT_TRUE(none.all_written());
    });
}

TEST_F(AioFront, SchemaOperations) {
    run([&]() -> awaitable<void> {
        co_await coodie::create_keyspace("ks", {.replication_factor = 2});
        EXPECT_NE(last().find("'replication_factor': '2'"), std::string::npos) << last();
        co_await coodie::create_keyspace("ks", coodie::replication().datacenter("dc1", 3));
        EXPECT_NE(last().find("dc1"), std::string::npos) << last();
        co_await coodie::alter_keyspace("ks", coodie::KeyspaceOptions{.replication_factor = 3});
        EXPECT_NE(last().find("ALTER KEYSPACE"), std::string::npos) << last();
        co_await Review::drop_table();
        EXPECT_EQ(last(), R"(DROP TABLE IF EXISTS "catalog"."reviews")");
        co_await Review::truncate();
        EXPECT_EQ(last(), R"(TRUNCATE TABLE "catalog"."reviews")");
        co_await coodie::drop_keyspace("ks");
        EXPECT_EQ(last(), R"(DROP KEYSPACE IF EXISTS "ks")");
    });
    EXPECT_THROW(run([]() -> awaitable<void> { (void)co_await Review::sync_table(); }),
                 coodie::ConfigurationError)
        << "there is no such keyspace";
    coodie::testing_schema::FakeSchema schema;
    schema.script(*mock_);
    run([&]() -> awaitable<void> {
        const coodie::SyncResult result = co_await Review::sync_table({.keyspace = "ks"});
        EXPECT_EQ(result.statements().size(), 1U);
        EXPECT_EQ(last(), result.statements().at(0));
        const coodie::SyncResult dry = co_await Review::sync_table({.dry_run = true, .keyspace = "ks"});
        EXPECT_EQ(dry.statements(), result.statements());
    });
}

TEST_F(AioFront, TheExecutorReachesDriversThatAskForIt) {
    static const void* given = nullptr;
    coodie::register_executor_scheme(
        "executor-test",
        [](const coodie::Url&, const coodie::ExecutorHandle& executor) -> coodie::OpenedDriver {
            given = executor.get();
            if (executor != nullptr) {
                const auto& any = *static_cast<const boost::asio::any_io_executor*>(executor.get());
                EXPECT_NE(any.target<boost::asio::io_context::executor_type>(), nullptr);
            }
            return std::make_shared<coodie::MockDriver>();
        });
    boost::asio::io_context context;
    auto with = coodie::init_coodie(context.get_executor(), "executor-test:", {.name = "a"});
    EXPECT_NE(given, nullptr);
    auto without = coodie::init_coodie("executor-test:", {.name = "b"});
    EXPECT_EQ(given, nullptr);
    run([&]() -> awaitable<void> {
        co_await with.connect();
        const auto all = co_await Review::find().on(with).all();
        EXPECT_TRUE(all.empty());
    });
}

}  // namespace
