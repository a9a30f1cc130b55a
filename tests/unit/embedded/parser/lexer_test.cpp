// SPDX-License-Identifier: Apache-2.0
#include "embedded/parser/keywords.hpp"
#include "embedded/parser/token.hpp"

#include <gtest/gtest.h>

namespace coodie::embedded {
namespace {

std::vector<Token> tokens_of(std::string_view cql) {
    auto result = tokenize(cql);
    if (const auto* error = std::get_if<Error>(&result)) {
        ADD_FAILURE() << error->message();
        return {Token{}};
    }
    return std::get<std::vector<Token>>(result);
}

Token only(std::string_view cql) {
    auto tokens = tokens_of(cql);
    EXPECT_EQ(tokens.size(), 2U) << cql;
    return tokens[0];
}

std::string error_of(std::string_view cql) {
    const auto result = tokenize(cql);
    const auto* error = std::get_if<Error>(&result);
    if (error == nullptr) return "no error";
    EXPECT_EQ(error->code(), server_code::syntax_error);
    return error->message();
}

TEST(Lexer, WordsAreLowerCasedAndQuotedNamesAreNot) {
    EXPECT_EQ(only("SeLeCt_1").text, "select_1");
    EXPECT_EQ(only("\"SeLeCt\"").text, "SeLeCt");
    EXPECT_EQ(only("\"a\"\"b\"").text, "a\"b");
    EXPECT_EQ(only("\"a\"").kind, TokenKind::quoted_name);
}

TEST(Lexer, StringsKeepTheirBytes) {
    EXPECT_EQ(only("'it''s'").text, "it's");
    EXPECT_EQ(only("''").text, "");
    EXPECT_EQ(only("''''").text, "'");
    EXPECT_EQ(only("$$it's \"so\"$$").text, "it's \"so\"");
    EXPECT_EQ(only("'\xF0\x9F\x98\x80\n--x'").text, "\xF0\x9F\x98\x80\n--x");
    EXPECT_EQ(only(std::string_view("'a\0b'", 5)).text, std::string("a\0b", 3));
}

TEST(Lexer, Numbers) {
    for (const char* text : {"0", "12", "-12", "-0"}) EXPECT_EQ(only(text).kind, TokenKind::integer) << text;
    for (const char* text : {"1.5", "-1.5", "1.", "1e10", "-1.5E-3", "1e+2"})
        EXPECT_EQ(only(text).kind, TokenKind::floating) << text;
    for (const char* text : {"0x", "0xCAFE", "0Xab"}) EXPECT_EQ(only(text).kind, TokenKind::blob) << text;
    EXPECT_EQ(tokens_of("1..3").size(), 4U);
}

TEST(Lexer, Durations) {
    for (const char* text : {"1y2mo3w4d5h6m7s8ms9us10ns", "-12h30m", "1Y", "5\xC2\xB5s", "P1Y2M3DT4H5M6S",
                             "P3W", "PT5M", "-P1D", "P0001-02-03T04:05:06"})
        EXPECT_EQ(only(text).kind, TokenKind::duration) << text;
    for (const char* text : {"p1y", "PT", "P1", "P1Yx"}) EXPECT_EQ(only(text).kind, TokenKind::word) << text;
}

TEST(Lexer, UuidsAreRecognisedBeforeNumbersAndWords) {
    EXPECT_EQ(only("00000000-0000-0000-0000-000000000000").kind, TokenKind::uuid);
    EXPECT_EQ(only("ABCDEF01-e89b-12d3-a456-426614174000").kind, TokenKind::uuid);
    EXPECT_NE(tokens_of("00000000-0000-0000-000-000000000000")[0].kind, TokenKind::uuid);
    EXPECT_NE(error_of("00000000-0000-0000-0000-00000000000").find("line 1:0"), std::string::npos);
}

TEST(Lexer, CommentsSeparateTokens) {
    const auto tokens = tokens_of("a--x\nb//y\r\nc/* d\n*/e");
    ASSERT_EQ(tokens.size(), 5U);
    EXPECT_EQ(tokens[3].text, "e");
    EXPECT_EQ(tokens[3].position.line, 4U);
    EXPECT_EQ(tokens[3].position.column, 2U);
}

TEST(Lexer, PositionsCountCharactersNotBytes) {
    const auto tokens = tokens_of("'\xC3\xA9\xF0\x9F\x98\x80' x");
    EXPECT_EQ(tokens[1].position.column, 5U);
    EXPECT_EQ(tokens[1].raw, "x");
}

TEST(Lexer, UnfinishedAndUnknownAreErrorsWithAPosition) {
    EXPECT_EQ(error_of("a 'x"), "line 1:2 mismatched character '<EOF>' expecting '''");
    EXPECT_EQ(error_of("\n \"x"), "line 2:1 mismatched character '<EOF>' expecting '\"'");
    EXPECT_EQ(error_of("$$x$"), "line 1:0 mismatched character '<EOF>' expecting '$$'");
    EXPECT_EQ(error_of("a /* x"), "line 1:2 mismatched character '<EOF>' expecting '*/'");
    EXPECT_EQ(error_of("a \xC3\xA9"), "line 1:2 no viable alternative at character '\xC3\xA9'");
    EXPECT_EQ(error_of(std::string_view("a\0", 2)), "line 1:1 no viable alternative at character '\\x00'");
}

TEST(Keywords, ReservedWordsAreNotIdentifiers) {
    EXPECT_TRUE(is_reserved("select"));
    EXPECT_TRUE(is_reserved("materialized"));
    for (const char* word :
         {"key", "ttl", "count", "type", "json", "text", "static", "writetime", "values", ""})
        EXPECT_FALSE(is_reserved(word)) << word;
}

}  // namespace
}  // namespace coodie::embedded
