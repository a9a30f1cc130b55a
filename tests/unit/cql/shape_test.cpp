// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/shape.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace coodie;
using namespace coodie::cql;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> types_of(const StatementText& text) {
    std::vector<std::string> names;
    for (const DataType& type : text.parameter_types()) names.push_back(type.to_string());
    return names;
}

std::vector<int> routing_of(const StatementText& text) {
    return {text.routing_key().begin(), text.routing_key().end()};
}

const DataType text_list = DataType::list(TypeId::text);
const DataType scores = DataType::map(TypeId::text, TypeId::int_);

TEST(Identifier, SemanticsRule8IsQuotedWithInnerQuotesDoubled) {
    EXPECT_EQ(quote("select"), "\"select\"");
    EXPECT_EQ(quote("we\"ird"), "\"we\"\"ird\"");
    EXPECT_EQ(quote(""), "\"\"");
    EXPECT_EQ(TableName("Ks", "t").cql(), "\"Ks\".\"t\"");
    EXPECT_EQ(TableName("t").cql(), "\"t\"");
    EXPECT_EQ(text_literal("it's"), "'it''s'");
}

TEST(InsertShape, RendersWithRoutingKeyInKeyOrder) {
    const StatementText text =
        InsertShape{.table = {"ks", "t"},
                    .columns = {{"v", TypeId::text}, {"b", TypeId::int_}, {"a", TypeId::uuid}},
                    .partition_key = {"a", "b"}}
            .render();
    EXPECT_EQ(text.cql(), R"(INSERT INTO "ks"."t" ("v", "b", "a") VALUES (?, ?, ?))");
    EXPECT_EQ(text.kind(), StatementKind::insert);
    EXPECT_THAT(types_of(text), ElementsAre("text", "int", "uuid"));
    EXPECT_THAT(routing_of(text), ElementsAre(2, 1));
}

TEST(InsertShape, SemanticsRule12BindsTtlAndTimestamp) {
    const StatementText text = InsertShape{.table = TableName("t"),
                                           .columns = {{"a", TypeId::int_}},
                                           .if_not_exists = true,
                                           .using_clause = {.ttl = true, .timestamp = true}}
                                   .render();
    EXPECT_EQ(text.cql(), R"(INSERT INTO "t" ("a") VALUES (?) IF NOT EXISTS USING TTL ? AND TIMESTAMP ?)");
    EXPECT_EQ(text.kind(), StatementKind::conditional);
    EXPECT_THAT(types_of(text), ElementsAre("int", "int", "bigint"));
    EXPECT_THAT(routing_of(text), IsEmpty()) << "no partition key was given";
}

TEST(UpdateShape, RendersEveryAssignment) {
    const StatementText text =
        UpdateShape{
            .table = {"ks", "t"},
            .using_clause = {.ttl = true, .timestamp = true},
            .assignments = {assign("a", Assignment::Kind::set, TypeId::text),
                            assign("n", Assignment::Kind::add, TypeId::counter),
                            assign("l", Assignment::Kind::prepend, text_list),
                            assign("m", Assignment::Kind::subtract, scores),
                            assign("m", Assignment::Kind::element, scores),
                            assign("l", Assignment::Kind::element, text_list),
                            assign("u", Assignment::Kind::field,
                                   DataType::udt("", "addr", {"street", "zip"}, {TypeId::text, TypeId::int_}),
                                   "zip")},
            .where = {compare("id", Operator::equal, TypeId::uuid)},
            .partition_key = {"id"}}
            .render();
    EXPECT_EQ(
        text.cql(),
        R"(UPDATE "ks"."t" USING TTL ? AND TIMESTAMP ? SET "a" = ?, "n" = "n" + ?, "l" = ? + "l", "m" = "m" - ?, )"
        R"("m"[?] = ?, "l"[?] = ?, "u"."zip" = ? WHERE "id" = ?)");
    EXPECT_THAT(types_of(text), ElementsAre("int", "bigint", "text", "counter", "list<text>", "set<text>",
                                            "text", "int", "int", "text", "int", "uuid"));
    EXPECT_THAT(routing_of(text), ElementsAre(11));
    EXPECT_EQ(text.kind(), StatementKind::update);
}

TEST(UpdateShape, ConditionsComeLastAndDoNotRoute) {
    const StatementText text = UpdateShape{.table = TableName("t"),
                                           .assignments = {assign("a", Assignment::Kind::set, TypeId::int_)},
                                           .where = {compare("id", Operator::in, TypeId::int_)},
                                           .if_clause = {IfClause::Kind::conditions,
                                                         {compare("id", Operator::equal, TypeId::int_),
                                                          compare_element("m", Operator::in, scores),
                                                          Relation{.left = Relation::Left::field,
                                                                   .columns = {"u", "zip"},
                                                                   .parameters = {TypeId::int_}}}},
                                           .partition_key = {"id"}}
                                   .render();
    EXPECT_EQ(text.cql(),
              R"(UPDATE "t" SET "a" = ? WHERE "id" IN ? IF "id" = ? AND "m"[?] IN ? AND "u"."zip" = ?)");
    EXPECT_THAT(types_of(text), ElementsAre("int", "list<int>", "int", "text", "list<int>", "int"));
    EXPECT_THAT(routing_of(text), IsEmpty());
    EXPECT_EQ(text.kind(), StatementKind::conditional);
}

TEST(DeleteShape, Renders) {
    const StatementText cells = DeleteShape{.table = TableName("t"),
                                            .columns = {{"a", {}}, {"m", {TypeId::text}}},
                                            .timestamp = true,
                                            .where = {compare("id", Operator::equal, TypeId::int_)},
                                            .if_clause = {.kind = IfClause::Kind::exists},
                                            .partition_key = {"id"}}
                                    .render();
    EXPECT_EQ(cells.cql(), R"(DELETE "a", "m"[?] FROM "t" USING TIMESTAMP ? WHERE "id" = ? IF EXISTS)");
    EXPECT_THAT(types_of(cells), ElementsAre("text", "bigint", "int"));
    EXPECT_THAT(routing_of(cells), ElementsAre(2));
    EXPECT_EQ(cells.kind(), StatementKind::conditional);

    const StatementText rows =
        DeleteShape{.table = TableName("t"), .where = {compare("id", Operator::equal, TypeId::int_)}}
            .render();
    EXPECT_EQ(rows.cql(), R"(DELETE FROM "t" WHERE "id" = ?)");
    EXPECT_EQ(rows.kind(), StatementKind::remove);
}

TEST(SelectShape, RendersEverything) {
    const StatementText text =
        SelectShape{.table = {"ks", "t"},
                    .selectors = {select_column("a"), count_all("n"), writetime("b"), ttl("b", "left"),
                                  token({"p", "q"}), function("max", {"a"}), function("My Fn", {"a"})},
                    .where = {compare("p", Operator::equal, TypeId::int_),
                              compare("q", Operator::equal, TypeId::text),
                              compare("c", Operator::greater_equal, TypeId::int_)},
                    .group_by = {"p"},
                    .order_by = {{"c", true}, {"d"}},
                    .per_partition_limit = true,
                    .limit = true,
                    .allow_filtering = true,
                    .partition_key = {"p", "q"}}
            .render();
    EXPECT_EQ(
        text.cql(),
        R"(SELECT "a", COUNT(*) AS "n", WRITETIME("b"), TTL("b") AS "left", token("p", "q"), max("a"), "My Fn"("a") )"
        R"(FROM "ks"."t" WHERE "p" = ? AND "q" = ? AND "c" >= ? GROUP BY "p" ORDER BY "c" DESC, "d" ASC )"
        R"(PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING)");
    EXPECT_THAT(types_of(text), ElementsAre("int", "text", "int", "int", "int"));
    EXPECT_THAT(routing_of(text), ElementsAre(0, 1));
    EXPECT_EQ(text.kind(), StatementKind::select);
}

TEST(SelectShape, RendersRelationsOnTokensAndCollections) {
    const StatementText text =
        SelectShape{
            .table = TableName("t"),
            .distinct = true,
            .where = {compare_token({"a", "b"}, Operator::greater),
                      compare_token_of({"a", "b"}, Operator::less_equal, {TypeId::int_, TypeId::text}),
                      compare("l", Operator::contains, text_list), compare("m", Operator::contains, scores),
                      compare("m", Operator::contains_key, scores),
                      compare("x", Operator::is_not_null, TypeId::int_),
                      compare("s", Operator::like, TypeId::text),
                      compare_tuple({"c", "d"}, Operator::in, {TypeId::int_, TypeId::text})}}
            .render();
    EXPECT_EQ(
        text.cql(),
        R"(SELECT DISTINCT * FROM "t" WHERE token("a", "b") > ? AND token("a", "b") <= token(?, ?) AND )"
        R"("l" CONTAINS ? AND "m" CONTAINS ? AND "m" CONTAINS KEY ? AND "x" IS NOT NULL AND "s" LIKE ? AND )"
        R"(("c", "d") IN ?)");
    ASSERT_EQ(text.parameter_types().size(), 8U);
    EXPECT_THAT(types_of(text),
                ElementsAre("bigint", "int", "text", "text", "int", "text", "text", testing::_));
    EXPECT_EQ(text.parameter_types()[7], DataType::list(DataType::tuple({TypeId::int_, TypeId::text})));
}

TEST(SelectShape, SemanticsRule14InIsOneBoundListOfFrozenElements) {
    const Relation in = compare("l", Operator::in, text_list);
    ASSERT_EQ(in.parameters.size(), 1U);
    EXPECT_EQ(in.parameters[0], DataType::list(text_list.frozen()));
}

TEST(SelectShape, AnIncompletePartitionKeyDoesNotRoute) {
    const StatementText text = SelectShape{.table = TableName("t"),
                                           .where = {compare("p", Operator::equal, TypeId::int_),
                                                     compare("q", Operator::greater, TypeId::int_)},
                                           .partition_key = {"p", "q"}}
                                   .render();
    EXPECT_THAT(routing_of(text), IsEmpty());
}

}  // namespace
