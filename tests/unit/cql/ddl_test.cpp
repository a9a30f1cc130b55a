// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/cql.hpp>

#include <gtest/gtest.h>

namespace {

using namespace coodie;
using namespace coodie::cql;
using namespace std::chrono_literals;

TEST(CqlKeyspace, Renders) {
    EXPECT_EQ(
        create_keyspace("ks").if_not_exists().cql(),
        R"(CREATE KEYSPACE IF NOT EXISTS "ks" WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '1'})");
    EXPECT_EQ(
        create_keyspace("My Ks")
            .replication(replication().datacenter("dc'1", 3).datacenter("dc2", 2))
            .durable_writes(false)
            .cql(),
        R"(CREATE KEYSPACE "My Ks" WITH replication = {'class': 'NetworkTopologyStrategy', 'dc''1': '3', 'dc2': '2'} AND durable_writes = false)");
    EXPECT_EQ(
        alter_keyspace("ks").replication(Replication::simple(3)).cql(),
        R"(ALTER KEYSPACE "ks" WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '3'})");
    EXPECT_EQ(alter_keyspace("ks").durable_writes(true).cql(),
              R"(ALTER KEYSPACE "ks" WITH durable_writes = true)");
    EXPECT_EQ(create_keyspace("ks").statement().text().kind(), StatementKind::schema);
}

TEST(CqlCreateTable, Renders) {
    EXPECT_EQ(create_table({"ks", "t"}).column("id", "int").partition_key("id").cql(),
              R"(CREATE TABLE "ks"."t" ("id" int, PRIMARY KEY ("id")))");
    EXPECT_EQ(
        create_table({"ks", "t"})
            .if_not_exists()
            .column("a", "int")
            .column("b", "text")
            .column("c", "timestamp")
            .column("d", "int")
            .static_column("s", "map<text, int>")
            .partition_key("a")
            .partition_key("b")
            .clustering_key("c", true)
            .clustering_key("d")
            .comment("it's")
            .default_ttl(24h)
            .option("compaction", "{'class': 'LeveledCompactionStrategy'}")
            .option("Odd name", "1")
            .cql(),
        R"(CREATE TABLE IF NOT EXISTS "ks"."t" ("a" int, "b" text, "c" timestamp, "d" int, "s" map<text, int> STATIC, )"
        R"(PRIMARY KEY (("a", "b"), "c", "d")) WITH CLUSTERING ORDER BY ("c" DESC, "d" ASC) AND comment = 'it''s' )"
        R"(AND default_time_to_live = 86400 AND compaction = {'class': 'LeveledCompactionStrategy'} AND "Odd name" = 1)");
    EXPECT_EQ(create_table(TableName("t"))
                  .column("a", "int")
                  .column("b", "int")
                  .partition_key("a")
                  .clustering_key("b")
                  .comment("x")
                  .cql(),
              R"(CREATE TABLE "t" ("a" int, "b" int, PRIMARY KEY ("a", "b")) WITH comment = 'x')");
}

TEST(CqlAlterTable, Renders) {
    const TableName t("ks", "t");
    EXPECT_EQ(alter_table(t).add("a", "int").cql(), R"(ALTER TABLE "ks"."t" ADD "a" int)");
    EXPECT_EQ(alter_table(t).add("a", "int").add_static("b", "text").cql(),
              R"(ALTER TABLE "ks"."t" ADD ("a" int, "b" text STATIC))");
    EXPECT_EQ(alter_table(t).drop("a").cql(), R"(ALTER TABLE "ks"."t" DROP "a")");
    EXPECT_EQ(alter_table(t).drop("a").drop("b").cql(), R"(ALTER TABLE "ks"."t" DROP ("a", "b"))");
    EXPECT_EQ(alter_table(t).rename("a", "b").rename("c", "d").cql(),
              R"(ALTER TABLE "ks"."t" RENAME "a" TO "b" AND "c" TO "d")");
    EXPECT_EQ(alter_table(t).comment("x").default_ttl(1h).cql(),
              R"(ALTER TABLE "ks"."t" WITH comment = 'x' AND default_time_to_live = 3600)");
}

TEST(CqlIndex, Renders) {
    EXPECT_EQ(create_index("i").if_not_exists().on({"ks", "t"}, "a").cql(),
              R"(CREATE INDEX IF NOT EXISTS "i" ON "ks"."t" ("a"))");
    EXPECT_EQ(create_index().on(TableName("t"), "m").target(CreateIndex::Target::keys).cql(),
              R"(CREATE INDEX ON "t" (KEYS("m")))");
    EXPECT_EQ(create_index("i").on(TableName("t"), "m").target(CreateIndex::Target::entries).cql(),
              R"(CREATE INDEX "i" ON "t" (ENTRIES("m")))");
    EXPECT_EQ(
        create_index("i").on(TableName("t"), "m").target(CreateIndex::Target::full).using_class("sai").cql(),
        R"(CREATE CUSTOM INDEX "i" ON "t" (FULL("m")) USING 'sai')");
}

TEST(CqlType, Renders) {
    EXPECT_EQ(
        create_type({"ks", "address"}).if_not_exists().field("street", "text").field("zip", "int").cql(),
        R"(CREATE TYPE IF NOT EXISTS "ks"."address" ("street" text, "zip" int))");
    EXPECT_EQ(alter_type({"ks", "address"}).add("city", "text").cql(),
              R"(ALTER TYPE "ks"."address" ADD "city" text)");
}

TEST(CqlDrop, Renders) {
    EXPECT_EQ(drop_keyspace("ks").if_exists().cql(), R"(DROP KEYSPACE IF EXISTS "ks")");
    EXPECT_EQ(drop_table({"ks", "t"}).cql(), R"(DROP TABLE "ks"."t")");
    EXPECT_EQ(drop_index({"ks", "i"}).cql(), R"(DROP INDEX "ks"."i")");
    EXPECT_EQ(drop_type({"ks", "address"}).cql(), R"(DROP TYPE "ks"."address")");
    EXPECT_EQ(truncate_text({"ks", "t"}).cql(), R"(TRUNCATE TABLE "ks"."t")");
    EXPECT_EQ(truncate_text({"ks", "t"}).kind(), StatementKind::truncate);
}

}  // namespace
