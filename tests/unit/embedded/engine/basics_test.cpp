// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <gmock/gmock.h>

namespace coodie::embedded {
namespace {

using testing::HasSubstr;

TEST(EmbeddedBasics, CreateInsertSelectUpdateDelete) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a text, b bigint)");
    db.run("INSERT INTO t (k, a, b) VALUES (?, ?, ?)", {1, "'it''s'", 5});
    EXPECT_EQ(db.rows("SELECT * FROM t WHERE k = ?", {1}), (Rows{{"1", "'it''s'", "5"}}));
    db.run("UPDATE t SET a = 'x' WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a, b FROM t WHERE k = 1"), (Rows{{"'x'", "5"}}));
    db.run("DELETE a FROM t WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a, b FROM t WHERE k = 1"), (Rows{{"null", "5"}}));
    db.run("DELETE FROM t WHERE k = 1");
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
}

TEST(EmbeddedBasics, ResultsNameTheirColumns) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a text)");
    const auto result = db.run("SELECT a AS x, k, count(*) FROM t");
    ASSERT_EQ(result.columns().size(), 3U);
    EXPECT_EQ(result.columns()[0].name, "x");
    EXPECT_EQ(result.columns()[0].keyspace, "ks");
    EXPECT_EQ(result.columns()[0].table, "t");
    EXPECT_EQ(result.columns()[1].type, DataType(TypeId::int_));
    EXPECT_EQ(result.columns()[2].type, DataType(TypeId::bigint));
    EXPECT_FALSE(db.run("INSERT INTO t (k) VALUES (1)").has_rows());
    EXPECT_TRUE(db.run("SELECT * FROM t WHERE k = 9").has_rows());
}

TEST(EmbeddedBasics, TextWithQuotesNulAndEmojiComesBackEqual_SemanticsRule8) {
    Database db;
    db.run("CREATE TABLE \"T\" (\"Select\" text PRIMARY KEY, \"ke\"\"y\" text)");
    const std::string odd("a'\"\0\xF0\x9F\x98\x80", 8);
    BoundValues values;
    const auto* bytes = reinterpret_cast<const std::byte*>(odd.data());
    values.add({bytes, odd.size()});
    values.add({bytes, odd.size()});
    db.run(Statement(StatementText("INSERT INTO \"T\" (\"Select\", \"ke\"\"y\") VALUES (?, ?)"), values));
    const auto result = db.run("SELECT \"ke\"\"y\" FROM \"T\"");
    RowReader reader(result);
    Cell cell;
    ASSERT_TRUE(reader.next(cell));
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(cell.content().data()), cell.content().size()), odd);
}

TEST(EmbeddedBasics, InsertLeavesARowMarkerAndUpdateDoesNot_SemanticsRule9) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run("INSERT INTO t (k) VALUES (1)");
    EXPECT_EQ(db.rows("SELECT * FROM t"), (Rows{{"1", "null"}}));
    db.run("UPDATE t SET a = 1 WHERE k = 2");
    EXPECT_EQ(db.rows("SELECT * FROM t WHERE k = 2"), (Rows{{"2", "1"}}));
    db.run("UPDATE t SET a = null WHERE k = 2");
    EXPECT_TRUE(db.rows("SELECT * FROM t WHERE k = 2").empty());
}

TEST(EmbeddedBasics, UnsetLeavesTheCellAndNullDeletesIt_SemanticsRule1) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a text)");
    const std::string insert = "INSERT INTO t (k, a) VALUES (?, ?)";
    db.run(insert, {1, "'x'"});
    db.run(insert, {1, unset_value});
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"'x'"}}));
    db.run(insert, {1, null_value});
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"null"}}));
    db.run(insert, {1, "''"});
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"''"}}));
}

TEST(EmbeddedBasics, LastWriteWins) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run("INSERT INTO t (k, a) VALUES (1, 1) USING TIMESTAMP 10");
    db.run("INSERT INTO t (k, a) VALUES (1, 2) USING TIMESTAMP 5");
    EXPECT_EQ(db.rows("SELECT a, writetime(a) FROM t"), (Rows{{"1", "10"}}));
    db.run("INSERT INTO t (k, a) VALUES (1, 3) USING TIMESTAMP 10");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"3"}}));
    db.run("DELETE FROM t USING TIMESTAMP 9 WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"3"}}));
    db.run("DELETE FROM t USING TIMESTAMP 10 WHERE k = 1");
    EXPECT_TRUE(db.rows("SELECT a FROM t").empty());
}

TEST(EmbeddedBasics, TimestampsOfASessionIncrease_SemanticsRule13) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    for (int i = 0; i < 200; ++i) db.run("UPDATE t SET a = " + std::to_string(i) + " WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT a FROM t"), (Rows{{"199"}}));
    Clock clock;
    auto last = clock.next_timestamp();
    for (int i = 0; i < 10000; ++i) {
        const auto next = clock.next_timestamp();
        ASSERT_GT(next, last);
        last = next;
    }
}

TEST(EmbeddedBasics, TtlOverTheTablesDefaultAndZero_SemanticsRule12) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int) WITH default_time_to_live = 1000");
    db.run("INSERT INTO t (k, a) VALUES (1, 1)");
    db.run("INSERT INTO t (k, a) VALUES (2, 1) USING TTL ?", {500});
    db.run("INSERT INTO t (k, a) VALUES (3, 1) USING TTL 0");
    const auto ttl = [&](int key) { return db.rows("SELECT ttl(a) FROM t WHERE k = ?", {key}).at(0).at(0); };
    EXPECT_GT(std::stoi(ttl(1)), 900);
    EXPECT_LE(std::stoi(ttl(2)), 500);
    EXPECT_EQ(ttl(3), "null");
    EXPECT_EQ(db.error("INSERT INTO t (k, a) VALUES (3, 1) USING TTL ?", {630720001}).code(),
              server_code::invalid);
}

TEST(EmbeddedBasics, ErrorsHaveCassandrasCodes) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    EXPECT_EQ(db.error("SELEC").code(), server_code::syntax_error);
    EXPECT_EQ(db.error("SELECT * FROM missing").code(), server_code::invalid);
    EXPECT_EQ(db.error("SELECT b FROM t").code(), server_code::invalid);
    EXPECT_EQ(db.error("CREATE TABLE t (k int PRIMARY KEY)").code(), server_code::already_exists);
    EXPECT_EQ(db.error("CREATE ROLE r").kind(), ErrorKind::unsupported);
    const auto filtering = db.error("SELECT * FROM t WHERE a = 1");
    EXPECT_EQ(filtering.code(), server_code::invalid);
    EXPECT_THAT(filtering.message(), HasSubstr("ALLOW FILTERING"));
    EXPECT_EQ(db.error("USE nowhere").code(), server_code::invalid);
    // Not the values that the statement asks for.
    EXPECT_EQ(
        std::get<Error>(db.driver.execute(Statement(StatementText("INSERT INTO t (k) VALUES (?)")))).code(),
        server_code::invalid);
}

TEST(EmbeddedBasics, KeyspaceOfTheStatementOverTheDrivers) {
    Database db;
    db.run("CREATE KEYSPACE other WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    db.run("CREATE TABLE other.t (k int PRIMARY KEY)");
    db.run("CREATE TABLE t (k int PRIMARY KEY)");
    const StatementText text("INSERT INTO t (k) VALUES (1)");
    Statement statement(text);
    statement.set_keyspace("other");
    db.run(statement);
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
    EXPECT_EQ(db.rows("SELECT * FROM other.t").size(), 1U);
    db.run(Statement(text));
    EXPECT_EQ(db.rows("SELECT * FROM t").size(), 1U);
    EXPECT_EQ(db.driver.keyspace(), "ks");
}

TEST(EmbeddedBasics, PreparedStatementsFollowTheSchema_SemanticsRule27) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    const auto insert = db.statement("INSERT INTO t (k, a) VALUES (1, 2)");
    const auto select = db.statement("SELECT k, a FROM t");
    const auto all = db.statement("SELECT * FROM t");
    db.run(insert);
    EXPECT_EQ(rows_of(db.run(all)), (Rows{{"1", "2"}}));
    db.run("ALTER TABLE t ADD aa text");
    EXPECT_EQ(rows_of(db.run(select)), (Rows{{"1", "2"}}));
    EXPECT_EQ(rows_of(db.run(all)), (Rows{{"1", "2", "null"}}));
    db.run("ALTER TABLE t DROP a");
    EXPECT_EQ(std::get<Error>(db.driver.execute(select)).code(), server_code::invalid);
    EXPECT_EQ(std::get<Error>(db.driver.execute(insert)).code(), server_code::invalid);
    db.run("DROP TABLE t");
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    EXPECT_TRUE(rows_of(db.run(select)).empty());
}

TEST(EmbeddedBasics, DroppedAndTruncatedRowsDoNotComeBack) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    db.run("CREATE INDEX ON t (a)");
    db.run("INSERT INTO t (k, a) VALUES (1, 2)");
    db.run("TRUNCATE t");
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
    EXPECT_TRUE(db.rows("SELECT * FROM t WHERE a = 2").empty());
    db.run("INSERT INTO t (k, a) VALUES (1, 2)");
    EXPECT_EQ(db.rows("SELECT * FROM t WHERE a = 2").size(), 1U);
    db.run("DROP TABLE t");
    db.run("CREATE TABLE t (k int PRIMARY KEY, a int)");
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
}

TEST(EmbeddedBasics, DescribeTellsTypesAndRoutingKey) {
    Database db;
    db.run("CREATE TABLE t (a int, b text, c int, PRIMARY KEY ((a, b), c))");
    const auto described = db.driver.describe(StatementText("SELECT c FROM t WHERE b = ? AND a = ? LIMIT ?"));
    const auto& description = std::get<Description>(described);
    ASSERT_EQ(description.parameters.size(), 3U);
    EXPECT_EQ(description.parameters[0].type, DataType(TypeId::text));
    EXPECT_EQ(description.parameters[1].name, "a");
    EXPECT_EQ(description.routing_key, (std::vector<std::uint16_t>{1, 0}));
    EXPECT_EQ(description.columns.at(0).name, "c");
    EXPECT_TRUE(std::holds_alternative<Error>(db.driver.describe(StatementText("SELECT"))));
}

TEST(EmbeddedBasics, Functions) {
    Database db;
    db.run("CREATE TABLE t (k int PRIMARY KEY, u uuid, tu timeuuid)");
    db.run("INSERT INTO t (k, u, tu) VALUES (1, uuid(), now())");
    EXPECT_EQ(db.rows("SELECT token(k) FROM t"), (Rows{{"-4069959284402364209"}}));
    EXPECT_EQ(db.rows("SELECT count(*), count(u), max(k) FROM t"), (Rows{{"1", "1", "1"}}));
    EXPECT_NE(db.rows("SELECT toTimestamp(tu) FROM t").at(0).at(0), "null");
}

}  // namespace
}  // namespace coodie::embedded
