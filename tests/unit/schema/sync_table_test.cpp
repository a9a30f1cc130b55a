// SPDX-License-Identifier: Apache-2.0
#include "fake_schema.hpp"

#include <coodie/schema/sync_table.hpp>
#include <coodie/types/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace coodie;
using namespace coodie::testing_schema;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// id text, at int DESC, name text, shared text static.
FakeModel thing() {
    FakeModel model;
    model.column(text_column("id", ColumnKind::partition_key));
    ColumnInfo at = int_column("at", ColumnKind::clustering);
    at.order = Order::desc;
    model.column(at).column(text_column("name")).column(text_column("shared", ColumnKind::static_));
    return model;
}

FakeSchema thing_in_database() {
    FakeSchema schema;
    schema.table()
        .column("id", "text", "partition_key", 0)
        .column("at", "int", "clustering", 0, "desc")
        .column("name", "text")
        .column("shared", "text", "static");
    return schema;
}

SyncResult sync(const FakeSchema& schema, FakeModel model, SyncOptions options = {.dry_run = true}) {
    MockDriver mock("ks");
    schema.script(mock);
    return schema::sync_table(model.info(), mock, options);
}

std::string refusal(const FakeSchema& schema, FakeModel model) {
    MockDriver mock("ks");
    schema.script(mock);
    try {
        schema::sync_table(model.info(), mock);
    } catch (const MigrationError& error) {
        for (const std::string& text : mock.texts())
            EXPECT_THAT(text, testing::StartsWith("SELECT")) << "sent anyway";
        return error.what();
    }
    return "(nothing thrown)";
}

TEST(SyncTable, CreatesWhatIsMissing) {
    FakeModel model = thing();
    ColumnInfo rating = int_column("rating");
    rating.indexed = true;
    model.column(rating).comment("it's").default_ttl(60).option("compaction",
                                                                "{'class': 'LeveledCompactionStrategy'}");
    EXPECT_THAT(
        sync(FakeSchema(), model).statements(),
        ElementsAre(
            R"(CREATE TABLE IF NOT EXISTS "ks"."t" ("id" text, "at" int, "name" text, "shared" text STATIC, "rating" int, )"
            R"(PRIMARY KEY ("id", "at")) WITH CLUSTERING ORDER BY ("at" DESC) AND comment = 'it''s' AND )"
            R"(default_time_to_live = 60 AND compaction = {'class': 'LeveledCompactionStrategy'})",
            R"(CREATE INDEX IF NOT EXISTS "t_rating_idx" ON "ks"."t" ("rating"))"));
}

TEST(SyncTable, SemanticsRule28TheSecondPlanIsEmpty) {
    const SyncResult result = sync(thing_in_database(), thing());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), IsEmpty());
}

TEST(SyncTable, RunsItsStatementsUnlessDry) {
    MockDriver mock;
    FakeSchema().script(mock);
    FakeModel model = thing();
    const SyncResult dry = schema::sync_table(model.info(), mock, {.dry_run = true, .keyspace = "ks"});
    EXPECT_EQ(dry.statements().size(), 1U);
    EXPECT_THAT(mock.texts(), testing::Each(testing::StartsWith("SELECT")));
    const SyncResult done = schema::sync_table(model.info(), mock, {.keyspace = "ks"});
    EXPECT_EQ(done.statements(), dry.statements());
    EXPECT_EQ(mock.last().cql, dry.statements().back());
    EXPECT_EQ(mock.last().kind, StatementKind::schema);
}

TEST(SyncTable, SemanticsRule29AddsNewColumnsStaticOnesAsStatic) {
    FakeModel model = thing();
    model.column(int_column("rating")).column(text_column("title", ColumnKind::static_));
    EXPECT_THAT(sync(thing_in_database(), model).statements(),
                ElementsAre(R"(ALTER TABLE "ks"."t" ADD "rating" int)",
                            R"(ALTER TABLE "ks"."t" ADD "title" text STATIC)"));
}

TEST(SyncTable, ComparesNamesCaseSensitively) {
    FakeModel model = thing();
    model.column(text_column("Name"));
    const SyncResult result = sync(thing_in_database(), model);
    EXPECT_THAT(result.statements(), ElementsAre(R"(ALTER TABLE "ks"."t" ADD "Name" text)"))
        << "semantics rule 28";
}

TEST(SyncTable, ColumnsThatOnlyTheTableHasAreNotes) {
    FakeSchema schema = thing_in_database();
    schema.column("old", "map<text, int>");
    const SyncResult result = sync(schema, thing());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(),
                ElementsAre(R"(column "old" (map<text, int>) of "ks"."t" is not in the model; it stays)"));
}

TEST(SyncTable, SemanticsRule29RefusesAChangedType) {
    FakeSchema schema;
    schema.table()
        .column("id", "text", "partition_key", 0)
        .column("at", "int", "clustering", 0, "desc")
        .column("name", "int");
    EXPECT_THAT(refusal(schema, thing()),
                AllOf(HasSubstr("sync_table of \"ks\".\"t\" (model Thing)"),
                      HasSubstr("column \"name\" is int in the database and text in the model")));
}

TEST(SyncTable, SemanticsRule29RefusesAChangedKey) {
    FakeSchema schema;
    schema.table().column("at", "int", "partition_key", 0).column("id", "text", "partition_key", 1);
    EXPECT_THAT(refusal(schema, thing()),
                HasSubstr(R"(the partition key is ("at", "id") in the database and ("id") in the model)"));
    FakeSchema unclustered;
    unclustered.table().column("id", "text", "partition_key", 0);
    EXPECT_THAT(refusal(unclustered, thing()),
                HasSubstr(R"(the clustering key is () in the database and ("at" DESC) in the model)"));
}

TEST(SyncTable, SemanticsRule29RefusesAChangedClusteringOrder) {
    FakeSchema schema;
    schema.table().column("id", "text", "partition_key", 0).column("at", "int", "clustering", 0, "asc");
    EXPECT_THAT(
        refusal(schema, thing()),
        HasSubstr(R"(the clustering key is ("at" ASC) in the database and ("at" DESC) in the model)"));
}

TEST(SyncTable, SemanticsRule29RefusesAChangedStaticness) {
    FakeSchema schema;
    schema.table()
        .column("id", "text", "partition_key", 0)
        .column("at", "int", "clustering", 0, "desc")
        .column("name", "text", "static")
        .column("shared", "text");
    EXPECT_THAT(refusal(schema, thing()),
                HasSubstr("column \"name\" is static in the database, but not in the model"));
    FakeSchema other;
    other.table()
        .column("id", "text", "partition_key", 0)
        .column("at", "int", "clustering", 0, "desc")
        .column("shared", "text");
    EXPECT_THAT(refusal(other, thing()),
                HasSubstr("column \"shared\" is static in the model, but not in the database"));
}

TEST(SyncTable, SemanticsRule29RefusesADroppedColumnOfAnotherType) {
    FakeSchema schema = thing_in_database();
    schema.dropped("rating", "text");
    FakeModel model = thing();
    model.column(int_column("rating"));
    EXPECT_THAT(refusal(schema, model),
                AllOf(HasSubstr("column \"rating\" was dropped"), HasSubstr("come back as text")));
    FakeSchema same = thing_in_database();
    same.dropped("rating", "int");
    EXPECT_THAT(sync(same, model).statements(), ElementsAre(R"(ALTER TABLE "ks"."t" ADD "rating" int)"));
}

TEST(SyncTable, RefusesCountersBesideRegularColumns) {
    FakeModel counters;
    counters.column(text_column("id", ColumnKind::partition_key)).counter_table();
    ColumnInfo views = column_of("views", "counter", [] { return DataType(TypeId::counter); });
    views.counter = true;
    counters.column(views);
    FakeSchema regular;
    regular.table().column("id", "text", "partition_key", 0).column("name", "text");
    EXPECT_THAT(refusal(regular, counters), HasSubstr("the model has counters"));
    FakeSchema fresh;
    fresh.table().column("id", "text", "partition_key", 0);
    EXPECT_EQ(sync(fresh, counters).statements().size(), 1U);
}

TEST(SyncTable, UnderstandsTheDatabasesSpellingOfTypes) {
    FakeModel model;
    model.column(text_column("id", ColumnKind::partition_key));
    model.column(column_of("tags", "map<text, frozen<list<int>>>", [] {
        return DataType::map(TypeId::text, DataType::list(TypeId::int_).frozen());
    }));
    model.column(
        column_of("pair", "tuple<int, text>", [] { return DataType::tuple({TypeId::int_, TypeId::text}); }));
    FakeSchema schema;
    schema.table()
        .column("id", "text", "partition_key", 0)
        .column("tags", "map<text, frozen<list<int>>>")
        .column("pair", "frozen<tuple<int, text>>");
    EXPECT_TRUE(sync(schema, model).empty());
    FakeSchema frozen;
    frozen.table()
        .column("id", "text", "partition_key", 0)
        .column("tags", "frozen<map<text, frozen<list<int>>>>");
    EXPECT_THAT(refusal(frozen, model), HasSubstr("column \"tags\" is frozen<"));
}

TEST(SyncTable, SemanticsRule28ComparesMapValuedOptionsAsMaps) {
    FakeModel model = thing();
    model.option("compaction", "{'min_threshold': 4,  'class':'SizeTieredCompactionStrategy'}")
        .option("caching", "{'keys': 'ALL'}")
        .option("crc_check_chance", "0.010")
        .option("gc_grace_seconds", "864000")
        .option("speculative_retry", "'99PERCENTILE'");
    EXPECT_THAT(sync(thing_in_database(), model).statements(), IsEmpty());
}

TEST(SyncTable, AltersOptionsThatDifferInOneStatement) {
    FakeModel model = thing();
    model.option("compaction", "{'class': 'SizeTieredCompactionStrategy', 'min_threshold': '6'}")
        .option("gc_grace_seconds", "60")
        .option("caching", "{'keys': 'NONE'}")
        .comment("new")
        .default_ttl(5);
    EXPECT_THAT(
        sync(thing_in_database(), model).statements(),
        ElementsAre(
            R"(ALTER TABLE "ks"."t" WITH comment = 'new' AND default_time_to_live = 5 AND compaction = )"
            R"({'class': 'SizeTieredCompactionStrategy', 'min_threshold': '6'} AND gc_grace_seconds = 60 )"
            R"(AND caching = {'keys': 'NONE'})"));
}

TEST(SyncTable, OptionsThatCannotBeComparedAreNotes) {
    FakeModel model = thing();
    model.option("memtable", "'default'");
    const SyncResult result = sync(thing_in_database(), model);
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), ElementsAre(HasSubstr("option memtable")));
}

TEST(SyncTable, ATtlThatOnlyTheTableHasIsANote) {
    FakeSchema schema;
    schema.table("said elsewhere", 86400)
        .column("id", "text", "partition_key", 0)
        .column("at", "int", "clustering", 0, "desc")
        .column("name", "text")
        .column("shared", "text", "static");
    const SyncResult result = sync(schema, thing());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), ElementsAre(HasSubstr("expire after 86400 s")));
    FakeModel same = thing();
    same.comment("said elsewhere").default_ttl(86400);
    EXPECT_THAT(sync(schema, same).notes(), IsEmpty());
}

TEST(SyncTable, IndexesAreMatchedByColumnNotByName) {
    FakeModel model = thing();
    ColumnInfo rating = int_column("rating");
    rating.indexed = true;
    model.column(rating);
    FakeSchema schema = thing_in_database();
    schema.column("rating", "int").index("somebody_named_it", "rating");
    const SyncResult result = sync(schema, model);
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), IsEmpty());
}

TEST(SyncTable, ReadsEverySpellingOfAnIndexTarget) {
    FakeModel model = thing();
    ColumnInfo tags = column_of("My \"Tags\"", "set<text>", [] { return DataType::set(TypeId::text); });
    ColumnInfo whole =
        column_of("whole", "frozen<set<text>>", [] { return DataType::set(TypeId::text).frozen(); });
    tags.indexed = whole.indexed = true;
    model.column(tags).column(whole);
    FakeSchema schema = thing_in_database();
    schema.column("My \"Tags\"", "set<text>").column("whole", "frozen<set<text>>");
    EXPECT_THAT(sync(schema, model).statements(),
                ElementsAre(R"(CREATE INDEX IF NOT EXISTS "t_MyTags_idx" ON "ks"."t" ("My ""Tags"""))",
                            R"(CREATE INDEX IF NOT EXISTS "t_whole_idx" ON "ks"."t" (FULL("whole")))"));
    schema.index("a", "values(\"My \"\"Tags\"\"\")").index("b", "full(whole)");
    EXPECT_TRUE(sync(schema, model).empty());
}

TEST(SyncTable, IndexesThatOnlyTheTableHasAreNotes) {
    FakeSchema schema = thing_in_database();
    schema.index("t_name_idx", "name").index("other_idx", "x", "other_table");
    const SyncResult result = sync(schema, thing());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), ElementsAre(HasSubstr("index \"t_name_idx\" on name")));
}

TEST(SyncTable, AnIndexNameThatIsTakenIsRefused) {
    FakeModel model = thing();
    ColumnInfo rating = int_column("rating");
    rating.indexed = true;
    rating.index_name = "by_rating";
    model.column(rating);
    FakeSchema schema = thing_in_database();
    schema.index("by_rating", "x", "other_table");
    EXPECT_THAT(refusal(schema, model), AllOf(HasSubstr("\"by_rating\""), HasSubstr("\"other_table\"")));
}

TEST(SyncTable, NoKeyspaceNamesTheMissingCall) {
    MockDriver mock;
    FakeModel model = thing();
    try {
        schema::sync_table(model.info(), mock);
        FAIL();
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("no keyspace is known"), HasSubstr("init_coodie")));
    }
    EXPECT_THAT(mock.statements(), IsEmpty());
}

TEST(SyncTable, AMissingKeyspaceNamesTheMissingCall) {
    MockDriver mock("nowhere");
    FakeModel model = thing();
    try {
        schema::sync_table(model.info(), mock);
        FAIL();
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), HasSubstr("create_keyspace(\"nowhere\")"));
    }
}

TEST(SyncTable, TheKeyspaceIsTheCallsThenTheModelsThenTheDrivers) {
    MockDriver mock("ks");
    FakeSchema().script(mock);
    FakeModel model = thing();
    model.keyspace("models");
    EXPECT_THAT(schema::sync_table(model.info(), mock).statements(),
                ElementsAre(HasSubstr("\"models\".\"t\"")));
    EXPECT_THAT(schema::sync_table(model.info(), mock, {.keyspace = "calls"}).statements(),
                ElementsAre(HasSubstr("\"calls\".\"t\"")));
}

TEST(SyncTable, AServersErrorKeepsItsCodeAndSaysWhatRan) {
    MockDriver mock("ks");
    FakeSchema().script(mock);
    mock.on("CREATE TABLE").fails(Error(server_code::unauthorized, "no CREATE permission"));
    FakeModel model = thing();
    try {
        schema::sync_table(model.info(), mock);
        FAIL();
    } catch (const ServerError& error) {
        EXPECT_EQ(error.code(), server_code::unauthorized);
        EXPECT_THAT(error.what(),
                    AllOf(HasSubstr("sync_table of"), HasSubstr("no CREATE"), HasSubstr("in: CREATE TABLE")));
    }
}

TEST(SyncTable, AStatementThatAnotherProcessRanFirstIsNoError) {
    FakeModel model = thing();
    model.column(int_column("rating"));
    FakeSchema before = thing_in_database();
    FakeSchema after = thing_in_database();
    after.column("rating", "int");
    MockDriver mock("ks");
    mock.on("\"columns\"").returns(before.columns).returns(after.columns);
    before.script(mock);
    mock.on("ADD \"rating\"").fails(Error(server_code::invalid, "Column with name 'rating' already exists"));
    EXPECT_THAT(schema::sync_table(model.info(), mock).statements(), IsEmpty());

    MockDriver unchanged("ks");
    before.script(unchanged);
    unchanged.on("ADD \"rating\"").fails(Error(server_code::invalid, "no"));
    EXPECT_THROW(schema::sync_table(model.info(), unchanged), ServerError);
}

TEST(SyncTable, AnOptionThatIsSetTwiceCountsOnce) {
    FakeModel model = thing();
    model.option("gc_grace_seconds", "60").option("gc_grace_seconds", "864000");
    EXPECT_TRUE(sync(thing_in_database(), model).empty());
    EXPECT_THAT(sync(FakeSchema(), model).statements().front(),
                AllOf(HasSubstr("gc_grace_seconds = 864000"), testing::Not(HasSubstr("= 60"))));
}

TEST(SyncTable, ASchemaOfAnotherShapeIsAnError) {
    MockDriver mock("ks");
    FakeSchema schema = thing_in_database();
    mock.on("\"columns\"").returns({{"column_name", TypeId::int_}}, {{5}});
    schema.script(mock);
    FakeModel model = thing();
    EXPECT_THROW(schema::sync_table(model.info(), mock), MigrationError);
}

}  // namespace
