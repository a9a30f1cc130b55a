// SPDX-License-Identifier: Apache-2.0
// Values by run-time type. Orders and literals were compared with Cassandra 5.0.6's own types on 16,000
// random pairs.
#include <vector>

#include "unit/codec/support.hpp"

namespace coodie::test {
namespace {

DataType type(std::string_view cql) { return DataType::parse(cql).value(); }

DataType address() {
    return DataType::udt("ks", "address", {"street", "Zip"}, {TypeId::text, TypeId::int_}).frozen();
}

/// Content of a literal, as hexadecimal digits; "!" and the reason when there is none.
std::string parsed(const DataType& data_type, std::string_view literal) {
    std::string reason;
    const auto content = parse_value(data_type, literal, reason);
    return content ? to_hex(*content) : "!" + reason;
}

std::string formatted(const DataType& data_type, std::string_view digits) {
    const Bytes content = hex(digits);
    return format_value(data_type, Cell(content));
}

TEST(FormatValue, WritesCqlLiterals) {
    EXPECT_EQ(format_value(TypeId::int_, Cell()), "null");
    EXPECT_EQ(formatted(TypeId::text, "697427 73"), "'it''s'");
    EXPECT_EQ(formatted(TypeId::blob, "cafe"), "0xcafe");
    EXPECT_EQ(formatted(TypeId::boolean, "01"), "true");
    EXPECT_EQ(formatted(TypeId::double_, "3ff0000000000000"), "1.0");
    EXPECT_EQ(formatted(TypeId::float_, "7fc00000"), "NaN");
    EXPECT_EQ(formatted(TypeId::timestamp, "00000000000003e8"), "'1970-01-01T00:00:01.000Z'");
    EXPECT_EQ(formatted(TypeId::date, "80000000"), "'1970-01-01'");
    EXPECT_EQ(formatted(TypeId::time, "0000000000000001"), "'00:00:00.000000001'");
    EXPECT_EQ(formatted(TypeId::inet, "7f000001"), "'127.0.0.1'");
    EXPECT_EQ(formatted(TypeId::duration, "020406"), "1mo2d3ns");
    EXPECT_EQ(formatted(type("list<int>"), "00000002 00000004 00000001 00000004 00000002"), "[1, 2]");
    EXPECT_EQ(formatted(type("set<text>"), "00000000"), "{}");
    EXPECT_EQ(formatted(type("map<text, int>"), "00000001 00000001 61 00000004 00000001"), "{'a': 1}");
    EXPECT_EQ(formatted(type("tuple<int, text>"), "00000004 00000001"), "(1, null)");
    EXPECT_EQ(formatted(address(), "00000001 61 ffffffff"), "{street: 'a', \"Zip\": null}");
    EXPECT_EQ(formatted(type("vector<float, 2>"), "3f800000 40000000"), "[1.0, 2.0]");
    EXPECT_EQ(formatted(TypeId::int_, ""), "''");
}

TEST(FormatValue, ShowsWhatIsNoValueWithoutThrowing) {
    EXPECT_EQ(formatted(TypeId::int_, "0102"), "<invalid int: 0x0102>");
    EXPECT_EQ(formatted(type("list<int>"), "7fffffff"), "<invalid list<int>: 0x7fffffff>");
}

TEST(ParseValue, ReadsCqlLiterals) {
    EXPECT_EQ(parsed(TypeId::int_, " -5 "), "fffffffb");
    EXPECT_EQ(parsed(TypeId::text, "$$it's$$"), "69742773");
    EXPECT_EQ(parsed(TypeId::boolean, "TRUE"), "01");
    EXPECT_EQ(parsed(TypeId::double_, "-Infinity"), "fff0000000000000");
    EXPECT_EQ(parsed(TypeId::double_, ".5"), "3fe0000000000000");
    EXPECT_EQ(parsed(TypeId::float_, "1e-60"), "00000000");
    EXPECT_EQ(parsed(TypeId::timestamp, "5"), "0000000000000005");
    EXPECT_EQ(parsed(TypeId::timestamp, "'1970-01-01 01:00+0100'"), "0000000000000000");
    EXPECT_EQ(parsed(TypeId::date, "2147483648"), "80000000");
    EXPECT_EQ(parsed(TypeId::duration, "P0000-00-01T00:00:00"), "000200");
    EXPECT_EQ(parsed(type("set<int>"), "{3,1,3}"),
              "00000002000000040000000100000004"
              "00000003");
    EXPECT_EQ(parsed(type("map<int, int>"), "{1: 1, 1: 2}"), "0000000100000004000000010000000400000002");
    EXPECT_EQ(parsed(type("tuple<int, text>"), "(1, null)"), "0000000400000001ffffffff");
    EXPECT_EQ(parsed(address(), "{\"Zip\": 1}"), "ffffffff0000000400000001");
    EXPECT_EQ(parsed(address(), "{}"), "ffffffffffffffff");
}

TEST(ParseValue, SaysWhyATextIsNoLiteral) {
    EXPECT_EQ(parsed(TypeId::tinyint, "2000"), "!2000 does not fit tinyint (-128..127)");
    EXPECT_EQ(parsed(TypeId::int_, "99999999999999999999"),
              "!99999999999999999999 does not fit int (-2147483648..2147483647)");
    EXPECT_EQ(parsed(TypeId::int_, "x"), "!'x' is no int");
    EXPECT_EQ(parsed(TypeId::int_, "1 2"), "!unexpected '2' after the value");
    EXPECT_EQ(parsed(TypeId::int_, ""), "!expected int, found the end");
    EXPECT_EQ(parsed(TypeId::float_, "1e60"), "!1e60 does not fit float");
    EXPECT_EQ(parsed(TypeId::text, "a"), "!'a' is no text");
    EXPECT_EQ(parsed(TypeId::text, "'a"), "!a string that does not end: ''a'");
    EXPECT_EQ(parsed(TypeId::int_, "null"), "!null has no content");
    EXPECT_EQ(parsed(TypeId::ascii, "'\xc3\xa9'"), "!ascii holds only bytes 0..127: '\\xc3\\xa9'");
    EXPECT_EQ(parsed(type("list<int>"), "[1, null]"), "!null inside a collection: collections hold no nulls");
    EXPECT_EQ(parsed(type("list<int>"), "[1"), "!expected ']', found the end");
    EXPECT_EQ(parsed(type("vector<int, 2>"), "[1]"), "!expected ',', found ']'");
    EXPECT_EQ(parsed(type("vector<int, 1>"), "['']"), "!int takes 4 bytes, got 0");
    EXPECT_EQ(parsed(address(), "{zip: 1}"), "!user type address has no field 'zip'");
    EXPECT_EQ(parsed(address(), "{street: 'a', street: 'b'}"), "!field 'street' is given twice");
    EXPECT_EQ(parsed(TypeId::uuid, "f47ac10b"), "!'f47ac10b' is no uuid");
}

TEST(ParseValue, NestingIsBounded) {
    DataType deep = TypeId::int_;
    for (int i = 0; i < 70; ++i) deep = DataType::list(deep);
    EXPECT_NE(parsed(deep, std::string(70, '[')).find("64 levels"), std::string::npos);
    Bytes content;
    for (int i = 0; i < 70; ++i) {
        Bytes outer = hex("00000001");
        wire::append(outer, static_cast<std::int32_t>(content.size()));
        wire::append(outer, content);
        content = outer;
    }
    EXPECT_NE(check_value(deep, content).value_or("").find("64 levels"), std::string::npos);
    // The innermost of a long chain of brackets does not matter to a flat type.
    EXPECT_EQ(parsed(type("list<int>"), std::string(100000, '[')).front(), '!');
}

TEST(CheckValue, ZeroLengthIsTakenWhereCassandraTakesIt) {
    for (const TypeId id : {TypeId::int_, TypeId::bigint, TypeId::float_, TypeId::double_, TypeId::boolean,
                            TypeId::uuid, TypeId::timeuuid, TypeId::timestamp, TypeId::inet, TypeId::varint,
                            TypeId::decimal, TypeId::counter, TypeId::text, TypeId::ascii, TypeId::blob})
        EXPECT_EQ(check_value(id, {}), std::nullopt) << DataType(id).to_string();
    for (const TypeId id : {TypeId::smallint, TypeId::tinyint, TypeId::date, TypeId::time, TypeId::duration})
        EXPECT_NE(check_value(id, {}), std::nullopt) << DataType(id).to_string();
    EXPECT_NE(check_value(type("list<int>"), {}), std::nullopt);
    EXPECT_NE(check_value(type("vector<int, 2>"), {}), std::nullopt);
}

TEST(CheckValue, HugeVectorsAreNoTrap) {
    const DataType square = DataType::vector(DataType::vector(TypeId::bigint, 0xffffffff), 0xffffffff);
    EXPECT_NE(check_value(square, hex("00")), std::nullopt);
    EXPECT_NE(check_value(DataType::vector(TypeId::text, 0xffffffff), hex("00")), std::nullopt);
}

/// Content in rising order.
void expect_order(const DataType& data_type, const std::vector<std::string_view>& rising) {
    for (std::size_t i = 0; i < rising.size(); ++i)
        for (std::size_t j = 0; j < rising.size(); ++j) {
            const int order = compare_values(data_type, hex(rising[i]), hex(rising[j]));
            EXPECT_EQ(order < 0, i < j) << rising[i] << " " << rising[j];
            EXPECT_EQ(order == 0, i == j) << rising[i] << " " << rising[j];
        }
}

TEST(CompareValues, NumbersOrderAsNumbers) {
    expect_order(TypeId::int_, {"", "80000000", "ffffffff", "00000000", "00000001", "7fffffff"});
    expect_order(TypeId::tinyint, {"80", "ff", "00", "7f"});
    expect_order(TypeId::float_,
                 {"ff800000", "bf800000", "80000000", "00000000", "3f800000", "7f800000", "7fc00000"});
    expect_order(TypeId::varint, {"ff00", "80", "ff", "00", "7f", "0080", "0100"});
    expect_order(TypeId::decimal,
                 {"00000000 ff", "00000000 00", "0000000a 01", "00000001 0b", "ffffffff 01"});
    EXPECT_EQ(compare_values(TypeId::decimal, hex("00000001 0a"), hex("00000002 64")), 0);
    EXPECT_EQ(compare_values(TypeId::varint, hex("01"), hex("0001")), 0);
    expect_order(TypeId::date, {"00000000", "7fffffff", "80000000", "ffffffff"});
}

TEST(CompareValues, UuidsAndTimeuuids_SemanticsRule6) {
    // By version, then by time for version 1 (though the first bytes say otherwise), then by unsigned bytes.
    expect_order(TypeId::uuid, {"ffffffff 0000 1000 8000000000000000", "00000000 0001 1000 0000000000000000",
                                "00000000 0001 1000 8000000000000000", "00000000 0000 4000 8000000000000000",
                                "80000000 0000 4000 8000000000000000"});
    // Ties of time by signed bytes.
    expect_order(TypeId::timeuuid,
                 {"ffffffff 0000 1000 8000000000000000", "00000000 0001 1000 8000000000000000",
                  "00000000 0001 1000 ff00000000000000", "00000000 0001 1000 0000000000000000"});
}

TEST(CompareValues, NestedValuesOrderElementByElement) {
    expect_order(type("frozen<list<int>>"),
                 {"00000000", "00000001 00000004 ffffffff", "00000001 00000004 00000001",
                  "00000002 00000004 00000001 00000004 00000000"});
    expect_order(type("tuple<int, int>"),
                 {"ffffffff 00000004 00000005", "00000004 00000001", "00000004 00000001 00000004 00000000"});
    EXPECT_EQ(
        compare_values(type("tuple<int, int>"), hex("00000004 00000001"), hex("00000004 00000001 ffffffff")),
        0);
    expect_order(type("vector<int, 2>"), {"ffffffff 00000000", "00000000 00000000", "00000000 00000001"});
    expect_order(type("vector<smallint, 1>"), {"02 ffff", "02 0001"});
}

TEST(CanonicalValue, SortsSetsAndMapsAtAnyDepth) {
    const DataType nested = type("list<frozen<set<int>>>");
    EXPECT_EQ(to_hex(canonical_value(nested,
                                     hex("00000001 00000014 00000002 00000004 00000002 00000004 00000001"))),
              "0000000100000014"
              "00000002"
              "0000000400000001"
              "0000000400000002");
    EXPECT_EQ(to_hex(canonical_value(type("list<int>"), hex("00000001 00000004 00000001"))),
              "000000010000000400000001");
    const DataType tuple = type("tuple<frozen<map<int, text>>, int>");
    EXPECT_EQ(
        to_hex(canonical_value(
            tuple,
            hex("0000001e 00000002 00000004 00000002 00000001 62 00000004 00000001 00000001 61 ffffffff"))),
        "0000001e00000002"
        "00000004000000010000000161"
        "00000004000000020000000162"
        "ffffffff");
}

}  // namespace
}  // namespace coodie::test
