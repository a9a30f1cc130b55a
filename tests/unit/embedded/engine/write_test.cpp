// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <gmock/gmock.h>

namespace coodie::embedded {
namespace {

TEST(EmbeddedCollections, WholeReplacesAndPlusAdds_SemanticsRule10) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, l list<int>, s set<text>, m map<text, int>)");
    db.run("INSERT INTO t (k, l, s, m) VALUES (1, [3, 1, 3], {'b', 'a'}, {'y': 2, 'x': 1})");
    const auto row = [&] { return db.rows("SELECT l, s, m FROM t").at(0); };
    EXPECT_EQ(row(), (std::vector<std::string>{"[3, 1, 3]", "{'a', 'b'}", "{'x': 1, 'y': 2}"}));
    db.run("UPDATE t SET l = l + [4], s = s + {'c'}, m = m + {'x': 9, 'z': 3} WHERE k = 1");
    EXPECT_EQ(row(),
              (std::vector<std::string>{"[3, 1, 3, 4]", "{'a', 'b', 'c'}", "{'x': 9, 'y': 2, 'z': 3}"}));
    db.run("UPDATE t SET l = [7, 8] + l, s = s - {'a', 'zz'}, m = m - {'y'} WHERE k = 1");
    EXPECT_EQ(row(), (std::vector<std::string>{"[7, 8, 3, 1, 3, 4]", "{'b', 'c'}", "{'x': 9, 'z': 3}"}));
    db.run("UPDATE t SET l = l - [3], l[0] = 70, m['w'] = 5 WHERE k = 1");
    EXPECT_EQ(row()[0], "[70, 8, 1, 4]");
    EXPECT_EQ(row()[2], "{'w': 5, 'x': 9, 'z': 3}");
    db.run("DELETE l[1], m['x'], s['b'] FROM t WHERE k = 1");
    EXPECT_EQ(row(), (std::vector<std::string>{"[70, 1, 4]", "{'c'}", "{'w': 5, 'z': 3}"}));
    db.run("UPDATE t SET l = [1], s = {'q'}, m = {} WHERE k = 1");
    EXPECT_EQ(row(), (std::vector<std::string>{"[1]", "{'q'}", "null"}));
    db.run("DELETE l, s FROM t WHERE k = 1");
    EXPECT_EQ(row(), (std::vector<std::string>{"null", "null", "null"}));
}

TEST(EmbeddedCollections, ListIndexIsChecked) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, l list<int>)");
    EXPECT_EQ(db.error("UPDATE t SET l[0] = 1 WHERE k = 1").code(), server_code::invalid);
    db.run("UPDATE t SET l = [1, 2] WHERE k = 1");
    const auto error = db.error("UPDATE t SET l[2] = 1 WHERE k = 1");
    EXPECT_EQ(error.code(), server_code::invalid);
    EXPECT_EQ(error.message(), "List index 2 out of bound, list has size 2");
    EXPECT_EQ(db.error("DELETE l[-1] FROM t WHERE k = 1").code(), server_code::invalid);
}

TEST(EmbeddedCollections, AppendsAndPrependsKeepTheirOrder) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, l list<int>)");
    for (int i = 0; i < 30; ++i) {
        db.run("UPDATE t SET l = l + ? WHERE k = 1", {"[" + std::to_string(i) + "]"});
        db.run("UPDATE t SET l = ? + l WHERE k = 1", {"[" + std::to_string(-1 - i) + "]"});
    }
    std::string expected = "[";
    for (int i = -30; i < 30; ++i) expected += (i == -30 ? "" : ", ") + std::to_string(i);
    EXPECT_EQ(db.rows("SELECT l FROM t").at(0).at(0), expected + "]");
}

TEST(EmbeddedCollections, UserTypesFrozenAndNot) {
    Database db;
    db.run("CREATE TYPE address (street text, zip int, tags frozen<set<text>>)");
    db.run("CREATE TABLE t (k int PRIMARY KEY, a address, f frozen<address>, l list<frozen<address>>)");
    db.run("INSERT INTO t (k, a, f, l) VALUES (1, {street: 'x', zip: 5}, {zip: 6}, [{street: 'y'}])");
    EXPECT_EQ(db.rows("SELECT a.zip, f.zip, a.street FROM t"), (Rows{{"5", "6", "'x'"}}));
    db.run("UPDATE t SET a.zip = 7, a.tags = {'q'} WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"{street: 'x', zip: 7, tags: {'q'}}"}}));
    db.run("UPDATE t SET a = {zip: 1} WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"{street: null, zip: 1, tags: null}"}}));
    db.run("DELETE a.zip FROM t WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"null"}}));
}

TEST(EmbeddedDeletes, RowsRangesAndPartitions) {
    Database db;
    db.run(
        "CREATE TABLE t (k int, c int, v int, s int static, PRIMARY KEY (k, c)) WITH CLUSTERING ORDER BY (c "
        "DESC)");
    for (int c = 1; c <= 6; ++c) db.run("INSERT INTO t (k, c, v, s) VALUES (1, ?, ?, 9)", {c, c});
    const auto rows = [&] { return db.column("SELECT c FROM t WHERE k = 1"); };
    db.run("DELETE FROM t WHERE k = 1 AND c = 3");
    EXPECT_EQ(rows(), "6 5 4 2 1");
    db.run("DELETE FROM t WHERE k = 1 AND c > 4 AND c <= 5");
    EXPECT_EQ(rows(), "6 4 2 1");
    db.run("DELETE FROM t WHERE k = 1 AND c IN (1, 6)");
    EXPECT_EQ(rows(), "4 2");
    db.run("INSERT INTO t (k, c) VALUES (1, 5)");
    EXPECT_EQ(rows(), "5 4 2");
    db.run("DELETE FROM t WHERE k = 1 AND c < 5");
    EXPECT_EQ(rows(), "5");
    db.run("DELETE FROM t WHERE k = 1 AND c >= 0");
    EXPECT_EQ(db.rows("SELECT c, s FROM t WHERE k = 1"), (Rows{{"null", "9"}}));
    db.run("DELETE FROM t WHERE k = 1");
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
}

TEST(EmbeddedDeletes, OlderWritesStayGoneUnderADeletion) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, v int, PRIMARY KEY (k, c))");
    db.run("DELETE FROM t USING TIMESTAMP 100 WHERE k = 1");
    db.run("DELETE FROM t USING TIMESTAMP 100 WHERE k = 2 AND c > 0");
    for (const char* key : {"1", "2"}) {
        db.run("INSERT INTO t (k, c, v) VALUES (" + std::string(key) + ", 1, 1) USING TIMESTAMP 100");
        EXPECT_TRUE(db.rows("SELECT * FROM t WHERE k = " + std::string(key)).empty());
        db.run("INSERT INTO t (k, c, v) VALUES (" + std::string(key) + ", 1, 1) USING TIMESTAMP 101");
        EXPECT_EQ(db.rows("SELECT * FROM t WHERE k = " + std::string(key)).size(), 1U);
    }
}

TEST(EmbeddedStatics, NeedOnlyThePartitionKey_SemanticsRule11) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, v int, s int static, PRIMARY KEY (k, c))");
    db.run("INSERT INTO t (k, s) VALUES (1, 5)");
    EXPECT_EQ(db.rows("SELECT k, c, s FROM t"), (Rows{{"1", "null", "5"}}));
    db.run("UPDATE t SET s = 6 WHERE k = 1");
    db.run("UPDATE t SET s = 7, v = 1 WHERE k = 1 AND c = 1");
    EXPECT_EQ(db.rows("SELECT c, v, s FROM t"), (Rows{{"1", "1", "7"}}));
    db.run("DELETE s FROM t WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT c, v, s FROM t"), (Rows{{"1", "1", "null"}}));
    EXPECT_EQ(db.error("UPDATE t SET v = 6 WHERE k = 1").code(), server_code::invalid);
}

TEST(EmbeddedCounters, AddUpAndReadZero_SemanticsRule20) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, n counter)");
    for (int i = 0; i < 5; ++i) db.run("UPDATE t SET n = n + ? WHERE k = 1", {10});
    db.run("UPDATE t SET n -= 8 WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT n FROM t"), (Rows{{"42"}}));
    EXPECT_EQ(db.error("INSERT INTO t (k, n) VALUES (1, 1)").code(), server_code::invalid);
    EXPECT_EQ(db.error("UPDATE t USING TTL 5 SET n = n + 1 WHERE k = 1").code(), server_code::invalid);
}

TEST(EmbeddedConditional, InsertIfNotExists_SemanticsRule16) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, a int, b int, PRIMARY KEY (k, c))");
    EXPECT_EQ(db.rows("INSERT INTO t (k, c, a) VALUES (1, 1, 5) IF NOT EXISTS"), (Rows{{"true"}}));
    const auto result = db.run("INSERT INTO t (k, c, a) VALUES (1, 1, 6) IF NOT EXISTS");
    std::vector<std::string> names;
    for (const auto& column : result.columns()) names.push_back(column.name);
    EXPECT_EQ(names, (std::vector<std::string>{"[applied]", "k", "c", "a", "b"}));
    EXPECT_EQ(rows_of(result), (Rows{{"false", "1", "1", "5", "null"}}));
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"5"}}));
}

TEST(EmbeddedConditional, UpdateAndDelete_SemanticsRule16) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int, b int)");
    EXPECT_EQ(db.rows("UPDATE t SET a = 1 WHERE k = 1 IF EXISTS"), (Rows{{"false"}}));
    EXPECT_EQ(db.rows("UPDATE t SET a = 1 WHERE k = 1 IF a = 1"), (Rows{{"false"}}));
    db.run("INSERT INTO t (k, a) VALUES (1, 1)");
    EXPECT_EQ(db.rows("UPDATE t SET a = 2 WHERE k = 1 IF a = 1"), (Rows{{"true"}}));
    EXPECT_EQ(db.rows("UPDATE t SET a = 3 WHERE k = 1 IF a = 1 AND b = null"),
              (Rows{{"false", "2", "null"}}));
    EXPECT_EQ(db.rows("UPDATE t SET a = 3 WHERE k = 1 IF a IN (1, 2)"), (Rows{{"true"}}));
    EXPECT_EQ(db.rows("UPDATE t SET b = 3 WHERE k = 1 IF a >= 4"), (Rows{{"false", "3"}}));
    EXPECT_EQ(db.rows("UPDATE t SET b = 3 WHERE k = 1 IF a != ?", {5}), (Rows{{"true"}}));
    EXPECT_EQ(db.rows("DELETE FROM t WHERE k = 1 IF b = 4"), (Rows{{"false", "3"}}));
    EXPECT_EQ(db.rows("DELETE FROM t WHERE k = 1 IF EXISTS"), (Rows{{"true"}}));
    EXPECT_EQ(db.rows("DELETE FROM t WHERE k = 1 IF EXISTS"), (Rows{{"false"}}));
}

TEST(EmbeddedConditional, CollectionElements) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, l list<int>, m map<text, int>)");
    db.run("INSERT INTO t (k, l, m) VALUES (1, [1, 2], {'a': 1})");
    EXPECT_EQ(db.rows("UPDATE t SET m['a'] = 2 WHERE k = 1 IF m['a'] = 1 AND l[1] = 2"), (Rows{{"true"}}));
    EXPECT_EQ(db.rows("UPDATE t SET m['a'] = 3 WHERE k = 1 IF m['a'] = 1").at(0).at(0), "false");
    EXPECT_EQ(db.rows("UPDATE t SET m['a'] = 3 WHERE k = 1 IF l = [1, 2]"), (Rows{{"true"}}));
}

TEST(EmbeddedConditional, RefusalsOfRule17) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, a int, PRIMARY KEY (k, c))");
    EXPECT_EQ(db.error("UPDATE t USING TIMESTAMP 5 SET a = 1 WHERE k = 1 AND c = 1 IF a = 2").code(),
              server_code::invalid);
    EXPECT_EQ(db.error("UPDATE t SET a = 1 WHERE k IN (1, 2) AND c = 1 IF a = 2").code(),
              server_code::invalid);
}

TEST(EmbeddedBatch, AllOrNothingWithOneTimestamp) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run("CREATE TABLE u (k int PRIMARY KEY, a int)");
    BatchStatement batch;
    batch.add(db.statement("INSERT INTO t (k, a) VALUES (?, ?)", {1, 2}));
    batch.add(db.statement("UPDATE u SET a = ? WHERE k = ?", {3, 1}));
    batch.set_timestamp(77);
    db.run(batch);
    EXPECT_EQ(db.rows("SELECT a, writetime(a) FROM t"), (Rows{{"2", "77"}}));
    EXPECT_EQ(db.rows("SELECT a, writetime(a) FROM u"), (Rows{{"3", "77"}}));
    BatchStatement wrong;
    wrong.add(db.statement("INSERT INTO t (k, a) VALUES (9, 9)"));
    wrong.add(db.statement("SELECT * FROM t"));
    EXPECT_EQ(std::get<Error>(db.driver.execute(wrong)).code(), server_code::invalid);
    EXPECT_TRUE(db.rows("SELECT * FROM t WHERE k = 9").empty());
    EXPECT_FALSE(db.run(BatchStatement()).has_rows());
}

TEST(EmbeddedBatch, AsText) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run(
        "BEGIN BATCH USING TIMESTAMP ? INSERT INTO t (k, a) VALUES (?, ?); DELETE FROM t WHERE k = 2; APPLY "
        "BATCH",
        {50, 1, 2});
    EXPECT_EQ(db.rows("SELECT k, a, writetime(a) FROM t"), (Rows{{"1", "2", "50"}}));
}

TEST(EmbeddedBatch, ConditionalInOnePartition_SemanticsRule18) {
    Database db;
    db.run("CREATE TABLE t (k int, c int, a int, PRIMARY KEY (k, c))");
    db.run("INSERT INTO t (k, c, a) VALUES (1, 1, 1)");
    BatchStatement batch;
    batch.add(db.statement("UPDATE t SET a = 2 WHERE k = 1 AND c = 1 IF a = 5"));
    batch.add(db.statement("INSERT INTO t (k, c, a) VALUES (1, 2, 2)"));
    const auto refused = rows_of(db.run(batch));
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].front(), "false");
    EXPECT_EQ(db.column("SELECT a FROM t"), "1");
    BatchStatement second;
    second.add(db.statement("UPDATE t SET a = 2 WHERE k = 1 AND c = 1 IF a = 1"));
    second.add(db.statement("INSERT INTO t (k, c, a) VALUES (1, 2, 2) IF NOT EXISTS"));
    EXPECT_EQ(rows_of(db.run(second)), (Rows{{"true"}}));
    EXPECT_EQ(db.column("SELECT a FROM t"), "2 2");
    BatchStatement two;
    two.add(db.statement("UPDATE t SET a = 3 WHERE k = 1 AND c = 1 IF a = 2"));
    two.add(db.statement("UPDATE t SET a = 3 WHERE k = 2 AND c = 1"));
    EXPECT_EQ(std::get<Error>(db.driver.execute(two)).code(), server_code::invalid);
}

TEST(EmbeddedBatch, CountersDoNotMix_SemanticsRule20) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run("CREATE TABLE n (k int PRIMARY KEY, n counter)");
    BatchStatement mixed(BatchType::logged);
    mixed.add(db.statement("INSERT INTO t (k) VALUES (1)"));
    mixed.add(db.statement("UPDATE n SET n += 1 WHERE k = 1"));
    EXPECT_EQ(std::get<Error>(db.driver.execute(mixed)).code(), server_code::invalid);
    BatchStatement counters(BatchType::counter);
    counters.add(db.statement("UPDATE n SET n += 1 WHERE k = 1"));
    counters.add(db.statement("UPDATE n SET n += 2 WHERE k = 1"));
    db.run(counters);
    EXPECT_EQ(db.rows("SELECT n FROM n"), (Rows{{"3"}}));
}

}  // namespace
}  // namespace coodie::embedded
