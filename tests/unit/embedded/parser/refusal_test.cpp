// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

#include <gmock/gmock.h>

namespace coodie::embedded {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string repeated(std::string_view text, int count) {
    std::string result;
    for (int i = 0; i < count; ++i) result += text;
    return result;
}

TEST(ParseRefusal, SyntaxErrorsNameThePlace) {
    const struct {
        const char* cql;
        const char* message;
    } cases[] = {
        {"SELEC * FROM t", "line 1:0 no viable alternative at input 'SELEC'"},
        {"", "line 1:0 no viable alternative at input '<EOF>'"},
        {"SELECT * FORM t", "line 1:9 mismatched input 'FORM' expecting FROM"},
        {"SELECT *\nFROM select", "line 2:5 no viable alternative at input 'select'"},
        {"SELECT * FROM t x", "line 1:16 mismatched input 'x' expecting EOF"},
        {"SELECT * FROM t; SELECT * FROM t", "line 1:17 mismatched input 'SELECT' expecting EOF"},
        {"SELECT * FROM t WHERE", "line 1:21 no viable alternative at input '<EOF>'"},
        {"INSERT INTO t (a) VALUES (1", "line 1:27 mismatched input '<EOF>' expecting ')'"},
        {"SELECT * FROM t LIMIT 'x'", "line 1:22 mismatched input ''x'' expecting an integer or ?"},
        {"SELECT * FROM \"\"", "line 1:14 no viable alternative at input '\"\"': a name must not be empty"},
    };
    for (const auto& c : cases) {
        const auto error = parse_error(c.cql);
        EXPECT_EQ(error.code(), server_code::syntax_error) << c.cql;
        EXPECT_EQ(error.message(), c.message) << c.cql;
    }
}

TEST(ParseRefusal, KnownButNotYetExecutableNamesTheWord) {
    const struct {
        const char* cql;
        const char* word;
    } cases[] = {
        {"CREATE ROLE r", "'ROLE'"},
        {"CREATE FUNCTION f (a int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS ''",
         "'FUNCTION'"},
        {"CREATE OR REPLACE FUNCTION f", "'OR'"},
        {"CREATE AGGREGATE a (int) SFUNC f STYPE int", "'AGGREGATE'"},
        {"CREATE MATERIALIZED VIEW v AS SELECT * FROM t", "'MATERIALIZED'"},
        {"DROP TRIGGER x ON t", "'TRIGGER'"},
        {"ALTER USER u WITH PASSWORD 'x'", "'USER'"},
        {"GRANT SELECT ON t TO r", "'GRANT'"},
        {"LIST ROLES", "'LIST'"},
        {"DESCRIBE TABLES", "'DESCRIBE'"},
        {"BEGIN TRANSACTION", "'TRANSACTION'"},
        {"SELECT a + 1 FROM t", "'+'"},
        {"SELECT * FROM t WHERE a = 1 * 2", "'*'"},
        {"SELECT * FROM t WHERE a BETWEEN 1 AND 2", "'BETWEEN'"},
        {"SELECT * FROM t WHERE a NOT IN (1)", "'NOT'"},
        {"CREATE TABLE t (a int PRIMARY KEY) WITH COMPACT STORAGE", "'COMPACT'"},
        {"CREATE TABLE t (a int MASKED WITH DEFAULT, PRIMARY KEY (a))", "'MASKED'"},
    };
    for (const auto& c : cases) {
        const auto error = parse_error(c.cql);
        EXPECT_EQ(error.kind(), ErrorKind::unsupported) << c.cql << "\n" << error.message();
        EXPECT_THAT(error.message(), HasSubstr(c.word)) << c.cql;
        EXPECT_THAT(error.message(), StartsWith("line 1:")) << c.cql;
    }
}

TEST(ParseRefusal, NestingIsBounded) {
    const auto nested = [](int depth) {
        return "INSERT INTO t (a) VALUES (" + repeated("[", depth) + repeated("]", depth) + ")";
    };
    EXPECT_TRUE(std::holds_alternative<ast::Statement>(parse(nested(60))));
    EXPECT_THAT(parse_error(nested(100000)).message(), HasSubstr("nested deeper than 64"));
    EXPECT_EQ(parse_error("CREATE TABLE t (a " + repeated("list<", 100000)).code(),
              server_code::syntax_error);
    EXPECT_EQ(parse_error("SELECT " + repeated("f(", 100000)).code(), server_code::syntax_error);
    EXPECT_EQ(parse_error("SELECT a" + repeated(".b", 100000) + " FROM t").code(), server_code::syntax_error);
    EXPECT_EQ(parse_error("SELECT * FROM t WHERE " + repeated("(", 100000)).code(),
              server_code::syntax_error);
    EXPECT_EQ(parse_error("INSERT INTO t (a) VALUES (" + repeated("(int)", 100000)).code(),
              server_code::syntax_error);
}

TEST(ParseRefusal, HexadecimalDigitsComeInPairs) {
    EXPECT_EQ(parse_error("INSERT INTO t (a) VALUES (0xabc)").code(), server_code::invalid);
}

TEST(ParseRefusal, EveryPrefixOfAStatementIsHandled) {
    const std::string cql =
        "BEGIN BATCH INSERT INTO ks.t (a, b) VALUES (?, {'k': [1.5, -2]}) IF NOT EXISTS USING TTL 5; UPDATE "
        "t SET a[1] = "
        "$$x$$, u.f = 0xab WHERE (a, b) IN ((1, 2)) AND token(a) > 5 IF c != null; APPLY BATCH";
    for (std::size_t size = 0; size < cql.size(); ++size)
        EXPECT_TRUE(std::holds_alternative<Error>(parse(std::string_view(cql).substr(0, size)))) << size;
    EXPECT_TRUE(std::holds_alternative<ast::Statement>(parse(cql)));
}

}  // namespace
}  // namespace coodie::embedded
