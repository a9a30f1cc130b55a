// SPDX-License-Identifier: Apache-2.0
// The runner and the judge's decoders are tests' tools; here they are tested themselves.
#include "answer.hpp"
#include "statement_file.hpp"

#include "judge/judge_driver.hpp"
#include "judge/messages.hpp"
#include "judge/wire_type.hpp"

#include <gtest/gtest.h>

namespace coodie::statements {
namespace {

TEST(StatementFile, SplitsAtSemicolonsOutsideQuotesCommentsAndBatches) {
    const auto steps = parse_statement_file("f", R"(
-- a comment; for people
INSERT INTO t (a) VALUES ('x;''y'); SELECT /* ; */ "a;b" FROM t -- ;
;
BEGIN BATCH INSERT INTO t (a) VALUES (1); APPLY BATCH;
INSERT INTO t (a) VALUES ($$;$$);)");
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].cql, "INSERT INTO t (a) VALUES ('x;''y')");
    EXPECT_EQ(steps[0].line, 3);
    EXPECT_EQ(steps[1].cql, "SELECT /* ; */ \"a;b\" FROM t -- ;");
    EXPECT_EQ(steps[2].cql, "BEGIN BATCH INSERT INTO t (a) VALUES (1); APPLY BATCH");
    EXPECT_EQ(steps[3].cql, "INSERT INTO t (a) VALUES ($$;$$)");
}

TEST(StatementFile, ReadsDirectives) {
    const auto steps = parse_statement_file("f", R"(
-- bind: 1, 'a'
-- bind: 2, null
-- page: 3 loose
-- engine: unsupported views
SELECT a;
-- raw: SELECT 'un\n\0
-- batch: unlogged 42
INSERT a;
-- bind: 1
INSERT b;
-- end batch
-- nondeterministic
SELECT b;)");
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].binds, (std::vector<std::string>{"1, 'a'", "2, null"}));
    EXPECT_EQ(steps[0].page_size, 3);
    EXPECT_TRUE(steps[0].loose_pages);
    EXPECT_EQ(steps[0].mark, EngineMark::unsupported);
    EXPECT_EQ(steps[0].reason, "views");
    EXPECT_EQ(steps[1].cql, std::string("SELECT 'un\n\0", 12));
    EXPECT_EQ(steps[1].mark, EngineMark::same);
    EXPECT_EQ(steps[2].batch.size(), 2U);
    EXPECT_EQ(steps[2].batch_type, BatchType::unlogged);
    EXPECT_EQ(steps[2].batch_timestamp, 42);
    EXPECT_TRUE(steps[3].nondeterministic);
}

TEST(StatementFile, RefusesWhatItCannotRead) {
    EXPECT_THROW(parse_statement_file("f", "SELECT a"), BadStatementFile);
    EXPECT_THROW(parse_statement_file("f", "-- page: x\nSELECT a;"), BadStatementFile);
    EXPECT_THROW(parse_statement_file("f", "-- engine: maybe\nSELECT a;"), BadStatementFile);
    EXPECT_THROW(parse_statement_file("f", "-- batch: logged\nINSERT a;"), BadStatementFile);
    EXPECT_THROW(parse_statement_file("f", "-- bind: 1\n"), BadStatementFile);
}

TEST(StatementFile, SplitsLiteralsAtOuterCommas) {
    EXPECT_EQ(split_literals("1, 'a, ''b', [1, (2, 3)], {'x': 1}"),
              (std::vector<std::string>{"1", "'a, ''b'", "[1, (2, 3)]", "{'x': 1}"}));
    EXPECT_TRUE(split_literals(" ").empty());
}

TEST(Answers, AgreeOnCodesAndRowsButNotOnMessages) {
    Answer a;
    Answer b;
    a.lines = {"error 0x2200 # one text"};
    b.lines = {"error 0x2200 # another"};
    EXPECT_TRUE(agree(a, b));
    b.lines = {"error 0x2000 # one text"};
    EXPECT_FALSE(agree(a, b));
    a.lines = b.lines = {"columns k int", "  1", "1 row"};
    EXPECT_TRUE(agree(a, b));
    b.lines[1] = "  2";
    EXPECT_FALSE(agree(a, b));
}

TEST(Answers, BytesCountWhenBothAreExact) {
    Answer a;
    a.lines = {"columns d decimal", "  1.0", "1 row"};
    a.rows = {{std::byte{1}}};
    a.exact = true;
    Answer b = a;
    b.rows = {{std::byte{2}}};
    EXPECT_FALSE(agree(a, b));
    b.exact = false;  // a recording has no bytes
    EXPECT_TRUE(agree(a, b));
}

TEST(Answers, ComeBackFromARecording) {
    Answer first;
    first.statement = "SELECT k\nFROM t\n-- bind: 1";
    first.lines = {"columns k int", "  1", "1 row"};
    Answer second;
    second.statement = "DROP TABLE t";
    second.lines = {"ok"};
    const auto read = read_recording(write_recording({first, second}));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].statement, first.statement);
    EXPECT_EQ(read[0].lines, first.lines);
    EXPECT_EQ(read[1].statement, second.statement);
    EXPECT_EQ(read[1].lines, second.lines);
}

}  // namespace
}  // namespace coodie::statements

namespace coodie::judge {
namespace {

TEST(JavaTypes, BecomeCqlTypes) {
    const std::string package = "org.apache.cassandra.db.marshal.";
    EXPECT_EQ(parse_java_type(package + "VectorType(" + package + "FloatType , 3)"),
              DataType::vector(TypeId::float_, 3));
    EXPECT_EQ(parse_java_type(package + "FrozenType(" + package + "MapType(" + package + "UTF8Type," +
                              package + "DurationType))"),
              DataType::map(TypeId::text, TypeId::duration).frozen());
    EXPECT_EQ(parse_java_type("UserType(ks,6162,63:Int32Type)"),
              DataType::udt("ks", "ab", {"c"}, {TypeId::int_}));
    EXPECT_EQ(parse_java_type("com.example.Mine(a(b),c)").id(), TypeId::custom);
}

TEST(JavaTypes, ThatDoNotEndAreRefused) {
    for (const char* name : {"", "ListType", "ListType(", "ListType(Int32Type", "ListType(Int32Type))",
                             "VectorType(FloatType)", "VectorType(FloatType,0)", "VectorType(FloatType,x)",
                             "MapType(Int32Type)", "UserType(ks,6)", "UserType(ks,zz)", "Mine(("})
        EXPECT_THROW(parse_java_type(name), MalformedFrame) << name;
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "ListType(";
    EXPECT_THROW(parse_java_type(deep), MalformedFrame);
}

/// A RESULT frame with one row of a list<int> and a text column.
Bytes rows_body() {
    WireWriter writer;
    writer.write_int(2);  // rows
    writer.write_int(1);  // global table spec
    writer.write_int(2);
    writer.write_string("ks");
    writer.write_string("t");
    writer.write_string("l");
    writer.write_short(0x20);
    writer.write_short(0x09);
    writer.write_string("s");
    writer.write_short(0x0D);
    writer.write_int(1);
    writer.write_int(-1);
    writer.write_int(1);
    writer.write_byte('x');
    return writer.bytes();
}

TEST(Messages, AResultOfRowsIsRead) {
    std::optional<std::string> keyspace;
    const Outcome outcome = read_outcome({Opcode::result, 0, rows_body()}, keyspace);
    const auto& result = std::get<Result>(outcome);
    ASSERT_EQ(result.columns().size(), 2U);
    EXPECT_EQ(result.columns()[0].type, DataType::list(TypeId::int_));
    EXPECT_EQ(result.columns()[1].name, "s");
    EXPECT_EQ(result.row_count(), 1U);
    RowReader reader(result);
    Cell cell;
    ASSERT_TRUE(reader.next(cell));
    EXPECT_TRUE(cell.is_null());
    ASSERT_TRUE(reader.next(cell));
    EXPECT_EQ(cell.content().size(), 1U);
}

TEST(Messages, AFrameCutAnywhereIsRefusedOrItsRowsAre) {
    const Bytes whole = rows_body();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::optional<std::string> keyspace;
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        try {
            const Outcome outcome = read_outcome({Opcode::result, 0, cut}, keyspace);
            RowReader reader(std::get<Result>(outcome));
            Cell cell;
            EXPECT_FALSE(reader.next(cell) && reader.next(cell)) << length;
        } catch (const MalformedFrame&) {
        }
    }
}

TEST(Messages, CountsBeyondTheFrameAreRefused) {
    WireWriter writer;
    writer.write_int(2);
    writer.write_int(4);  // no metadata
    writer.write_int(1);
    writer.write_int(0x7FFFFFFF);
    std::optional<std::string> keyspace;
    EXPECT_THROW(read_outcome({Opcode::result, 0, writer.bytes()}, keyspace), MalformedFrame);
}

TEST(JudgeDriver, NeedsHostAndPort) {
    EXPECT_EQ(JudgeDriver::from_endpoint("127.0.0.1"), nullptr);
    EXPECT_EQ(JudgeDriver::from_endpoint(":1"), nullptr);
    EXPECT_EQ(JudgeDriver::from_endpoint("127.0.0.1:0"), nullptr);
    EXPECT_EQ(JudgeDriver::from_endpoint("127.0.0.1:70000"), nullptr);
    EXPECT_NE(JudgeDriver::from_endpoint("127.0.0.1:9042"), nullptr);
}

TEST(JudgeDriver, ReportsAServerThatIsNotThereAndACloseAsErrors) {
    JudgeDriver driver("127.0.0.1", 1);
    const Outcome refused = driver.execute(Statement(StatementText("SELECT")));
    EXPECT_EQ(std::get<Error>(refused).kind(), ErrorKind::connection);
    driver.close();
    driver.close();
    const Outcome closed = driver.execute(Statement(StatementText("SELECT")));
    EXPECT_EQ(std::get<Error>(closed).kind(), ErrorKind::cancelled);
}

}  // namespace
}  // namespace coodie::judge
