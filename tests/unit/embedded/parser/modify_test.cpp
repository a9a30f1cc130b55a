// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

namespace coodie::embedded {
namespace {

using ast::AssignmentKind;
using ast::IfKind;

ast::Assignment only_assignment(std::string_view text) {
    auto update = parse_as<ast::Update>("UPDATE t SET " + std::string(text) + " WHERE k = 1");
    EXPECT_EQ(update.assignments.size(), 1U) << text;
    return update.assignments.empty() ? ast::Assignment{} : update.assignments[0];
}

std::string term(std::string_view text) {
    return shown(parse_as<ast::Insert>("INSERT INTO t (a) VALUES (" + std::string(text) + ")").values.at(0));
}

TEST(ParseInsert, AllClauses) {
    const auto insert = parse_as<ast::Insert>(
        "INSERT INTO ks.t (a, \"B\") VALUES (?, 'x') IF NOT EXISTS USING TTL ? AND TIMESTAMP 123");
    EXPECT_EQ(insert.columns.at(1).name, "B");
    EXPECT_EQ(shown(insert.values.at(1)), "str:x");
    EXPECT_EQ(insert.condition.kind, IfKind::not_exists);
    EXPECT_EQ(shown(*insert.using_.ttl), "?1");
    EXPECT_EQ(shown(*insert.using_.timestamp), "int:123");
}

TEST(ParseInsert, Json) {
    const auto insert = parse_as<ast::Insert>("INSERT INTO t JSON '{}' DEFAULT UNSET");
    EXPECT_EQ(shown(*insert.json), "str:{}");
    EXPECT_TRUE(insert.json_default_unset);
}

TEST(ParseInsert, ColumnsAndValuesMustMatch) {
    const auto error = parse_error("INSERT INTO t (a, b) VALUES (1)");
    EXPECT_EQ(error.code(), server_code::invalid);
    EXPECT_EQ(error.message(), "Unmatched column names/values");
}

TEST(ParseTerm, Literals) {
    EXPECT_EQ(term("-5"), "int:-5");
    EXPECT_EQ(term("NaN"), "float:NaN");
    EXPECT_EQ(term("-NaN"), "float:NaN");
    EXPECT_EQ(term("-infinity"), "float:-Infinity");
    EXPECT_EQ(term("TRUE"), "bool:true");
    EXPECT_EQ(term("null"), "null");
    EXPECT_EQ(term("0xCAfe"), "blob:0xCAfe");
    EXPECT_EQ(term("1h30m"), "duration:1h30m");
    EXPECT_EQ(term("550e8400-e29b-41d4-a716-446655440000"), "uuid:550e8400-e29b-41d4-a716-446655440000");
    EXPECT_EQ(term("$$it's$$"), "str:it's");
}

TEST(ParseTerm, Collections) {
    EXPECT_EQ(term("[]"), "[]");
    EXPECT_EQ(term("[1, ?]"), "[int:1, ?0]");
    EXPECT_EQ(term("{}"), "{}");
    EXPECT_EQ(term("{1, 2}"), "{int:1, int:2}");
    EXPECT_EQ(term("{'a': 1, 'b': [2]}"), "{str:a: int:1, str:b: [int:2]}");
    EXPECT_EQ(term("{street: 'x', \"No\": 1, type: :type}"), "{street=str:x, No=int:1, type=:type@0}");
    EXPECT_EQ(term("(1, 'a', (2, 3))"), "(int:1, str:a, (int:2, int:3))");
}

TEST(ParseTerm, FunctionsAndHints) {
    EXPECT_EQ(term("now()"), "now()");
    EXPECT_EQ(term("KS.f(?, uuid())"), "ks.f(?0, uuid())");
    EXPECT_EQ(term("(bigint) 5"), "<bigint>int:5");
    EXPECT_EQ(term("(list<int>) [1]"), "<list<int>>[int:1]");
    EXPECT_EQ(term("(now(), 1)"), "(now(), int:1)");
}

TEST(ParseUpdate, AllClauses) {
    const auto update = parse_as<ast::Update>(
        "UPDATE ks.t USING TIMESTAMP ? AND TTL 5 SET a = ?, b = 2 WHERE k = ? AND c IN (1) IF a = 1 AND "
        "m['x'] != ? AND "
        "u.f IN (1, 2) AND d IN ?");
    EXPECT_EQ(update.assignments.size(), 2U);
    EXPECT_EQ(update.where.size(), 2U);
    ASSERT_EQ(update.condition.conditions.size(), 4U);
    EXPECT_EQ(shown(*update.condition.conditions[1].element), "str:x");
    EXPECT_EQ(update.condition.conditions[2].field->name, "f");
    EXPECT_EQ(update.condition.conditions[2].values.size(), 2U);
    EXPECT_TRUE(update.condition.conditions[3].whole_list);
    EXPECT_EQ(parse_as<ast::Update>("UPDATE t SET a = 1 WHERE k = 1 IF EXISTS").condition.kind,
              IfKind::exists);
    EXPECT_EQ(parse_as<ast::Update>("UPDATE t SET a = 1 WHERE k = 1 IF exists = 1").condition.kind,
              IfKind::conditions);
}

TEST(ParseUpdate, Assignments) {
    EXPECT_EQ(only_assignment("c = 1").kind, AssignmentKind::set);
    EXPECT_EQ(only_assignment("c = true").kind, AssignmentKind::set);
    EXPECT_EQ(only_assignment("c = now()").kind, AssignmentKind::set);
    EXPECT_EQ(only_assignment("c += ?").kind, AssignmentKind::add);
    EXPECT_EQ(only_assignment("c -= ?").kind, AssignmentKind::subtract);
    EXPECT_EQ(only_assignment("c = c + ?").kind, AssignmentKind::add);
    EXPECT_EQ(only_assignment("c = c - ?").kind, AssignmentKind::subtract);
    EXPECT_EQ(shown(only_assignment("c = c -1").value), "int:1");
    EXPECT_EQ(only_assignment("c = c-1").kind, AssignmentKind::subtract);
    EXPECT_EQ(only_assignment("c = ? + c").kind, AssignmentKind::prepend);
    EXPECT_EQ(only_assignment("c = [1] + c").kind, AssignmentKind::prepend);
    EXPECT_EQ(shown(*only_assignment("c[?] = 1").key), "?0");
    EXPECT_EQ(only_assignment("c[1] = 1").kind, AssignmentKind::set_element);
    EXPECT_EQ(only_assignment("u.f = 1").kind, AssignmentKind::set_field);
    EXPECT_EQ(parse_error("UPDATE t SET c = d + 1 WHERE k = 1").code(), server_code::syntax_error);
}

TEST(ParseDelete, Targets) {
    const auto remove = parse_as<ast::Delete>(
        "DELETE a, m['k'], u.f FROM t USING TIMESTAMP 5 WHERE k = 1 AND c >= 2 AND c < 3 IF EXISTS");
    ASSERT_EQ(remove.targets.size(), 3U);
    EXPECT_EQ(shown(*remove.targets[1].key), "str:k");
    EXPECT_EQ(remove.targets[2].field->name, "f");
    EXPECT_EQ(shown(*remove.using_.timestamp), "int:5");
    EXPECT_EQ(remove.where.size(), 3U);
    EXPECT_EQ(remove.condition.kind, IfKind::exists);
    EXPECT_TRUE(parse_as<ast::Delete>("DELETE FROM t WHERE k = 1").targets.empty());
    EXPECT_EQ(parse_error("DELETE FROM t USING TTL 5 WHERE k = 1").code(), server_code::syntax_error);
}

TEST(ParseBatch, Statements) {
    const auto batch = parse_as<ast::Batch>(
        "BEGIN UNLOGGED BATCH USING TIMESTAMP ? INSERT INTO t (a) VALUES (?); UPDATE t SET a = ? WHERE k = 1 "
        "IF EXISTS "
        "DELETE FROM t WHERE k = 2; APPLY BATCH;");
    EXPECT_EQ(batch.kind, ast::BatchKind::unlogged);
    ASSERT_EQ(batch.statements.size(), 3U);
    EXPECT_EQ(shown(std::get<ast::Insert>(batch.statements[0]).values[0]), "?1");
    EXPECT_EQ(std::get<ast::Update>(batch.statements[1]).condition.kind, IfKind::exists);
    EXPECT_EQ(parse_as<ast::Batch>("BEGIN COUNTER BATCH APPLY BATCH").kind, ast::BatchKind::counter);
    EXPECT_EQ(parse_error("BEGIN BATCH SELECT * FROM t APPLY BATCH").code(), server_code::syntax_error);
}

}  // namespace
}  // namespace coodie::embedded
