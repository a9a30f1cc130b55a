// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include "embedded/engine/siphash.hpp"

#include <coodie/driver/url.hpp>

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <future>
#include <numeric>
#include <thread>

namespace coodie::embedded {
namespace {

using testing::HasSubstr;

struct Awaited final : Request {
    std::promise<Outcome> promise;
    std::atomic<int> completions{0};
    void complete(Outcome&& outcome) noexcept override {
        ++completions;
        promise.set_value(std::move(outcome));
    }
};

class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "coodie_engine_XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string path() const { return path_ + "/db"; }

private:
    std::string path_;
};

Location folder_location(const Folder& folder) { return {Location::Kind::folder, folder.path()}; }

Error url_error(std::string_view text) {
    auto parsed = Url::parse(text);
    const auto& url = std::get<Url>(parsed);
    auto driver = url.scheme() == "memory" ? make_memory_driver(url) : make_embedded_driver(url);
    if (auto* error = std::get_if<Error>(&driver)) return *error;
    ADD_FAILURE() << text << " should be refused";
    return Error(ErrorKind::validation, "");
}

TEST(EmbeddedDriverTest, StartCompletesEachRequestOnce) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    std::vector<std::shared_ptr<Awaited>> requests;
    for (int i = 0; i < 200; ++i) {
        auto request = std::make_shared<Awaited>();
        requests.push_back(request);
        EXPECT_NE(db.driver.start(db.statement("INSERT INTO t (k, a) VALUES (?, ?)", {i, i}), request),
                  Ticket::none);
    }
    for (auto& request : requests) {
        EXPECT_TRUE(std::holds_alternative<Result>(request->promise.get_future().get()));
        EXPECT_EQ(request->completions, 1);
    }
    EXPECT_EQ(db.rows("SELECT count(*) FROM t"), (Rows{{"200"}}));
}

TEST(EmbeddedDriverTest, CloseCompletesWhatIsPending_SemanticsRule34) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    const auto statement = db.statement("SELECT * FROM t WHERE a > 5 ALLOW FILTERING");
    std::vector<std::shared_ptr<Awaited>> requests;
    for (int i = 0; i < 500; ++i) {
        requests.push_back(std::make_shared<Awaited>());
        db.driver.cancel(db.driver.start(Statement(statement), requests.back()));
    }
    db.driver.close();
    db.driver.close();
    for (auto& request : requests) {
        const auto outcome = request->promise.get_future().get();
        const auto* error = std::get_if<Error>(&outcome);
        EXPECT_TRUE(error == nullptr || error->kind() == ErrorKind::cancelled);
        EXPECT_EQ(request->completions, 1);
    }
    const auto after = db.driver.execute(statement);
    ASSERT_TRUE(std::holds_alternative<Error>(after));
    EXPECT_EQ(std::get<Error>(after).kind(), ErrorKind::cancelled);
    auto late = std::make_shared<Awaited>();
    db.driver.start(Statement(statement), late);
    EXPECT_EQ(late->completions, 1);
}

TEST(EmbeddedDriverTest, CloseFromACallback) {
    struct Closer final : Request {
        explicit Closer(std::unique_ptr<EmbeddedDriver> owned) : driver(std::move(owned)) {}
        void complete(Outcome&&) noexcept override {
            driver.reset();
            done.set_value();
        }
        std::unique_ptr<EmbeddedDriver> driver;
        std::promise<void> done;
    };
    auto closer = std::make_shared<Closer>(std::make_unique<EmbeddedDriver>(Location{}, "memory:", ""));
    auto* driver = closer->driver.get();
    driver->start(Statement(StatementText("SELECT * FROM system.local")), closer);
    closer->done.get_future().get();
}

TEST(EmbeddedDriverTest, ManyThreadsWithSchemaChanges) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    const auto insert = db.statement("INSERT INTO t (k, a) VALUES (1, 2)");
    const auto add = db.statement("UPDATE t SET a = 3 WHERE k = 1 IF a != 9");
    const auto select = db.statement("SELECT a FROM t WHERE k = 1");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n) {
                EXPECT_TRUE(std::holds_alternative<Result>(db.driver.execute(insert)));
                EXPECT_TRUE(std::holds_alternative<Result>(db.driver.execute(add)));
                EXPECT_TRUE(std::holds_alternative<Result>(db.driver.execute(select)));
            }
        });
    }
    for (int i = 0; i < 20; ++i) db.run("ALTER TABLE t ADD c" + std::to_string(i) + " int");
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(db.rows("SELECT a FROM t").size(), 1U);
}

TEST(EmbeddedDriverTest, ConditionalWritesAreAtomic) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, n int)");
    db.run("INSERT INTO t (k, n) VALUES (1, 0)");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 50;) {
                const auto now = std::stoi(db.rows("SELECT n FROM t WHERE k = 1").at(0).at(0));
                const auto rows = db.rows("UPDATE t SET n = ? WHERE k = 1 IF n = ?", {now + 1, now});
                if (rows.at(0).at(0) == "true") ++n;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(db.rows("SELECT n FROM t"), (Rows{{"200"}}));
}

TEST(EmbeddedDriverTest, MemoryByNameIsShared) {
    Database first({Location::Kind::shared_memory, "shared_test"});
    first.run("CREATE TABLE t (k int PRIMARY KEY)");
    first.run("INSERT INTO t (k) VALUES (1)");
    Database second({Location::Kind::shared_memory, "shared_test"});
    EXPECT_EQ(second.rows("SELECT * FROM t"), (Rows{{"1"}}));
    Database other;
    EXPECT_EQ(other.error("SELECT * FROM t").code(), server_code::invalid);
}

/// A thread's buffers must not hold blocks of a database that is closed.
TEST(EmbeddedDriverTest, AThreadGoesOnWhenTheFolderWasClosedAndOpened) {
    const Folder folder;
    {
        Database db(folder_location(folder));
        db.run("CREATE TABLE t (k int PRIMARY KEY, l list<int>, v int)");
        db.run("CREATE INDEX ON t (v)");
        db.run("INSERT INTO t (k, l, v) VALUES (1, [1, 2], 3)");
    }
    for (int round = 0; round < 4; ++round) {  // opening writes what is in the log to a table file
        Database db(folder_location(folder));
        EXPECT_EQ(db.column("SELECT v FROM t WHERE k = 1"), "3");
        EXPECT_EQ(db.column("SELECT k FROM t WHERE v = 3"), "1");
        db.run("UPDATE t SET l[0] = ? WHERE k = 1", {round});
    }
}

TEST(EmbeddedDriverTest, FolderKeepsSchemaRowsAndPagingStates) {
    const Folder folder;
    Bytes state;
    const std::string select = "SELECT k FROM t";
    {
        Database db(folder_location(folder));
        db.run("CREATE TYPE u (a int)");
        db.run("CREATE TABLE t (k int PRIMARY KEY, v u)");
        db.run("CREATE TABLE w (k int PRIMARY KEY, v int)");
        db.run("CREATE INDEX i ON w (v)");
        db.run("INSERT INTO w (k, v) VALUES (1, 5)");
        for (int i = 0; i < 5; ++i) db.run("INSERT INTO t (k, v) VALUES (?, {a: 7})", {i});
        Statement statement = db.statement(select);
        statement.options().page_size = 2;
        const auto result = db.run(statement);
        state.assign(result.paging_state().begin(), result.paging_state().end());
    }
    Database db(folder_location(folder));
    EXPECT_EQ(db.rows("SELECT v.a FROM t WHERE k = 3"), (Rows{{"7"}}));
    EXPECT_EQ(db.rows("SELECT k FROM w WHERE v = 5"), (Rows{{"1"}}));
    EXPECT_EQ(db.error("CREATE TABLE t (k int PRIMARY KEY)").code(), server_code::already_exists);
    Statement statement = db.statement(select);
    statement.set_paging_state(state);
    EXPECT_EQ(db.run(statement).row_count(), 3U);
}

TEST(EmbeddedDriverTest, OneFolderIsOneEngineInAProcess) {
    const Folder folder;
    Database first(folder_location(folder));
    first.run("CREATE TABLE t (k int PRIMARY KEY)");
    Database second(folder_location(folder));
    second.run("INSERT INTO t (k) VALUES (1)");
    EXPECT_EQ(first.rows("SELECT * FROM t").size(), 1U);
    EmbeddedDriver always({Location::Kind::folder, folder.path(), storage::SyncMode::always}, "x", "");
    const auto outcome = always.connect();
    ASSERT_TRUE(std::holds_alternative<Error>(outcome));
    EXPECT_EQ(std::get<Error>(outcome).kind(), ErrorKind::configuration);
}

TEST(EmbeddedDriverTest, NothingIsOpenedBeforeTheFirstStatement) {
    EmbeddedDriver driver({Location::Kind::folder, "/nowhere/at/all"}, "embedded:///nowhere/at/all", "ks");
    EXPECT_EQ(driver.keyspace(), "ks");
    const auto outcome = driver.connect();
    ASSERT_TRUE(std::holds_alternative<Error>(outcome));
    EXPECT_EQ(std::get<Error>(outcome).kind(), ErrorKind::connection);
    EXPECT_THAT(std::get<Error>(outcome).message(), HasSubstr("/nowhere/at/all"));
}

TEST(EmbeddedDriverTest, UrlsAreChecked) {
    EXPECT_THAT(url_error("embedded://var/lib").message(), HasSubstr("three slashes"));
    EXPECT_THAT(url_error("embedded:").message(), HasSubstr("names no folder"));
    EXPECT_THAT(url_error("embedded:///x?sync=never").message(), HasSubstr("periodic or always"));
    EXPECT_THAT(url_error("embedded:///x?colour=red").message(), HasSubstr("'colour'"));
    EXPECT_THAT(url_error("memory:?sync=always").message(), HasSubstr("'sync'"));
    EXPECT_EQ(url_error("embedded:").kind(), ErrorKind::configuration);
    auto url = Url::parse("memory:x?keyspace=ks");
    const auto driver = make_memory_driver(std::get<Url>(url));
    EXPECT_EQ(std::get<0>(driver)->keyspace(), "ks");
}

TEST(EmbeddedDriverTest, TimeoutEndsALongRead) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, a int, PRIMARY KEY (k, c))");
    BatchStatement batch(BatchType::unlogged);
    for (int i = 0; i < 2000; ++i)
        batch.add(db.statement("INSERT INTO t (k, c, a) VALUES (1, " + std::to_string(i) + ", 1)"));
    db.run(batch);
    Statement statement = db.statement("SELECT count(*) FROM t");
    statement.options().timeout = std::chrono::milliseconds(0);
    const auto outcome = db.driver.execute(statement);
    ASSERT_TRUE(std::holds_alternative<Error>(outcome));
    EXPECT_EQ(std::get<Error>(outcome).kind(), ErrorKind::timeout);
}

TEST(PlanCacheTest, IsBounded) {
    PlanCache cache;
    for (int i = 0; i < 20000; ++i) {
        auto prepared = std::make_shared<Prepared>();
        prepared->text = StatementText("SELECT " + std::to_string(i));
        cache.put(prepared);
        ASSERT_EQ(cache.find(prepared->text, "", 0), prepared);
        EXPECT_EQ(cache.find(prepared->text, "other", 0), nullptr);
        EXPECT_EQ(cache.find(prepared->text, "", 1), nullptr);
    }
    EXPECT_LE(cache.size(), PlanCache::capacity);
}

TEST(SipHashTest, PublishedVector) {
    // Key 00 01 .. 0f, message 00 01 .. 0e: the example of the SipHash paper.
    std::array<std::byte, 15> message{};
    for (std::size_t i = 0; i < message.size(); ++i) message[i] = static_cast<std::byte>(i);
    const BytesView parts[] = {BytesView(message).first(7), BytesView(message).subspan(7)};
    EXPECT_EQ(siphash({0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL}, parts), 0xa129ca6149be45e5ULL);
}

}  // namespace
}  // namespace coodie::embedded
