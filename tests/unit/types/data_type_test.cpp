// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/data_type.hpp>

#include <gtest/gtest.h>

namespace coodie {
namespace {

/// What Cassandra 5.0.6 prints for the type.
TEST(DataType, TextRoundTripsAsSystemSchemaSpellsIt) {
    for (const char* text : {"ascii",
                             "bigint",
                             "blob",
                             "boolean",
                             "counter",
                             "decimal",
                             "double",
                             "float",
                             "int",
                             "timestamp",
                             "uuid",
                             "text",
                             "varint",
                             "timeuuid",
                             "inet",
                             "date",
                             "time",
                             "smallint",
                             "tinyint",
                             "duration",
                             "list<int>",
                             "set<text>",
                             "map<text, int>",
                             "frozen<list<int>>",
                             "map<text, frozen<list<int>>>",
                             "frozen<map<int, frozen<set<text>>>>",
                             "frozen<tuple<int, text>>",
                             "list<frozen<tuple<int, frozen<list<text>>>>>",
                             "vector<float, 3>",
                             "vector<frozen<list<int>>, 2>",
                             "address",
                             "frozen<address>",
                             "list<frozen<address>>",
                             "\"Address\"",
                             "frozen<\"a\"\"b\">",
                             "'org.example.Type'"}) {
        const auto type = DataType::parse(text);
        ASSERT_TRUE(type) << text;
        EXPECT_EQ(type->to_string(), text);
        EXPECT_EQ(DataType::parse(type->to_string()), *type);
    }
}

TEST(DataType, ReadsAnyCaseAndWhiteSpace) {
    EXPECT_EQ(DataType::parse(" MAP < Text ,frozen<LIST<int> >>\n")->to_string(),
              "map<text, frozen<list<int>>>");
    EXPECT_EQ(DataType::parse("varchar")->to_string(), "text");
    EXPECT_EQ(DataType::parse("tuple<int>"), DataType::parse("frozen<tuple<int>>"));
    EXPECT_EQ(DataType::parse("ks.\"T\"")->keyspace(), "ks");
    EXPECT_EQ(DataType::parse("Address")->name(), "address");
    EXPECT_EQ(DataType::parse("\"text\"")->id(), TypeId::udt);
    EXPECT_EQ(DataType::parse("\"text\"")->to_string(), "\"text\"");
}

TEST(DataType, RefusesWhatIsNoType) {
    for (const char* bad : {"",
                            "list",
                            "list<>",
                            "list<int",
                            "list<int>>",
                            "list<int, int>",
                            "map<int>",
                            "map<int, int, int>",
                            "vector<int>",
                            "vector<int, 0>",
                            "vector<int, x>",
                            "vector<3, int>",
                            "tuple<>",
                            "frozen<>",
                            "foo<int>",
                            "int int",
                            "\"a",
                            "\"\"",
                            "''",
                            "1a",
                            "a.",
                            "list<int>;",
                            "vector<int, 99999999999>"})
        if (std::string_view(bad) != "list") {
            EXPECT_FALSE(DataType::parse(bad)) << bad;
        }
}

TEST(DataType, NestingIsLimited) {
    const auto nested = [](int levels) {
        std::string text = "int";
        for (int i = 0; i < levels; ++i) text = "frozen<list<" + text + ">>";
        return DataType::parse(text);
    };
    EXPECT_TRUE(nested(30));
    EXPECT_FALSE(nested(100));
    EXPECT_FALSE(DataType::parse([] {
        std::string text;
        for (int i = 0; i < 200'000; ++i) text += "list<";
        return text;
    }()));
}

TEST(DataType, FreezingGoesAllTheWayDown) {
    const DataType nested = DataType::list(DataType::map(TypeId::text, DataType::set(TypeId::int_)));
    EXPECT_EQ(nested.frozen().to_string(), "frozen<list<frozen<map<text, frozen<set<int>>>>>>");
    EXPECT_TRUE(nested.is_multi_cell());
    EXPECT_FALSE(nested.frozen().is_multi_cell());
    EXPECT_EQ(nested.frozen(), nested.frozen().frozen());
    EXPECT_NE(nested, nested.frozen());
    EXPECT_EQ(DataType(TypeId::int_).frozen(), TypeId::int_);
    EXPECT_EQ(DataType::tuple({DataType::list(TypeId::int_)}).to_string(),
              "frozen<tuple<frozen<list<int>>>>");
    EXPECT_FALSE(DataType::tuple({TypeId::int_}).is_multi_cell());
}

TEST(DataType, EqualityIsStructural) {
    const auto udt = [](const char* keyspace, const char* field) {
        return DataType::udt(keyspace, "t", {field}, {TypeId::int_});
    };
    EXPECT_EQ(udt("a", "f"), udt("b", "f"));
    EXPECT_NE(udt("a", "f"), udt("a", "g"));
    EXPECT_NE(DataType::vector(TypeId::float_, 2), DataType::vector(TypeId::float_, 3));
    EXPECT_NE(DataType::list(TypeId::int_), DataType::set(TypeId::int_));
    EXPECT_NE(DataType::custom("a"), DataType::custom("b"));
    EXPECT_TRUE(DataType(TypeId::int_).children().empty());
    EXPECT_EQ(DataType(TypeId::int_).name(), "");
}

}  // namespace
}  // namespace coodie
