// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/cql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace coodie;
using namespace std::chrono_literals;
using testing::ElementsAre;

const WriteTime at{std::chrono::microseconds(1234567)};

TEST(CqlInsert, GivesTextValuesAndStatement) {
    const auto query = cql::insert_into("ks", "t")
                           .value("id", 5)
                           .value("name", "it's")
                           .value("tags", std::vector<std::string>{"a", "b"})
                           .value("gone", nullptr)
                           .value("kept", cql::Value::unset())
                           .ttl(1h)
                           .timestamp(at);
    EXPECT_EQ(
        query.cql(),
        R"(INSERT INTO "ks"."t" ("id", "name", "tags", "gone", "kept") VALUES (?, ?, ?, ?, ?) USING TTL ? AND TIMESTAMP ?)");
    EXPECT_THAT(query.readable_values(),
                ElementsAre("5", "'it''s'", "['a', 'b']", "null", "unset", "3600", "1234567"));
    const Statement statement = query.statement({.idempotent = true});
    EXPECT_EQ(statement.values().count(), 7);
    EXPECT_TRUE(statement.options().idempotent);

    BoundValueReader reader(statement.values());
    std::vector<BoundValueReader::State> states;
    BoundValueReader::State state{};
    BytesView content;
    while (reader.next(state, content)) states.push_back(state);
    EXPECT_TRUE(reader.ok());
    using State = BoundValueReader::State;
    EXPECT_THAT(states, ElementsAre(State::value, State::value, State::value, State::null, State::unset,
                                    State::value, State::value))
        << "semantics rule 1";
}

TEST(CqlInsert, SemanticsRule12ATtlIsBoundAndChecked) {
    EXPECT_EQ(cql::insert_into("t").value("a", 1).ttl(0s).readable_values().back(), "0");
    EXPECT_EQ(cql::insert_into("t").value("a", 1).ttl(630720000s).readable_values().back(), "630720000");
    EXPECT_THROW(cql::insert_into("t").ttl(630720001s), ValidationError);
    EXPECT_THROW(cql::insert_into("t").ttl(-1s), ValidationError);
    EXPECT_EQ(cql::insert_into("t").value("a", 1).ttl(1s).cql(),
              cql::insert_into("t").value("a", 2).ttl(9s).cql());
}

TEST(CqlUpdate, ValuesAreInTheOrderOfTheText) {
    const auto query = cql::update("ks", "t")
                           .where(cql::eq("id", 1))
                           .only_if(cql::eq("name", "old"))
                           .set("name", "new")
                           .set_element("m", "k", 7)
                           .add("n", std::int64_t{2})
                           .timestamp(at)
                           .ttl(5s);
    EXPECT_EQ(
        query.to_string(),
        R"(UPDATE "ks"."t" USING TTL ? AND TIMESTAMP ? SET "name" = ?, "m"[?] = ?, "n" = "n" + ? WHERE "id" = ? )"
        R"(IF "name" = ? [5, 1234567, 'new', 'k', 7, 2, 1, 'old'])");
    EXPECT_EQ(query.text().kind(), StatementKind::conditional);
}

TEST(CqlUpdate, IfExists) {
    EXPECT_EQ(cql::update("t")
                  .set_field("u", "zip", 1)
                  .subtract("s", 2)
                  .prepend("l", 3)
                  .where(cql::eq("a", 1))
                  .if_exists()
                  .cql(),
              R"(UPDATE "t" SET "u"."zip" = ?, "s" = "s" - ?, "l" = ? + "l" WHERE "a" = ? IF EXISTS)");
}

TEST(CqlDelete, Renders) {
    const auto query =
        cql::delete_from("t").column("a").element("m", "k").where(cql::eq("id", 1)).timestamp(at);
    EXPECT_EQ(query.to_string(),
              R"(DELETE "a", "m"[?] FROM "t" USING TIMESTAMP ? WHERE "id" = ? ['k', 1234567, 1])");
    EXPECT_EQ(cql::delete_from("ks", "t").where(cql::eq("id", 1)).only_if(cql::ne("v", 2)).to_string(),
              R"(DELETE FROM "ks"."t" WHERE "id" = ? IF "v" != ? [1, 2])");
}

TEST(CqlSelect, Renders) {
    const auto query = cql::select_from("ks", "t")
                           .columns({"id", "name"})
                           .where(cql::in("id", std::vector<std::int32_t>{1, 2}))
                           .where(cql::gt("at", 3))
                           .order_by("at", true)
                           .per_partition_limit(2)
                           .limit(20)
                           .allow_filtering();
    EXPECT_EQ(
        query.to_string(),
        R"(SELECT "id", "name" FROM "ks"."t" WHERE "id" IN ? AND "at" > ? ORDER BY "at" DESC PER PARTITION LIMIT ? )"
        R"(LIMIT ? ALLOW FILTERING [[1, 2], 3, 2, 20])");
    EXPECT_EQ(cql::select_from("t").to_string(), R"(SELECT * FROM "t")");
    EXPECT_THROW(cql::select_from("t").limit(0), ValidationError);
    EXPECT_THROW(cql::select_from("t").limit(std::int64_t{1} << 31), ValidationError);
}

TEST(CqlSelect, RendersConditions) {
    using cql::Operator;
    EXPECT_EQ(
        cql::select_from("t")
            .where(cql::token_is({"a", "b"}, Operator::greater, -5))
            .where(cql::token_like({"a"}, Operator::less_equal, {1}))
            .where(cql::contains("l", "x"))
            .where(cql::contains_key("m", "k"))
            .where(cql::element("m", "k", Operator::equal, 2))
            .where(cql::lt("c", 1))
            .where(cql::le("c", 2))
            .where(cql::ge("c", 3))
            .where(cql::is_not_null("d"))
            .where(cql::like("s", "a%"))
            .to_string(),
        R"(SELECT * FROM "t" WHERE token("a", "b") > ? AND token("a") <= token(?) AND "l" CONTAINS ? AND )"
        R"("m" CONTAINS KEY ? AND "m"[?] = ? AND "c" < ? AND "c" <= ? AND "c" >= ? AND "d" IS NOT NULL AND "s" LIKE ? )"
        R"([-5, 1, 'x', 'k', 'k', 2, 1, 2, 3, 'a%'])");
}

TEST(CqlBatch, Renders) {
    auto batch = cql::batch(BatchType::unlogged)
                     .add(cql::insert_into("t").value("a", 1))
                     .add(cql::delete_from("t").where(cql::eq("a", 2)))
                     .timestamp(at);
    EXPECT_EQ(
        batch.cql(),
        R"(BEGIN UNLOGGED BATCH USING TIMESTAMP ? INSERT INTO "t" ("a") VALUES (?); DELETE FROM "t" WHERE "a" = ?; APPLY BATCH)");
    EXPECT_THAT(batch.readable_values(), ElementsAre("1234567", "1", "2"));
    EXPECT_EQ(batch.statement().statements().size(), 2U);
    EXPECT_EQ(batch.statement().timestamp(), 1234567);
    EXPECT_EQ(cql::batch(BatchType::counter).cql(), "BEGIN COUNTER BATCH APPLY BATCH");
}

}  // namespace
