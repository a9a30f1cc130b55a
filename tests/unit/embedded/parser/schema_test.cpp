// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

namespace coodie::embedded {
namespace {

DataType column_type(std::string_view text) {
    return parse_as<ast::CreateTable>("CREATE TABLE t (a " + std::string(text) + " PRIMARY KEY)")
        .columns.at(0)
        .type.type;
}

TEST(ParseKeyspace, CreateAlterDropUse) {
    const auto create = parse_as<ast::CreateKeyspace>(
        "CREATE KEYSPACE IF NOT EXISTS \"Ks\" WITH replication = {'class': 'SimpleStrategy', "
        "'replication_factor': 1} AND "
        "durable_writes = false");
    EXPECT_TRUE(create.if_not_exists);
    EXPECT_EQ(create.keyspace.name, "Ks");
    ASSERT_EQ(create.properties.size(), 2U);
    const auto& replication = std::get<1>(create.properties[0].value);
    EXPECT_EQ(replication.at(1).first.text, "replication_factor");
    EXPECT_EQ(replication.at(1).second.kind, ast::LiteralKind::integer);
    EXPECT_EQ(std::get<ast::Literal>(create.properties[1].value).text, "false");
    EXPECT_EQ(parse_as<ast::AlterKeyspace>("ALTER SCHEMA ks WITH durable_writes = true").properties.size(),
              1U);
    EXPECT_TRUE(parse_as<ast::DropKeyspace>("DROP KEYSPACE IF EXISTS ks").if_exists);
    EXPECT_EQ(parse_as<ast::Use>("USE Ks").keyspace, "ks");
}

TEST(ParseTable, Create) {
    const auto table = parse_as<ast::CreateTable>(
        "CREATE TABLE IF NOT EXISTS ks.t (a int, b text, c frozen<list<int>>, s int static, PRIMARY KEY ((a, "
        "b), c, d), d "
        "timeuuid) WITH CLUSTERING ORDER BY (c DESC, d ASC) AND comment = 'x' AND compaction = {'class': "
        "'x'} AND "
        "gc_grace_seconds = 5");
    EXPECT_TRUE(table.if_not_exists);
    EXPECT_EQ(table.columns.size(), 5U);
    EXPECT_TRUE(table.columns[3].is_static);
    EXPECT_EQ(table.partition_key.size(), 2U);
    EXPECT_EQ(table.clustering_key.size(), 2U);
    EXPECT_TRUE(table.clustering_order.at(0).descending);
    EXPECT_EQ(table.properties.size(), 3U);
    EXPECT_EQ(parse_error("CREATE TABLE t (a int, PRIMARY KEY (a), PRIMARY KEY (a))").code(),
              server_code::invalid);
}

TEST(ParseTable, Types) {
    EXPECT_EQ(column_type("varchar"), DataType(TypeId::text));
    EXPECT_EQ(column_type("MAP<text, frozen<list<int>>>"),
              DataType::map(TypeId::text, DataType::list(TypeId::int_).frozen()));
    EXPECT_EQ(column_type("tuple<int, set<text>>"),
              DataType::tuple({TypeId::int_, DataType::set(TypeId::text)}));
    EXPECT_EQ(column_type("vector<float, 3>"), DataType::vector(TypeId::float_, 3));
    const auto udt = column_type("frozen<ks.\"Address\">");
    EXPECT_EQ(udt.name(), "Address");
    EXPECT_EQ(udt.keyspace(), "ks");
    EXPECT_TRUE(udt.is_frozen());
    EXPECT_EQ(column_type("'org.example.Type'").id(), TypeId::custom);
    EXPECT_EQ(parse_error("CREATE TABLE t (a frozen<int> PRIMARY KEY)").code(), server_code::syntax_error);
    EXPECT_EQ(parse_error("CREATE TABLE t (a vector<int, 0> PRIMARY KEY)").code(), server_code::invalid);
    EXPECT_EQ(parse_error("CREATE TABLE t (a vector<int, 99999999999> PRIMARY KEY)").code(),
              server_code::invalid);
    EXPECT_EQ(parse_error("CREATE TABLE t (a map<int> PRIMARY KEY)").code(), server_code::syntax_error);
}

TEST(ParseTable, Alter) {
    const auto add = parse_as<ast::AlterTable>("ALTER TABLE t ADD IF NOT EXISTS (a int, s text static)");
    EXPECT_TRUE(std::get<ast::AddColumns>(add.action).columns.at(1).is_static);
    EXPECT_TRUE(std::get<ast::AddColumns>(add.action).if_not_exists);
    const auto several = parse_as<ast::AlterTable>("ALTER TABLE t ADD a int, b int");
    EXPECT_EQ(std::get<ast::AddColumns>(several.action).columns.size(), 2U);
    const auto drop =
        parse_as<ast::AlterTable>("ALTER TABLE IF EXISTS t DROP IF EXISTS (a, b) USING TIMESTAMP 5");
    EXPECT_EQ(std::get<ast::DropColumns>(drop.action).columns.size(), 2U);
    EXPECT_TRUE(std::get<ast::DropColumns>(drop.action).timestamp.has_value());
    const auto rename = parse_as<ast::AlterTable>("ALTER TABLE t RENAME a TO b AND c TO d");
    EXPECT_EQ(std::get<ast::RenameColumns>(rename.action).names.at(1).to.name, "d");
    const auto with = parse_as<ast::AlterTable>("ALTER TABLE t WITH comment = 'x'");
    EXPECT_EQ(std::get<ast::SetProperties>(with.action).properties.size(), 1U);
    EXPECT_EQ(parse_error("ALTER TABLE t ALTER a TYPE int").code(), server_code::invalid);
    EXPECT_TRUE(parse_as<ast::DropTable>("DROP COLUMNFAMILY IF EXISTS ks.t").if_exists);
    EXPECT_EQ(parse_as<ast::Truncate>("TRUNCATE TABLE ks.t").table.name, "t");
    EXPECT_EQ(parse_as<ast::Truncate>("TRUNCATE t").table.name, "t");
}

TEST(ParseType, CreateAlterDrop) {
    const auto create = parse_as<ast::CreateType>("CREATE TYPE IF NOT EXISTS ks.a (f int, \"G\" frozen<b>)");
    EXPECT_EQ(create.fields.at(1).field.name, "G");
    EXPECT_EQ(std::get<0>(parse_as<ast::AlterType>("ALTER TYPE a ADD f int").action).fields.size(), 1U);
    EXPECT_EQ(std::get<1>(parse_as<ast::AlterType>("ALTER TYPE a RENAME f TO g").action).names.size(), 1U);
    EXPECT_EQ(parse_as<ast::DropType>("DROP TYPE ks.a").type.keyspace, "ks");
}

TEST(ParseIndex, CreateAndDrop) {
    const auto unnamed = parse_as<ast::CreateIndex>("CREATE INDEX ON t (a)");
    EXPECT_EQ(unnamed.name, "");
    EXPECT_EQ(unnamed.targets.at(0).column.name, "a");
    using enum ast::IndexTargetKind;
    EXPECT_EQ(parse_as<ast::CreateIndex>("CREATE INDEX i ON t (KEYS(a))").targets.at(0).kind, keys);
    EXPECT_EQ(parse_as<ast::CreateIndex>("CREATE INDEX i ON t (VALUES(a))").targets.at(0).kind, values);
    EXPECT_EQ(parse_as<ast::CreateIndex>("CREATE INDEX i ON t (ENTRIES(a))").targets.at(0).kind, entries);
    EXPECT_EQ(parse_as<ast::CreateIndex>("CREATE INDEX i ON t (FULL(a))").targets.at(0).kind, full);
    EXPECT_EQ(parse_as<ast::CreateIndex>("CREATE INDEX i ON t (keys)").targets.at(0).column.name, "keys");
    const auto custom = parse_as<ast::CreateIndex>(
        "CREATE CUSTOM INDEX IF NOT EXISTS i ON ks.t (a) USING 'sai' WITH OPTIONS = {'similarity_function': "
        "'dot_product'}");
    EXPECT_TRUE(custom.custom);
    EXPECT_EQ(custom.using_class, "sai");
    EXPECT_EQ(custom.properties.size(), 1U);
    EXPECT_TRUE(parse_as<ast::DropIndex>("DROP INDEX IF EXISTS ks.i").if_exists);
}

}  // namespace
}  // namespace coodie::embedded
