// SPDX-License-Identifier: Apache-2.0
// Comparable forms sort as Cassandra sorts the type (compare_values of the codec layer) and give the value
// back.
#include "fixture.hpp"

#include <coodie/codec/dynamic.hpp>

#include <random>

namespace coodie::embedded::storage::test {

namespace {

Bytes hex(std::string_view digits) {
    Bytes out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        out.push_back(static_cast<std::byte>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
    }
    return out;
}

Bytes form_of(const DataType& type, const Bytes& content, bool descending) {
    Bytes form;
    EXPECT_TRUE(append_comparable(type, descending, content, form)) << format_value(type, Cell(content));
    return form;
}

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }
int compare(const Bytes& a, const Bytes& b) { return a < b ? -1 : b < a ? 1 : 0; }

/// All pairs sort as their type does, up and down, and come back.
void check_all(const DataType& type, const std::vector<Bytes>& values) {
    for (const Bytes& a : values) {
        const std::string text = type.to_string() + " " + format_value(type, Cell(a));
        for (const bool descending : {false, true}) {
            const Bytes form = form_of(type, a, descending);
            BytesView rest = form;
            Bytes back;
            ASSERT_TRUE(read_comparable(type, descending, rest, back)) << text;
            EXPECT_TRUE(rest.empty()) << text;
            EXPECT_EQ(compare_values(type, a, back), 0)
                << text << " came back as " << format_value(type, Cell(back));
            EXPECT_EQ(form_of(type, back, descending), form) << text;
            for (std::size_t size = 0; size < form.size(); ++size) {
                BytesView cut = BytesView(form).first(size);
                Bytes ignored;
                EXPECT_FALSE(read_comparable(type, descending, cut, ignored)) << text << " cut to " << size;
            }
        }
        for (const Bytes& b : values) {
            const int wanted = sign(compare_values(type, a, b));
            const std::string pair = text + " and " + format_value(type, Cell(b));
            EXPECT_EQ(compare(form_of(type, a, false), form_of(type, b, false)), wanted) << pair;
            EXPECT_EQ(compare(form_of(type, a, true), form_of(type, b, true)), -wanted) << pair;
        }
    }
}

std::vector<Bytes> parsed(const DataType& type, std::initializer_list<const char*> literals) {
    std::vector<Bytes> out;
    for (const char* literal : literals) {
        std::string reason;
        auto value = parse_value(type, literal, reason);
        EXPECT_TRUE(value) << literal << ": " << reason;
        if (value) out.push_back(std::move(*value));
    }
    return out;
}

void check_literals(const char* type_text, std::initializer_list<const char*> literals) {
    const auto type = DataType::parse(type_text);
    ASSERT_TRUE(type) << type_text;
    check_all(*type, parsed(*type, literals));
}

}  // namespace

TEST(Comparable, Text) {
    check_all(TypeId::text,
              {bytes(""), bytes("a"), bytes("ab"), bytes("b"), bytes("\xc3\xa4"), bytes("\xf0\x9f\x98\x80"),
               bytes(std::string_view("a\0", 2)), bytes(std::string_view("a\0b", 3)),
               bytes(std::string_view("\0", 1)), bytes(std::string_view("\0\0", 2)), bytes("a\x01")});
}

TEST(Comparable, Blob) {
    check_all(TypeId::blob, {hex(""), hex("00"), hex("0000"), hex("00ff"), hex("01"), hex("ff"), hex("ffff"),
                             hex("ff00"), hex("00ff00"), hex("80")});
}

TEST(Comparable, Integers) {
    check_literals("tinyint", {"-128", "-1", "0", "1", "127"});
    check_literals("smallint", {"-32768", "-256", "-1", "0", "1", "255", "256", "32767"});
    check_literals("int", {"-2147483648", "-1", "0", "1", "65536", "2147483647"});
    check_literals("bigint", {"-9223372036854775808", "-1", "0", "1", "4294967296", "9223372036854775807"});
    check_literals("boolean", {"true", "false"});
}

TEST(Comparable, Varint) {
    check_literals("varint",
                   {"0", "1", "-1", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "-32768",
                    "-32769", "99999999999999999999999999", "-99999999999999999999999999"});
    Bytes positive(300, std::byte{0x11});
    Bytes negative(300, std::byte{0x91});
    check_all(TypeId::varint,
              {positive, negative, Bytes(299, std::byte{0x7F}), Bytes(301, std::byte{0x80}), hex("00")});
    EXPECT_EQ(form_of(TypeId::varint, hex("0001"), false), form_of(TypeId::varint, hex("01"), false));
}

TEST(Comparable, DecimalByValue) {
    check_literals("decimal", {"0",
                               "0.0",
                               "1",
                               "1.0",
                               "1.00",
                               "-1",
                               "-1.0",
                               "10",
                               "100",
                               "0.1",
                               "0.01",
                               "-0.01",
                               "12",
                               "1.2",
                               "1.25",
                               "-1.25",
                               "-1.3",
                               "1E+10",
                               "1E-10",
                               "-1E+10",
                               "9.99",
                               "99.9",
                               "123456789.1",
                               "123456789.12",
                               "1234567890123456789012345678901234567890.5",
                               "1E+1000000",
                               "1E-1000000"});
}

TEST(Comparable, DecimalGivesItsShortestContent) {
    const auto back = [](const Bytes& content) {
        const Bytes form = form_of(TypeId::decimal, content, false);
        BytesView rest = form;
        Bytes out;
        EXPECT_TRUE(read_comparable(TypeId::decimal, false, rest, out));
        return out;
    };
    EXPECT_EQ(back(hex("000000010a")), hex("0000000001")) << "1.0";
    EXPECT_EQ(back(hex("000000000a")), hex("000000000a")) << "10";
    EXPECT_EQ(back(hex("00000005"
                       "00")),
              hex("0000000000"))
        << "0.00000";
    EXPECT_EQ(back(hex("ffffffff01")), hex("000000000a")) << "1E+1";
}

TEST(Comparable, FloatingPoint) {
    check_literals(
        "float", {"-1.5", "-0.0", "0.0", "1.5", "NaN", "Infinity", "-Infinity", "3.4e38", "1e-45", "-1e-45"});
    check_literals("double",
                   {"-1.5", "-0.0", "0.0", "1.5", "NaN", "Infinity", "-Infinity", "1.7e308", "5e-324"});
    EXPECT_EQ(form_of(TypeId::float_, hex("ffc00001"), false),
              form_of(TypeId::float_, hex("7fc00000"), false));
}

TEST(Comparable, SemanticsRule6Uuids) {
    std::vector<Bytes> values;
    std::mt19937_64 random(7);
    for (const char version : {'1', '1', '1', '1', '3', '4', '4', '4', '7', '0'}) {
        Bytes value(16);
        for (std::byte& byte : value) byte = static_cast<std::byte>(random());
        value[6] = static_cast<std::byte>((static_cast<unsigned>(value[6]) & 0x0FU) |
                                          static_cast<unsigned>(version - '0') << 4U);
        values.push_back(value);
        value[15] ^= std::byte{0x80};
        values.push_back(value);
        value[8] ^= std::byte{0x80};
        values.push_back(value);
        value[0] ^= std::byte{0x80};
        values.push_back(value);
    }
    check_all(TypeId::uuid, values);
    std::erase_if(values, [](const Bytes& value) { return (value[6] & std::byte{0xF0}) != std::byte{0x10}; });
    ASSERT_EQ(values.size(), 16U);
    check_all(TypeId::timeuuid, values);
}

TEST(Comparable, Times) {
    check_literals("timestamp", {"-1", "0", "1", "1600000000000", "-1600000000000"});
    check_literals("date", {"'1969-12-31'", "'1970-01-01'", "'2024-02-29'", "'0001-01-01'"});
    check_literals("time", {"'00:00:00'", "'00:00:00.000000001'", "'23:59:59.999999999'"});
}

TEST(Comparable, Inet) {
    check_literals("inet",
                   {"'127.0.0.1'", "'0.0.0.0'", "'255.255.255.255'", "'::1'", "'::'", "'2001:db8::1'"});
}

TEST(Comparable, Nested) {
    check_literals("frozen<list<int>>", {"[]", "[1]", "[1, 2]", "[2]", "[-1, 5]", "[1, 2, 3]"});
    check_literals("frozen<set<text>>", {"{}", "{'a'}", "{'a', 'b'}", "{'b'}", "{''}"});
    check_literals("frozen<map<text, int>>", {"{}", "{'a': 1}", "{'a': 2}", "{'a': 1, 'b': 0}", "{'b': 0}"});
    check_literals("frozen<list<frozen<list<text>>>>",
                   {"[]", "[[]]", "[['']]", "[['a'], ['b']]", "[['a', 'b']]"});
    check_literals("frozen<tuple<int, text>>",
                   {"(1, 'a')", "(1, 'b')", "(1, null)", "(2, null)", "(null, 'a')"});
    check_literals("vector<float, 2>", {"[1.0, 2.0]", "[1.0, -2.0]", "[-1.0, 2.0]"});
    check_literals("vector<text, 2>", {"['a', 'bc']", "['ab', 'c']", "['', '']"});
}

TEST(Comparable, TuplesWithMissingFieldsEqualThoseWithNulls) {
    const DataType type = *DataType::parse("frozen<tuple<int, text, int>>");
    const Bytes whole =
        hex("0000000400000001"
            "ffffffff"
            "ffffffff");
    const Bytes shorter = hex("0000000400000001");
    EXPECT_EQ(form_of(type, whole, false), form_of(type, shorter, false));
    check_all(type, {whole, shorter,
                     hex("0000000400000001"
                         "ffffffff"
                         "0000000400000000"),
                     hex("ffffffff")});
}

TEST(Comparable, EmptyValuesComeFirst) {
    for (const TypeId id : {TypeId::int_, TypeId::bigint, TypeId::double_, TypeId::boolean, TypeId::timestamp,
                            TypeId::varint, TypeId::inet, TypeId::uuid, TypeId::timeuuid, TypeId::date}) {
        const DataType type(id);
        const Bytes lowest = form_of(type, {}, false);
        BytesView rest = lowest;
        Bytes back;
        EXPECT_TRUE(read_comparable(type, false, rest, back));
        EXPECT_TRUE(back.empty());
        Bytes smallest(id == TypeId::uuid || id == TypeId::timeuuid ? 16 : id == TypeId::boolean ? 1 : 8);
        if (id == TypeId::int_ || id == TypeId::inet || id == TypeId::date) smallest.resize(4);
        EXPECT_LT(lowest, form_of(type, smallest, false)) << type.to_string();
    }
}

TEST(Comparable, WhatIsNoValueIsRefused) {
    Bytes out;
    EXPECT_FALSE(append_comparable(TypeId::int_, false, hex("000001"), out));
    EXPECT_FALSE(append_comparable(TypeId::int_, false, hex("0000000001"), out));
    EXPECT_FALSE(append_comparable(TypeId::uuid, false, hex("00"), out));
    EXPECT_FALSE(append_comparable(TypeId::decimal, false, hex("00000000"), out));
    EXPECT_FALSE(append_comparable(TypeId::duration, false, hex("000000"), out));
    EXPECT_FALSE(append_comparable(TypeId::counter, false, hex("0000000000000001"), out));
    const DataType list = DataType::list(TypeId::int_).frozen();
    for (const char* bad :
         {"00000001", "0000000100000005000000", "ffffffff", "00000001ffffffff", "0000000000", "7fffffff"}) {
        EXPECT_FALSE(append_comparable(list, false, hex(bad), out)) << bad;
    }
}

TEST(Comparable, AnyBytesAreSafeToRead) {
    std::mt19937 random(11);
    const char* types[] = {"int",
                           "text",
                           "varint",
                           "decimal",
                           "uuid",
                           "frozen<list<text>>",
                           "frozen<map<int, decimal>>",
                           "frozen<tuple<int, text>>",
                           "vector<text, 3>",
                           "inet",
                           "boolean"};
    for (int round = 0; round < 20000; ++round) {
        const DataType type = *DataType::parse(types[random() % std::size(types)]);
        Bytes form(random() % 24);
        for (std::byte& byte : form)
            byte = static_cast<std::byte>(random() % 5 == 0 ? random() : random() % 4);
        BytesView rest = form;
        Bytes content;
        read_comparable(type, random() % 2 == 0, rest, content);
    }
}

TEST(Clustering, PrefixesAndDescendingColumnsMakeRanges) {
    const ClusteringCodec codec({{TypeId::int_, false}, {TypeId::text, true}});
    const auto form = [&](int number, std::string_view word) {
        const Bytes a = int_bytes(number);
        const Bytes b = bytes(word);
        const BytesView values[] = {a, b};
        ClusteringKey key;
        EXPECT_TRUE(codec.encode(values, key));
        EXPECT_TRUE(key.original.empty());
        return key.form;
    };
    EXPECT_LT(form(1, "b"), form(1, "a"));
    EXPECT_LT(form(1, ""), form(2, "zzz"));
    const Bytes one = int_bytes(1);
    const BytesView prefix[] = {one};
    const auto inside = [&](const ClusteringRange& range, const Bytes& key) {
        return range.lower <= key && (range.to_end || key < range.upper);
    };
    ClusteringRange range;
    ASSERT_TRUE(codec.range({prefix, true}, {prefix, true}, range));
    EXPECT_TRUE(inside(range, form(1, "")));
    EXPECT_TRUE(inside(range, form(1, "zzz")));
    EXPECT_FALSE(inside(range, form(0, "")));
    EXPECT_FALSE(inside(range, form(2, "zzz")));
    ASSERT_TRUE(codec.range({prefix, false}, {{}, true}, range));
    EXPECT_FALSE(inside(range, form(1, "")));
    EXPECT_TRUE(inside(range, form(2, "zzz")));
    ASSERT_TRUE(codec.range({prefix, true}, {prefix, false}, range));
    EXPECT_TRUE(range.empty());
    ASSERT_TRUE(codec.range({{}, true}, {{}, true}, range));
    EXPECT_TRUE(inside(range, form(-5, "")) && inside(range, form(2147483647, "")));
}

TEST(Clustering, BehindTheLastPrefixThereIsNothing) {
    const ClusteringCodec codec({{TypeId::text, true}});
    const BytesView empty[] = {BytesView()};
    ClusteringRange range;  // '' is the last text in descending order: its form is FF FF
    ASSERT_TRUE(codec.range({empty, false}, {{}, true}, range));
    EXPECT_TRUE(range.empty());
    ASSERT_TRUE(codec.range({{}, true}, {empty, true}, range));
    EXPECT_TRUE(range.to_end);
    ASSERT_TRUE(codec.range({{}, true}, {empty, false}, range));
    EXPECT_FALSE(range.to_end);
    ClusteringKey key;
    ASSERT_TRUE(codec.encode(empty, key));
    EXPECT_FALSE(key.form < range.upper);
}

TEST(Clustering, ManyColumnsComeBack) {
    const ClusteringCodec codec({{TypeId::text, true}, {TypeId::decimal, false}, {TypeId::blob, false}});
    const Bytes a = bytes(std::string_view("x\0y", 3));
    const Bytes c = hex("00ff");
    for (const char* decimal : {"0000000164", "000000010a", "0000000001"}) {
        const Bytes b = hex(decimal);
        const BytesView values[] = {a, b, c};
        ClusteringKey key;
        ASSERT_TRUE(codec.encode(values, key));
        ClusteringValues back;
        ASSERT_TRUE(codec.decode(key.form, key.original, back));
        ASSERT_EQ(back.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_TRUE(std::ranges::equal(back[i], values[i])) << decimal << " " << i;
    }
}

}  // namespace coodie::embedded::storage::test
