// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

namespace coodie::embedded {
namespace {

using ast::Operator;
using ast::RelationKind;

ast::Relation only_relation(std::string_view where) {
    auto select = parse_as<ast::Select>("SELECT * FROM t WHERE " + std::string(where));
    EXPECT_EQ(select.where.size(), 1U) << where;
    return select.where.empty() ? ast::Relation{} : select.where[0];
}

ast::Selector only_selector(std::string_view text) {
    auto select = parse_as<ast::Select>("SELECT " + std::string(text) + " FROM t");
    EXPECT_EQ(select.items.size(), 1U) << text;
    return select.items.empty() ? ast::Selector{} : select.items[0].selector;
}

TEST(ParseSelect, AllClauses) {
    const auto select = parse_as<ast::Select>(
        "SELECT DISTINCT a, \"B\" AS x FROM ks.\"T\" WHERE a = ? AND b > :low GROUP BY a, b ORDER BY b DESC, "
        "c ASC "
        "PER PARTITION LIMIT 2 LIMIT ? ALLOW FILTERING;");
    EXPECT_TRUE(select.distinct);
    EXPECT_EQ(select.table.keyspace, "ks");
    EXPECT_EQ(select.table.name, "T");
    ASSERT_EQ(select.items.size(), 2U);
    EXPECT_EQ(select.items[1].alias->name, "x");
    ASSERT_EQ(select.where.size(), 2U);
    EXPECT_EQ(shown(select.where[0].values[0]), "?0");
    EXPECT_EQ(shown(select.where[1].values[0]), ":low@1");
    EXPECT_EQ(select.group_by.size(), 2U);
    ASSERT_EQ(select.order_by.size(), 2U);
    EXPECT_TRUE(select.order_by[0].descending);
    EXPECT_FALSE(select.order_by[1].descending);
    EXPECT_EQ(shown(*select.per_partition_limit), "int:2");
    EXPECT_EQ(shown(*select.limit), "?2");
    EXPECT_TRUE(select.allow_filtering);
}

TEST(ParseSelect, StarHasNoItems) {
    const auto select = parse_as<ast::Select>("select*from t");
    EXPECT_TRUE(select.items.empty());
    EXPECT_EQ(select.table.keyspace, "");
}

TEST(ParseSelect, MarkersAreCountedInOrderOfTheText) {
    const auto parsed = parse("SELECT * FROM t WHERE a IN ? AND b = :name LIMIT ?");
    const auto& statement = std::get<ast::Statement>(parsed);
    EXPECT_EQ(statement.markers, (std::vector<std::string>{"", "name", ""}));
}

TEST(ParseSelect, Operators) {
    EXPECT_EQ(only_relation("a = 1").op, Operator::eq);
    EXPECT_EQ(only_relation("a != 1").op, Operator::ne);
    EXPECT_EQ(only_relation("a<1").op, Operator::lt);
    EXPECT_EQ(only_relation("a<=1").op, Operator::le);
    EXPECT_EQ(only_relation("a>1").op, Operator::gt);
    EXPECT_EQ(only_relation("a>=1").op, Operator::ge);
    EXPECT_EQ(only_relation("a CONTAINS 1").op, Operator::contains);
    EXPECT_EQ(only_relation("a CONTAINS KEY 1").op, Operator::contains_key);
    EXPECT_EQ(only_relation("a LIKE 'x%'").op, Operator::like);
    EXPECT_EQ(only_relation("a IS NOT NULL").op, Operator::is_not_null);
    EXPECT_EQ(only_relation("((a = 1))").op, Operator::eq);
}

TEST(ParseSelect, In) {
    EXPECT_TRUE(only_relation("a IN ?").whole_list);
    EXPECT_FALSE(only_relation("a IN (?)").whole_list);
    EXPECT_EQ(only_relation("a IN (1, 2, ?)").values.size(), 3U);
    EXPECT_TRUE(only_relation("a IN ()").values.empty());
}

TEST(ParseSelect, TupleAndTokenAndElementRelations) {
    const auto tuple = only_relation("(a, b) > (1, ?)");
    EXPECT_EQ(tuple.kind, RelationKind::tuple);
    EXPECT_EQ(tuple.columns.size(), 2U);
    EXPECT_EQ(shown(tuple.values[0]), "(int:1, ?0)");
    EXPECT_EQ(only_relation("(a, b) IN ((1, 2), ?)").values.size(), 2U);
    EXPECT_TRUE(only_relation("(a, b) IN ?").whole_list);
    EXPECT_EQ(only_relation("(a) = (1)").kind, RelationKind::tuple);

    const auto token = only_relation("token(a, b) <= token(1, 2)");
    EXPECT_EQ(token.kind, RelationKind::token);
    EXPECT_EQ(token.columns.size(), 2U);
    EXPECT_EQ(shown(token.values[0]), "token(int:1, int:2)");

    const auto element = only_relation("m['k'] = 2");
    EXPECT_EQ(element.kind, RelationKind::element);
    EXPECT_EQ(shown(*element.element), "str:k");
}

TEST(ParseSelect, Selectors) {
    EXPECT_TRUE(std::holds_alternative<ast::CountRowsSelector>(only_selector("count(*)").node));
    EXPECT_TRUE(std::holds_alternative<ast::CountRowsSelector>(only_selector("COUNT(1)").node));
    for (const char* function : {"writetime", "ttl", "count", "token", "max", "totimestamp"}) {
        const auto selector = only_selector(std::string(function) + "(a)");
        const auto* call = std::get_if<ast::FunctionSelector>(&selector.node);
        ASSERT_NE(call, nullptr);
        EXPECT_EQ(call->function.name, function);
        EXPECT_EQ(call->arguments.size(), 1U);
    }
    const auto cast = only_selector("CAST(a AS list<int>)");
    EXPECT_EQ(std::get<ast::CastSelector>(cast.node).type.type, DataType::list(TypeId::int_));
    const auto field = only_selector("u.\"F\"");
    EXPECT_EQ(std::get<ast::FieldSelector>(field.node).field.name, "F");
    const auto element = only_selector("m['k']");
    EXPECT_EQ(shown(std::get<ast::ElementSelector>(element.node).key), "str:k");
    const auto slice = only_selector("m[1..3]");
    EXPECT_EQ(shown(*std::get<ast::SliceSelector>(slice.node).to), "int:3");
    EXPECT_FALSE(std::get<ast::SliceSelector>(only_selector("m[1..]").node).to.has_value());
    EXPECT_TRUE(std::holds_alternative<ast::TermSelector>(only_selector("(int) 5").node));
}

TEST(ParseSelect, UnreservedKeywordsAreColumns) {
    for (const char* name :
         {"key", "ttl", "count", "type", "json", "distinct", "writetime", "text", "values", "cast"}) {
        const auto selector = only_selector(name);
        const auto* column = std::get_if<ast::ColumnSelector>(&selector.node);
        ASSERT_NE(column, nullptr) << name;
        EXPECT_EQ(column->name, name);
    }
    EXPECT_TRUE(parse_as<ast::Select>("SELECT JSON a FROM t").json);
    EXPECT_TRUE(parse_as<ast::Select>("SELECT JSON * FROM t").json);
    EXPECT_TRUE(parse_as<ast::Select>("SELECT DISTINCT distinct FROM t").distinct);
}

TEST(ParseSelect, AnnOrdering) {
    const auto select = parse_as<ast::Select>("SELECT a FROM t ORDER BY v ANN OF [1.0, 2] LIMIT 3");
    EXPECT_EQ(shown(*select.order_by.at(0).ann_of), "[float:1.0, int:2]");
}

}  // namespace
}  // namespace coodie::embedded
