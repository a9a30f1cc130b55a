// SPDX-License-Identifier: Apache-2.0
// The coroutine front on the embedded engine, in memory: real rows, and completions from the engine's
// threads.
#include "run.hpp"

#include <coodie/coodie.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace aio_engine_test {
namespace {

using namespace coodie::literals;
using namespace std::chrono_literals;
using aio_test::run;
using boost::asio::awaitable;

struct Review : coodie::Document<Review> {
    std::string product;
    std::int32_t at = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;
    std::map<std::string, std::int64_t> votes;
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

struct Visit : coodie::Document<Visit> {
    std::string page;
    coodie::counter hits;
    static constexpr auto schema() { return coodie::table().keyspace("odm").partition_key<&Visit::page>(); }
};

class AioEngine : public testing::Test {
protected:
    AioEngine() {
        connection_ = coodie::init_coodie("memory:");
        run([&]() -> awaitable<void> {
            co_await connection_.connect();
            co_await coodie::create_keyspace("odm");
            co_await Review::sync_table();
            co_await Visit::sync_table();
        });
    }
    ~AioEngine() override { coodie::shutdown(); }

    static awaitable<void> save_rows(const char* product, std::int32_t count) {
        for (std::int32_t at = 0; at < count; ++at) {
            const Review review{.product = product, .at = at, .rating = at % 3};
            co_await review.save();
        }
    }
    static std::vector<std::int32_t> ats(const std::vector<Review>& reviews) {
        std::vector<std::int32_t> list;
        for (const Review& review : reviews) list.push_back(review.at);
        return list;
    }

    coodie::aio::Connection connection_;
};

TEST_F(AioEngine, DocumentComesBackEqual) {
    run([]() -> awaitable<void> {
        const Review review{.product = "it's \"x\"",
                            .at = -5,
                            .rating = 4,
                            .content = std::string("a\0b \xF0\x9F\x98\x80", 8),
                            .tags = {"b", "a", "b"},
                            .votes = {{"ann", 1}, {"bob", -1}},
                            .brand = "acme"};
        co_await review.save();
        const Review read = co_await Review::get("product"_c == review.product, "at"_c == -5);
        EXPECT_EQ(read, review);
    });
}

TEST_F(AioEngine, UpdatesAndConditions) {
    run([]() -> awaitable<void> {
        Review review{.product = "x", .rating = 1, .tags = {"a"}};
        const auto inserted = co_await review.insert();
        EXPECT_TRUE(inserted.applied());
        const auto second = co_await review.insert();
        EXPECT_FALSE(second.applied());
        EXPECT_EQ(**second.existing(), review);
        co_await review.update("tags"_c += "b", "votes"_c["ann"] = 1);
        const auto refused = co_await review.update(coodie::only_if("rating"_c == 7), "rating"_c = 6);
        EXPECT_FALSE(refused.applied());
        EXPECT_EQ((*refused.existing())["rating"_c], 1);
        const Review read = co_await Review::get("product"_c == "x");
        EXPECT_EQ(read, review) << "the document is as the row";
        const auto removed = co_await review.remove({.if_exists = true});
        EXPECT_TRUE(removed.applied());
        const auto gone = co_await Review::find_one("product"_c == "x");
        EXPECT_FALSE(gone);
    });
}

TEST_F(AioEngine, Queries) {
    run([]() -> awaitable<void> {
        co_await save_rows("x", 10);
        co_await save_rows("y", 3);
        const auto x = Review::find("product"_c == "x");
        const auto latest = co_await x.limit(3).all();
        EXPECT_EQ(ats(latest), (std::vector<std::int32_t>{9, 8, 7}));
        const auto some = co_await x.filter("at"_c.in(3, 30, 5)).all();
        EXPECT_EQ(ats(some), (std::vector<std::int32_t>{5, 3}));
        const std::int64_t count = co_await Review::find("product"_c.in("x", "y", "z")).count();
        EXPECT_EQ(count, 13);
        const std::int64_t indexed = co_await Review::find("rating"_c == 2).count();
        EXPECT_EQ(indexed, 4);
        std::set<std::pair<std::string, std::int32_t>> seen;
        auto cursor = Review::find().fetch_size(3).cursor();
        while (auto review = co_await cursor.next())
            EXPECT_TRUE(seen.emplace(review->product, review->at).second);
        EXPECT_EQ(seen.size(), 13U);
        co_await Review::find("product"_c == "x", "at"_c >= 2).remove();
        const auto left = co_await x.all();
        EXPECT_EQ(ats(left), (std::vector<std::int32_t>{1, 0}));
    });
}

TEST_F(AioEngine, BatchesCountersAndRaw) {
    run([]() -> awaitable<void> {
        const Review x{.product = "x"};
        const Review y{.product = "y"};
        coodie::BatchQuery batch;
        co_await x.save({.batch = &batch});
        co_await y.save({.batch = &batch});
        co_await batch.add("UPDATE odm.reviews SET rating = ? WHERE product = ? AND at = ?", 7, "x", 0);
        std::int64_t count = co_await Review::find().count();
        EXPECT_EQ(count, 0);
        co_await batch.execute();
        count = co_await Review::find().count();
        EXPECT_EQ(count, 2);
        co_await Visit::find("page"_c == "a").update("hits"_c += 5);
        const Visit visit = co_await Visit::get("page"_c == "a");
        EXPECT_EQ(visit.hits, 5);
        auto rows = co_await coodie::execute_raw(
            "SELECT rating FROM odm.reviews WHERE product = ? AND at = ?", "x", std::int64_t{0});
        const auto rating = co_await rows.one<std::int32_t>();
        EXPECT_EQ(rating, 7);
    });
}

TEST_F(AioEngine, InsertMany) {
    run([]() -> awaitable<void> {
        std::vector<Review> many;
        for (std::int32_t at = 0; at < 500; ++at)
            many.push_back({.product = std::to_string(at % 10), .at = at});
        const auto result = co_await Review::insert_many(many);
        EXPECT_EQ(result.written(), 500U);
        std::int64_t count = co_await Review::find().count();
        EXPECT_EQ(count, 500);
        co_await Review::truncate();
        count = co_await Review::find().count();
        EXPECT_EQ(count, 0);
    });
}

// Semantics rule 28: the second plan is empty.
TEST_F(AioEngine, SecondSyncHasNothingToDo) {
    run([]() -> awaitable<void> {
        const auto again = co_await Review::sync_table();
        EXPECT_TRUE(again.empty());
        co_await Review::drop_table();
        const auto dry = co_await Review::sync_table({.dry_run = true});
        EXPECT_FALSE(dry.empty());
        const auto synced = co_await Review::sync_table();
        EXPECT_EQ(dry.statements(), synced.statements());
    });
}

TEST_F(AioEngine, ManyCoroutinesOnSeveralThreads) {
    constexpr int count = 10'000;
    std::atomic<int> right{0};
    boost::asio::thread_pool pool(3);
    for (int i = 0; i < count; ++i)
        boost::asio::co_spawn(
            pool,
            [i, &right]() -> awaitable<void> {
                const Review review{.product = std::to_string(i), .rating = i};
                co_await review.save();
                const Review read = co_await Review::get("product"_c == review.product, "at"_c == 0);
                if (read == review) ++right;
            },
            boost::asio::detached);
    pool.join();
    EXPECT_EQ(right, count);
}

TEST_F(AioEngine, ClosingEndsWhatIsPending) {
    boost::asio::io_context context;
    std::atomic<int> ended{0};
    for (int i = 0; i < 200; ++i)
        boost::asio::co_spawn(
            context,
            [&ended]() -> awaitable<void> {
                try {
                    (void)co_await Review::find().all();
                } catch (const coodie::CancelledError&) {
                }
                ++ended;
            },
            boost::asio::detached);
    context.poll();
    connection_.close();
    context.run();
    EXPECT_EQ(ended, 200);
}

}  // namespace
}  // namespace aio_engine_test
