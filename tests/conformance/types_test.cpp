// SPDX-License-Identifier: Apache-2.0
// Every CQL type comes back equal: limits, nulls, empties; alone, in collections, tuples, user types and
// vectors.
#include "models.hpp"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <tuple>

namespace conformance {
namespace {

template <class T>
constexpr T lowest = std::numeric_limits<T>::lowest();
template <class T>
constexpr T highest = std::numeric_limits<T>::max();

/// A table of one column of that type, `INSERT ... ?` and `SELECT` for each value, and for null.
template <class T>
void round_trip(const std::string& type, const std::vector<T>& values) {
    std::string table = "of_";
    for (const char letter : type)
        table += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
    raw("CREATE TABLE " + table + " (id int PRIMARY KEY, v " + type + ")");
    const std::string insert = "INSERT INTO " + table + " (id, v) VALUES (?, ?)";
    const std::string select = "SELECT v FROM " + table + " WHERE id = ?";
    int id = 0;
    for (const T& value : values) {
        raw(insert, id, value);
        const auto read = value_of<std::optional<T>>(select, id);
        ASSERT_TRUE(read && *read) << type << " value " << id;
        EXPECT_TRUE(**read == value) << type << " value " << id;
        ++id;
    }
    raw(insert, id, std::optional<T>());
    const auto read = value_of<std::optional<T>>(select, id);
    ASSERT_TRUE(read) << type;
    EXPECT_FALSE(*read) << type << " null";
}

CASE(Types, Integers) {
    round_trip<std::int8_t>("tinyint", {lowest<std::int8_t>, -1, 0, highest<std::int8_t>});
    round_trip<std::int16_t>("smallint", {lowest<std::int16_t>, -1, 0, highest<std::int16_t>});
    round_trip<std::int32_t>("int", {lowest<std::int32_t>, -1, 0, highest<std::int32_t>});
    round_trip<std::int64_t>("bigint", {lowest<std::int64_t>, -1, 0, highest<std::int64_t>});
    round_trip<bool>("boolean", {false, true});
}

CASE(Types, FloatingPoint) {
    round_trip<float>("float", {lowest<float>, std::numeric_limits<float>::denorm_min(), 0.0F,
                                std::numeric_limits<float>::infinity(), highest<float>});
    round_trip<double>("double", {lowest<double>, std::numeric_limits<double>::denorm_min(), 0.1,
                                  -std::numeric_limits<double>::infinity(), highest<double>});
    raw("INSERT INTO of_double (id, v) VALUES (100, ?)", std::nan(""));
    EXPECT_TRUE(std::isnan(*value_of<double>("SELECT v FROM of_double WHERE id = 100")));
    raw("INSERT INTO of_double (id, v) VALUES (101, ?)", -0.0);
    EXPECT_TRUE(std::signbit(*value_of<double>("SELECT v FROM of_double WHERE id = 101")));
}

// Rule 5: varint is minimal two's complement, a decimal keeps its scale.
CASE(Types, Rule5NumbersOfAnySize) {
    std::vector<coodie::varint> numbers{
        0, -1, 127, 128, -128, -129, highest<std::int64_t>, lowest<std::int64_t>};
    numbers.push_back(*coodie::varint::parse("123456789012345678901234567890123456789012345678901234567890"));
    numbers.push_back(*coodie::varint::parse("-170141183460469231731687303715884105728"));
    round_trip<coodie::varint>("varint", numbers);
    std::vector<coodie::decimal> decimals;
    for (const char* text : {"0", "1.10", "1.1", "-0.000001", "1E+5", "123456789012345678901234567890.5"})
        decimals.push_back(*coodie::decimal::parse(text));
    decimals.emplace_back(coodie::varint(7), highest<std::int32_t>);
    decimals.emplace_back(coodie::varint(-7), lowest<std::int32_t> + 1);
    round_trip<coodie::decimal>("decimal", decimals);
}

CASE(Types, TextAndBytes) {
    round_trip<std::string>(
        "text", {"", "it's", std::string("a\0b", 3), "\xF0\x9F\x98\x80", std::string(100'000, 'x')});
    round_trip<coodie::ascii>("ascii",
                              {coodie::ascii(""), coodie::ascii("plain"), coodie::ascii("\x01\x7f")});
    round_trip<coodie::blob>("blob", {coodie::blob(), coodie::blob::of(std::string("\0\xff", 2)),
                                      coodie::blob::of(std::string(300'000, '\xAB'))});
    EXPECT_THROW(raw("INSERT INTO of_ascii (id, v) VALUES (100, ?)", "\xC3\xA9"), coodie::ValidationError);
}

// Rule 5: milliseconds, before 1970 too; days + 2^31; nanoseconds of a day; one sign.
CASE(Types, Rule5Times) {
    using coodie::timestamp;
    round_trip<timestamp>("timestamp",
                          {timestamp(0ms), timestamp(-1ms), timestamp(1ms), timestamp(-62'135'596'800'000ms),
                           timestamp(std::chrono::milliseconds(highest<std::int64_t>)),
                           timestamp(std::chrono::milliseconds(lowest<std::int64_t>))});
    round_trip<coodie::date>("date", {coodie::date(0), coodie::date(-1), coodie::date(lowest<std::int32_t>),
                                      coodie::date(highest<std::int32_t>)});
    round_trip<coodie::time_of_day>("time",
                                    {coodie::time_of_day(0ns), coodie::time_of_day(86'399'999'999'999ns)});
    round_trip<coodie::duration>(
        "duration", {coodie::duration(), coodie::duration(1, 2, 3), coodie::duration(-1, -2, -3),
                     coodie::duration(highest<std::int32_t>, highest<std::int32_t>, highest<std::int64_t>),
                     coodie::duration(lowest<std::int32_t>, lowest<std::int32_t>, lowest<std::int64_t>)});
}

CASE(Types, Rule5BeforeTheEpochTimesAreFloored) {
    need_table<Item>();
    raw("CREATE TABLE floors (id int PRIMARY KEY, v timestamp)");
    raw("INSERT INTO floors (id, v) VALUES (1, ?)",
        coodie::to_timestamp(std::chrono::sys_time<std::chrono::microseconds>(-1us)));
    EXPECT_EQ(value_of<coodie::timestamp>("SELECT v FROM floors WHERE id = 1"), coodie::timestamp(-1ms));
    raw("INSERT INTO floors (id, v) VALUES (2, '1969-12-31T23:59:59.999Z')");
    EXPECT_EQ(value_of<coodie::timestamp>("SELECT v FROM floors WHERE id = 2"), coodie::timestamp(-1ms));
}

CASE(Types, Identifiers) {
    round_trip<coodie::uuid>("uuid", {coodie::uuid(), coodie::uuid::random(), coodie::uuid(~0ULL, ~0ULL)});
    round_trip<coodie::timeuuid>("timeuuid",
                                 {coodie::timeuuid::now(), coodie::min_timeuuid(coodie::timestamp(0ms)),
                                  coodie::max_timeuuid(coodie::timestamp(1ms))});
    round_trip<coodie::inet>("inet",
                             {*coodie::inet::parse("0.0.0.0"), *coodie::inet::parse("255.255.255.255"),
                              *coodie::inet::parse("::"), *coodie::inet::parse("2001:db8::1")});
}

CASE(Types, Lists) {
    round_trip<std::vector<std::int32_t>>("list<int>", {{1}, {3, 1, 3}, std::vector<std::int32_t>(2000, 7)});
    round_trip<std::vector<std::string>>("frozen<list<text>>", {{}, {""}, {"a", std::string(70'000, 'x')}});
    round_trip<std::vector<coodie::duration>>("list<duration>",
                                              {{coodie::duration(1, 2, 3), coodie::duration()}});
}

CASE(Types, SetsAndMaps) {
    round_trip<std::set<std::string>>("set<text>", {{"b", "a", ""}});
    round_trip<std::set<coodie::varint>>("set<varint>",
                                         {{coodie::varint(-1), coodie::varint(1), coodie::varint(256)}});
    round_trip<std::set<coodie::inet>>("frozen<set<inet>>",
                                       {{}, {*coodie::inet::parse("::1"), *coodie::inet::parse("1.2.3.4")}});
    round_trip<std::map<std::string, std::int64_t>>("map<text, bigint>", {{{"a", 1}, {"", -1}}});
    round_trip<std::map<coodie::uuid, double>>("map<uuid, double>", {{{coodie::uuid(1, 2), 0.5}}});
    round_trip<std::map<std::int32_t, coodie::blob>>(
        "frozen<map<int, blob>>", {{}, {{5, coodie::blob()}, {-5, coodie::blob::of("x")}}});
}

CASE(Types, NestedCollections) {
    using Inner = std::map<std::string, std::set<std::int32_t>>;
    round_trip<std::vector<Inner>>("list<frozen<map<text, frozen<set<int>>>>>",
                                   {{{{"a", {1, 2}}, {"b", {}}}, {}}});
    round_trip<std::map<std::vector<std::int32_t>, std::string>>("map<frozen<list<int>>, text>",
                                                                 {{{{1, 2}, "x"}, {{}, "y"}}});
}

CASE(Types, Tuples) {
    using Pair = std::tuple<std::int32_t, std::optional<std::string>>;
    round_trip<Pair>("tuple<int, text>", {{1, "a"}, {2, ""}, {3, std::nullopt}});
    round_trip<std::vector<Pair>>("list<frozen<tuple<int, text>>>", {{{1, "a"}, {2, std::nullopt}}});
    round_trip<std::tuple<std::optional<std::vector<std::int32_t>>, bool>>(
        "tuple<list<int>, boolean>", {{std::vector<std::int32_t>{1}, true}, {std::nullopt, false}});
}

CASE(Types, Vectors) {
    round_trip<coodie::vector<float, 3>>("vector<float, 3>", {{0.0F, -1.5F, highest<float>}});
    round_trip<coodie::vector<std::string, 2>>("vector<text, 2>", {{"", std::string(300, 'x')}});
    round_trip<coodie::vector<std::int64_t, 1>>("vector<bigint, 1>", {{lowest<std::int64_t>}});
}

struct Street {
    std::string name;
    std::optional<std::int32_t> number;
    friend bool operator==(const Street&, const Street&) = default;
    static constexpr auto schema() { return coodie::user_type("street"); }
};
struct Place {
    Street street;
    std::vector<Street> others;
    std::map<std::string, Street> named;
    std::optional<std::tuple<std::int32_t, std::string>> pair;
    friend bool operator==(const Place&, const Place&) = default;
    static constexpr auto schema() { return coodie::user_type("place"); }
};
enum class Color : std::int8_t { red, green };

/// Every type as a field of a model.
struct Everything : front::Document<Everything> {
    std::string id;
    std::int8_t tiny = 0;
    std::int16_t small = 0;
    std::int32_t number = 0;
    std::int64_t big = 0;
    bool flag = false;
    float single = 0;
    double twice = 0;
    coodie::varint varint;
    coodie::decimal decimal;
    coodie::ascii ascii;
    coodie::blob blob;
    coodie::timestamp at{};
    coodie::date date;
    coodie::time_of_day time;
    coodie::duration duration;
    coodie::uuid uuid;
    coodie::timeuuid timeuuid = coodie::min_timeuuid(coodie::timestamp(0ms));
    coodie::inet inet;
    Color color = Color::red;
    std::vector<std::string> list;
    std::set<coodie::uuid> set;
    std::map<std::string, std::vector<std::int32_t>> map;
    coodie::frozen<std::vector<std::int32_t>> frozen;
    std::tuple<std::int32_t, std::string> tuple;
    Place place;
    coodie::unfrozen<Street> open_street;
    coodie::vector<float, 3> vector;
    std::optional<Place> maybe_place;
    std::optional<std::vector<std::int32_t>> maybe_list;
    std::optional<coodie::vector<float, 2>> maybe_vector;
    std::optional<coodie::decimal> maybe_decimal;

    static constexpr auto schema() { return coodie::table("everything").partition_key<&Everything::id>(); }
};

CASE(Types, AModelOfEveryType) {
    need_table<Everything>();
    const Street main{.name = "main", .number = 5};
    const Street open{.name = "open"};
    const Everything full{.id = "full",
                          .tiny = -128,
                          .small = 32767,
                          .number = -5,
                          .big = lowest<std::int64_t>,
                          .flag = true,
                          .single = 0.5F,
                          .twice = 0.1,
                          .varint = -129,
                          .decimal = *coodie::decimal::parse("1.10"),
                          .ascii = "plain",
                          .blob = coodie::blob::of("\xff"),
                          .at = coodie::timestamp(-1ms),
                          .date = coodie::date(-1),
                          .time = coodie::time_of_day(1ns),
                          .duration = coodie::duration(1, 2, 3),
                          .uuid = coodie::uuid::random(),
                          .timeuuid = coodie::timeuuid::now(),
                          .inet = *coodie::inet::parse("::1"),
                          .color = Color::green,
                          .list = {"b", "a", "b"},
                          .set = {coodie::uuid(1, 2), coodie::uuid(3, 4)},
                          .map = {{"a", {1, 2}}, {"b", {}}},
                          .frozen = std::vector<std::int32_t>{7},
                          .tuple = {1, "x"},
                          .place = {.street = main,
                                    .others = {main, open},
                                    .named = {{"m", main}},
                                    .pair = std::tuple(1, std::string("p"))},
                          .open_street = open,
                          .vector = {1.0F, 2.0F, 3.0F},
                          .maybe_place = Place{.street = open},
                          .maybe_list = std::vector{1},
                          .maybe_vector = coodie::vector<float, 2>{1.0F, 2.0F},
                          .maybe_decimal = *coodie::decimal::parse("-0.5")};
    WAIT(front::save(full));
    EXPECT_EQ(WAIT(front::get<Everything>("id"_c == "full")), full);
    const Everything defaults{.id = "defaults"};
    WAIT(front::save(defaults));
    EXPECT_EQ(WAIT(front::get<Everything>("id"_c == "defaults")), defaults);
    EXPECT_FALSE(WAIT(front::insert(full)).applied());
    EXPECT_TRUE(WAIT(front::sync_table<Everything>()).empty());
}

CASE(Types, AFieldOfAnOpenUserType) {
    need_table<Everything>();
    const Everything row{.id = "open", .open_street = Street{.name = "a", .number = 1}};
    WAIT(front::save(row));
    raw("UPDATE everything SET open_street.number = ? WHERE id = 'open'", 2);
    EXPECT_EQ(WAIT(front::get<Everything>("id"_c == "open")).open_street->number, 2);
}

}  // namespace
}  // namespace conformance
