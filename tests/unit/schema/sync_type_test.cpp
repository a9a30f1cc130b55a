// SPDX-License-Identifier: Apache-2.0
#include "fake_schema.hpp"

#include <coodie/schema/sync_table.hpp>
#include <coodie/types/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace coodie;
using namespace coodie::testing_schema;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

DataType country() { return DataType::udt("", "country", {"code"}, {TypeId::text}); }
DataType address() {
    return DataType::udt("", "address", {"street", "home"}, {TypeId::text, country().frozen()});
}

SyncResult sync(const FakeSchema& schema, const DataType& type) {
    MockDriver mock("ks");
    schema.script(mock);
    return schema::sync_type(type, mock, {.dry_run = true});
}

std::string refusal(const FakeSchema& schema, const DataType& type) {
    try {
        sync(schema, type);
    } catch (const MigrationError& error) {
        return error.what();
    }
    return "(nothing thrown)";
}

TEST(SyncType, SemanticsRule30CreatesInDependencyOrder) {
    EXPECT_THAT(
        sync(FakeSchema(), address()).statements(),
        ElementsAre(R"(CREATE TYPE IF NOT EXISTS "ks"."country" ("code" text))",
                    R"(CREATE TYPE IF NOT EXISTS "ks"."address" ("street" text, "home" frozen<country>))"));
}

TEST(SyncType, SemanticsRule30TypesComeBeforeTheTable) {
    FakeModel model;
    model.column(text_column("id", ColumnKind::partition_key));
    model.column(column_of("homes", "map<text, frozen<address>>",
                           [] { return DataType::map(TypeId::text, address().frozen()); }));
    model.column(column_of("here", "frozen<country>", [] { return country().frozen(); }));
    MockDriver mock("ks");
    FakeSchema().script(mock);
    const SyncResult result = schema::sync_table(model.info(), mock);
    ASSERT_EQ(result.statements().size(), 3U);
    EXPECT_THAT(result.statements(), ElementsAre(HasSubstr("TYPE IF NOT EXISTS \"ks\".\"country\""),
                                                 HasSubstr("TYPE IF NOT EXISTS \"ks\".\"address\""),
                                                 HasSubstr("\"homes\" map<text, frozen<address>>")));
}

TEST(SyncType, TheSecondPlanIsEmpty) {
    FakeSchema schema;
    schema.type("country", {"code"}, {"text"})
        .type("address", {"street", "home"}, {"text", "frozen<country>"});
    const SyncResult result = sync(schema, address());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), IsEmpty());
}

TEST(SyncType, AddsNewFieldsAtTheEnd) {
    FakeSchema schema;
    schema.type("address", {"street"}, {"text"});
    EXPECT_THAT(
        sync(schema, address()).statements(),
        ElementsAre(HasSubstr("CREATE TYPE"), R"(ALTER TYPE "ks"."address" ADD "home" frozen<country>)"));
}

TEST(SyncType, FieldsThatOnlyTheDatabaseHasAreNotes) {
    FakeSchema schema;
    schema.type("country", {"code", "name"}, {"text", "text"});
    const SyncResult result = sync(schema, country());
    EXPECT_TRUE(result.empty());
    EXPECT_THAT(result.notes(), ElementsAre(HasSubstr("field \"name\" (text)")));
}

TEST(SyncType, SemanticsRule7FieldsGoByName) {
    FakeSchema schema;
    schema.type("country", {"code"}, {"text"});
    schema.type("address", {"home", "street"}, {"frozen<country>", "text"});
    EXPECT_TRUE(sync(schema, address()).empty());
    FakeSchema another;
    another.type("country", {"code"}, {"text"}).type("address", {"zip", "home"}, {"int", "frozen<country>"});
    const SyncResult result = sync(another, address());
    EXPECT_THAT(result.statements(), ElementsAre(R"(ALTER TYPE "ks"."address" ADD "street" text)"));
    EXPECT_THAT(result.notes(), ElementsAre(HasSubstr("field \"zip\" (int)")));
}

TEST(SyncType, SemanticsRule29RefusesAChangedFieldType) {
    FakeSchema schema;
    schema.type("country", {"code"}, {"int"});
    EXPECT_THAT(refusal(schema, country()),
                HasSubstr("field \"code\" is int in the database and text in the struct"));
}

TEST(SyncType, RefusesTwoTypesOfOneName) {
    const DataType other = DataType::udt("", "country", {"id"}, {TypeId::int_});
    EXPECT_THAT(refusal(FakeSchema(), DataType::tuple({country().frozen(), other.frozen()})),
                HasSubstr("two structs with different fields"));
}

TEST(SyncType, NeedsAKeyspace) {
    MockDriver mock;
    EXPECT_THROW(schema::sync_type(country(), mock), ConfigurationError);
}

}  // namespace
