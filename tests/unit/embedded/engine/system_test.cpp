// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

using testing::Contains;

class EmbeddedSystem : public testing::Test {
protected:
    void SetUp() override {
        db.run("CREATE TYPE address (street text, zip int)");
        db.run(
            "CREATE TABLE \"Reviews\" (product uuid, \"Key\" timestamp, a frozen<address>, m map<text, "
            "frozen<list<int>>>, s "
            "int static, PRIMARY KEY (product, \"Key\")) WITH CLUSTERING ORDER BY (\"Key\" DESC) AND comment "
            "= 'x'");
        db.run("CREATE INDEX by_m ON \"Reviews\" (KEYS(m))");
    }
    Database db;
};

TEST_F(EmbeddedSystem, ColumnsAreSpelledAsCassandraDoes) {
    EXPECT_EQ(
        db.rows("SELECT column_name, clustering_order, kind, position, type FROM system_schema.columns WHERE "
                "keyspace_name = ? AND table_name = ?",
                {"'ks'", "'Reviews'"}),
        (Rows{{"'Key'", "'desc'", "'clustering'", "0", "'timestamp'"},
              {"'a'", "'none'", "'regular'", "-1", "'frozen<address>'"},
              {"'m'", "'none'", "'regular'", "-1", "'map<text, frozen<list<int>>>'"},
              {"'product'", "'none'", "'partition_key'", "0", "'uuid'"},
              {"'s'", "'none'", "'static'", "-1", "'int'"}}));
}

TEST_F(EmbeddedSystem, TablesKeyspacesIndexesTypes) {
    EXPECT_EQ(db.rows("SELECT comment, default_time_to_live, caching FROM system_schema.tables WHERE "
                      "keyspace_name = 'ks' "
                      "AND table_name = 'Reviews'"),
              (Rows{{"'x'", "0", "{'keys': 'ALL', 'rows_per_partition': 'NONE'}"}}));
    EXPECT_EQ(
        db.rows("SELECT durable_writes, replication FROM system_schema.keyspaces WHERE keyspace_name = 'ks'"),
        (Rows{{"true",
               "{'class': 'org.apache.cassandra.locator.SimpleStrategy', 'replication_factor': '1'}"}}));
    EXPECT_EQ(
        db.rows("SELECT index_name, kind, options FROM system_schema.indexes WHERE keyspace_name = 'ks'"),
        (Rows{{"'by_m'", "'COMPOSITES'", "{'target': 'keys(m)'}"}}));
    EXPECT_EQ(db.rows("SELECT * FROM system_schema.types WHERE keyspace_name = 'ks'"),
              (Rows{{"'ks'", "'address'", "['street', 'zip']", "['text', 'int']"}}));
    EXPECT_TRUE(db.rows("SELECT * FROM system_schema.views").empty());
    EXPECT_TRUE(db.rows("SELECT * FROM system_schema.functions WHERE keyspace_name = 'ks'").empty());
    EXPECT_TRUE(db.rows("SELECT * FROM system.peers_v2").empty());
    EXPECT_THAT(db.rows("SELECT keyspace_name FROM system_schema.keyspaces"),
                Contains(std::vector<std::string>{"'system_schema'"}));
}

TEST_F(EmbeddedSystem, LocalTellsOneNode) {
    const auto rows = db.rows("SELECT key, partitioner, tokens, schema_version FROM system.local");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0][1], "'org.apache.cassandra.dht.Murmur3Partitioner'");
    EXPECT_EQ(db.rows("SELECT key FROM system.local WHERE key = 'local'").size(), 1U);
    db.run("CREATE TABLE x (k int PRIMARY KEY)");
    EXPECT_NE(db.rows("SELECT schema_version FROM system.local"), (Rows{{rows[0][3]}}));
}

TEST_F(EmbeddedSystem, PagesAndSlices) {
    const auto all = db.rows("SELECT keyspace_name, table_name, column_name FROM system_schema.columns");
    EXPECT_GT(all.size(), 100U);
    Statement statement =
        db.statement("SELECT keyspace_name, table_name, column_name FROM system_schema.columns");
    statement.options().page_size = 17;
    Rows paged;
    for (;;) {
        const auto result = db.run(statement);
        for (auto& row : rows_of(result)) paged.push_back(std::move(row));
        if (result.paging_state().empty()) break;
        statement.set_paging_state({result.paging_state().begin(), result.paging_state().end()});
    }
    EXPECT_EQ(paged, all);
    EXPECT_EQ(
        db.column("SELECT column_name FROM system_schema.columns WHERE keyspace_name = 'ks' AND table_name = "
                  "'Reviews' AND column_name > 'a' AND column_name <= 'product'"),
        "'m' 'product'");
    EXPECT_EQ(db.rows("SELECT count(*) FROM system_schema.columns WHERE keyspace_name = 'ks'"),
              (Rows{{"5"}}));
    EXPECT_EQ(
        db.rows("SELECT DISTINCT keyspace_name FROM system_schema.columns WHERE keyspace_name = 'ks'").size(),
        1U);
    EXPECT_EQ(db.column("SELECT column_name FROM system_schema.columns WHERE keyspace_name = 'ks' LIMIT 2"),
              "'Key' 'a'");
}

TEST_F(EmbeddedSystem, IsReadOnly) {
    EXPECT_TRUE(std::holds_alternative<Error>(db.driver.execute(
        Statement(StatementText("INSERT INTO system_schema.keyspaces (keyspace_name) VALUES ('x')")))));
    EXPECT_TRUE(
        std::holds_alternative<Error>(db.driver.execute(Statement(StatementText("TRUNCATE system.local")))));
    EXPECT_TRUE(std::holds_alternative<Error>(
        db.driver.execute(Statement(StatementText("DROP TABLE system.local")))));
}

}  // namespace
}  // namespace coodie::embedded
