// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

namespace coodie::embedded {
namespace {

TEST(EmbeddedIndex, FindsWhatIsThereNow) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, v int, PRIMARY KEY (k, c))");
    for (int i = 0; i < 10; ++i) db.run("INSERT INTO t (k, c, v) VALUES (?, ?, ?)", {i % 3, i, i % 2});
    db.run("CREATE INDEX t_v ON t (v)");
    const auto found = [&](int value) { return db.rows("SELECT c FROM t WHERE v = ?", {value}).size(); };
    EXPECT_EQ(found(0), 5U);
    EXPECT_EQ(found(1), 5U);
    db.run("UPDATE t SET v = 7 WHERE k = 0 AND c = 0");
    EXPECT_EQ(found(0), 4U);
    EXPECT_EQ(found(7), 1U);
    db.run("UPDATE t SET v = 0 WHERE k = 0 AND c = 0");
    EXPECT_EQ(found(0), 5U);
    EXPECT_EQ(found(7), 0U);
    db.run("DELETE v FROM t WHERE k = 1 AND c = 4");
    EXPECT_EQ(found(0), 4U);
    db.run("DELETE FROM t WHERE k = 2 AND c = 2");
    EXPECT_EQ(found(0), 3U);
    db.run("DELETE FROM t WHERE k = 0");
    EXPECT_EQ(found(0), 1U);
    db.run("INSERT INTO t (k, c, v) VALUES (0, 0, 1) USING TTL 1000");
    EXPECT_EQ(found(1), 4U);
    db.run("DROP INDEX t_v");
    EXPECT_EQ(db.error("SELECT c FROM t WHERE v = 0").code(), server_code::invalid);
}

TEST(EmbeddedIndex, OlderWritesDoNotHideNewerOnes) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, v int)");
    db.run("CREATE INDEX ON t (v)");
    db.run("INSERT INTO t (k, v) VALUES (1, 5) USING TIMESTAMP 100");
    db.run("INSERT INTO t (k, v) VALUES (1, 6) USING TIMESTAMP 50");
    db.run("DELETE FROM t USING TIMESTAMP 50 WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT k FROM t WHERE v = 5").size(), 1U);
    EXPECT_TRUE(db.rows("SELECT k FROM t WHERE v = 6").empty());
}

TEST(EmbeddedIndex, WithinAPartitionWithMoreRestrictions) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, v int, w int, PRIMARY KEY (k, c))");
    db.run("CREATE INDEX ON t (v)");
    for (int i = 0; i < 12; ++i) db.run("INSERT INTO t (k, c, v, w) VALUES (?, ?, 1, ?)", {i % 2, i, i % 3});
    EXPECT_EQ(db.column("SELECT c FROM t WHERE k = 0 AND v = 1"), "0 2 4 6 8 10");
    EXPECT_EQ(db.column("SELECT c FROM t WHERE k = 0 AND v = 1 AND c > 4"), "6 8 10");
    EXPECT_EQ(db.column("SELECT c FROM t WHERE k = 0 AND v = 1 AND w = 0 ALLOW FILTERING"), "0 6");
    EXPECT_EQ(db.rows("SELECT c FROM t WHERE v = 1 PER PARTITION LIMIT 2").size(), 4U);
    EXPECT_EQ(db.rows("SELECT c FROM t WHERE v = 1 LIMIT 5").size(), 5U);
    EXPECT_EQ(db.rows("SELECT count(*) FROM t WHERE v = 1"), (Rows{{"12"}}));
}

TEST(EmbeddedIndex, Pages) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, v int, s int static, PRIMARY KEY (k, c))");
    db.run("CREATE INDEX ON t (v)");
    db.run("CREATE INDEX ON t (s)");
    for (int i = 0; i < 20; ++i) db.run("INSERT INTO t (k, c, v, s) VALUES (?, ?, 1, 5)", {i % 3, i});
    for (const char* cql : {"SELECT k, c FROM t WHERE v = 1", "SELECT k, c FROM t WHERE s = 5",
                            "SELECT k, c FROM t WHERE k = 1 AND v = 1"}) {
        const auto all = db.rows(cql);
        for (int page_size = 1; page_size <= 8; ++page_size) {
            Statement statement = db.statement(cql);
            statement.options().page_size = page_size;
            Rows paged;
            for (int pages = 0; pages < 40; ++pages) {
                const auto result = db.run(statement);
                for (auto& row : rows_of(result)) paged.push_back(std::move(row));
                if (result.paging_state().empty()) break;
                statement.set_paging_state({result.paging_state().begin(), result.paging_state().end()});
            }
            EXPECT_EQ(paged, all) << cql << " with pages of " << page_size;
        }
    }
}

TEST(EmbeddedIndex, CollectionsKeysAndEntries) {
    Database db;
    db.run(
        "CREATE TABLE t (k int PRIMARY KEY, l list<int>, s set<text>, m map<text, int>, n map<text, int>, f "
        "frozen<list<int>>)");
    db.run("INSERT INTO t (k, l, s, m, n, f) VALUES (0, [7], {'z'}, {'z': 7}, {'z': 7}, [7])");
    db.run("CREATE INDEX ON t (l)");
    db.run("CREATE INDEX ON t (s)");
    db.run("CREATE INDEX ON t (KEYS(m))");
    db.run("CREATE INDEX ON t (ENTRIES(n))");
    db.run("CREATE INDEX ON t (FULL(f))");
    db.run("INSERT INTO t (k, l, s, m, n, f) VALUES (1, [1, 2], {'a'}, {'x': 1}, {'y': 2}, [1])");
    const auto keys = [&](const std::string& where) { return db.column("SELECT k FROM t WHERE " + where); };
    EXPECT_EQ(keys("l CONTAINS 7"), "0");
    EXPECT_EQ(keys("l CONTAINS 2"), "1");
    EXPECT_EQ(keys("s CONTAINS 'a'"), "1");
    EXPECT_EQ(keys("m CONTAINS KEY 'x'"), "1");
    EXPECT_EQ(keys("n['y'] = 2"), "1");
    EXPECT_EQ(keys("n['y'] = 3"), "");
    EXPECT_EQ(keys("f = [7]"), "0");
    db.run("UPDATE t SET l = l + [7], s = s - {'a'}, m['q'] = 1, n['y'] = 3 WHERE k = 1");
    EXPECT_EQ(keys("l CONTAINS 7").size(), 3U);
    EXPECT_EQ(keys("s CONTAINS 'a'"), "");
    EXPECT_EQ(keys("m CONTAINS KEY 'q'"), "1");
    EXPECT_EQ(keys("n['y'] = 3"), "1");
}

TEST(EmbeddedIndex, KeyColumns) {
    Database db;
    db.run("CREATE TABLE t (a int, b int, c int, d int, PRIMARY KEY ((a, b), c))");
    db.run("INSERT INTO t (a, b, c) VALUES (1, 2, 3)");
    db.run("CREATE INDEX ON t (b)");
    db.run("CREATE INDEX ON t (c)");
    db.run("UPDATE t SET d = 1 WHERE a = 2 AND b = 2 AND c = 4");
    EXPECT_EQ(db.rows("SELECT a FROM t WHERE b = 2").size(), 2U);
    EXPECT_EQ(db.column("SELECT a FROM t WHERE c = 3"), "1");
    EXPECT_EQ(db.column("SELECT a FROM t WHERE c = 4"), "2");
    db.run("DELETE FROM t WHERE a = 2 AND b = 2");
    EXPECT_EQ(db.column("SELECT a FROM t WHERE b = 2"), "1");
}

TEST(EmbeddedIndex, BatchThatMovesAValueBetweenRows) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, v int)");
    db.run("CREATE INDEX ON t (v)");
    db.run("INSERT INTO t (k, v) VALUES (1, 5)");
    db.run("BEGIN BATCH UPDATE t SET v = 6 WHERE k = 1; UPDATE t SET v = 5 WHERE k = 2; APPLY BATCH");
    EXPECT_EQ(db.column("SELECT k FROM t WHERE v = 5"), "2");
    EXPECT_EQ(db.column("SELECT k FROM t WHERE v = 6"), "1");
}

}  // namespace
}  // namespace coodie::embedded
