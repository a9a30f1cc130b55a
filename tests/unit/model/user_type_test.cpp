// SPDX-License-Identifier: Apache-2.0
#include <coodie/model/document_base.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

using coodie::Bytes;
using coodie::Codec;
using coodie::DataType;
using coodie::TypeId;

struct Geo {
    double latitude = 0;
    double longitude = 0;
    bool operator==(const Geo&) const = default;
    static constexpr auto schema() { return coodie::user_type("Geo Point").keyspace("maps"); }
};
struct HomeAddress {
    std::string street;
    std::optional<std::int32_t> zip;
    std::vector<std::string> phones;
    std::optional<Geo> place;
    int cache = 0;
    std::int32_t class_ = 0;
    bool operator==(const HomeAddress&) const = default;

    static constexpr auto schema() {
        return coodie::user_type()
            .ignore<&HomeAddress::cache>()
            .name<&HomeAddress::class_>("class")
            .null_as_default<&HomeAddress::class_>();
    }
};
static_assert(coodie::UserType<HomeAddress>);
static_assert(!coodie::Model<HomeAddress>);
static_assert(coodie::CqlValue<HomeAddress>);
static_assert(!coodie::CqlValue<coodie::DocumentBase<Geo>>);

struct Person : coodie::DocumentBase<Person> {
    std::int32_t id = 0;
    HomeAddress home;
    std::optional<HomeAddress> work;
    coodie::unfrozen<HomeAddress> other;
    std::vector<HomeAddress> old;
    std::map<std::string, std::vector<Geo>> places;

    static constexpr auto schema() { return coodie::table().partition_key<&Person::id>(); }
};
static_assert(coodie::model<Person>);

namespace {
template <class T>
Bytes encode(const T& value) {
    Bytes bytes;
    Codec<T>::encode(value, bytes);
    return bytes;
}
template <class T>
T decode(const Bytes& bytes) {
    T value;
    Codec<T>::decode(bytes, value);
    return value;
}
std::string message_of(const std::function<void()>& f) {
    try {
        f();
    } catch (const coodie::ValidationError& error) {
        return error.what();
    }
    return "nothing thrown";
}
}  // namespace

TEST(UserType, NamesAreFrozenUnlessSaidOtherwise) {
    EXPECT_EQ(coodie::cql_type_name<HomeAddress>, "frozen<home_address>");
    EXPECT_EQ(coodie::cql_type_name<std::optional<HomeAddress>>, "frozen<home_address>");
    EXPECT_EQ(coodie::cql_type_name<coodie::unfrozen<HomeAddress>>, "home_address");
    EXPECT_EQ(coodie::cql_type_name<std::vector<HomeAddress>>, "list<frozen<home_address>>");
    EXPECT_EQ((coodie::cql_type_name<std::map<std::string, std::vector<Geo>>>),
              "map<text, frozen<list<frozen<\"Geo Point\">>>>");
    for (const coodie::ColumnInfo& column : coodie::columns<Person>())
        EXPECT_EQ(column.type().to_string(), column.cql_type);
    EXPECT_TRUE(coodie::model_info<Person>().find("other")->multi_cell);
    EXPECT_FALSE(coodie::model_info<Person>().find("home")->multi_cell);
}

struct Quoted {
    int x = 0;
    static constexpr auto schema() { return coodie::user_type("a\"b"); }
};
struct Reserved {
    int x = 0;
    static constexpr auto schema() { return coodie::user_type("order"); }
};
struct BuiltIn {
    int x = 0;
    static constexpr auto schema() { return coodie::user_type("text"); }
};
struct NotReserved {
    int x = 0;
    static constexpr auto schema() { return coodie::user_type("der"); }
};

TEST(UserType, NamesAreQuotedAsCassandraQuotesThem) {
    EXPECT_EQ(coodie::cql_type_name<Quoted>, "frozen<\"a\"\"b\">");
    EXPECT_EQ(coodie::cql_type_name<Reserved>, "frozen<\"order\">");
    EXPECT_EQ(coodie::cql_type_name<BuiltIn>, "frozen<\"text\">");
    EXPECT_EQ(coodie::cql_type_name<NotReserved>, "frozen<der>");
    EXPECT_EQ(coodie::cql_type_name<Quoted>, Codec<Quoted>::type().to_string());
    EXPECT_EQ(coodie::cql_type_name<Reserved>, Codec<Reserved>::type().to_string());
    EXPECT_EQ(coodie::cql_type_name<BuiltIn>, Codec<BuiltIn>::type().to_string());
}

TEST(UserType, TypeHasTheFields) {
    const DataType type = Codec<HomeAddress>::unfrozen_type();
    EXPECT_EQ(type.id(), TypeId::udt);
    EXPECT_FALSE(type.is_frozen());
    EXPECT_TRUE(Codec<HomeAddress>::type().is_frozen());
    EXPECT_EQ(type.name(), "home_address");
    EXPECT_EQ(type.keyspace(), "");
    EXPECT_EQ(Codec<Geo>::type().keyspace(), "maps");
    EXPECT_EQ(type.field_names(), (std::vector<std::string>{"street", "zip", "phones", "place", "class"}));
    EXPECT_EQ(type.children()[2].to_string(), "frozen<list<text>>");
    EXPECT_EQ(type.children()[3].to_string(), "frozen<\"Geo Point\">");
}

TEST(UserType, BytesAreLengthPrefixedFields) {
    const HomeAddress address{.street = "ab", .zip = 7, .phones = {}, .place = {}, .cache = 9, .class_ = 1};
    const auto b = [](int value) { return static_cast<std::byte>(value); };
    const Bytes expected{
        b(0),   b(0),   b(0),   b(2),   b('a'), b('b'),               // street
        b(0),   b(0),   b(0),   b(4),   b(0),   b(0),   b(0), b(7),   // zip
        b(0),   b(0),   b(0),   b(4),   b(0),   b(0),   b(0), b(0),   // phones: empty, not null
        b(255), b(255), b(255), b(255),                               // place: null
        b(0),   b(0),   b(0),   b(4),   b(0),   b(0),   b(0), b(1)};  // class
    EXPECT_EQ(encode(address), expected);
    HomeAddress back = decode<HomeAddress>(expected);
    EXPECT_EQ(back.cache, 0);
    back.cache = 9;
    EXPECT_EQ(back, address);
}

// semantics rule 7
TEST(UserType, MissingTrailingFieldsAreNullAndExtraOnesIgnored) {
    const HomeAddress address{.street = "ab", .zip = 7, .phones = {"1"}, .place = Geo{1, 2}};
    const Bytes whole = encode(address);
    const Bytes street(whole.begin(), whole.begin() + 6);
    EXPECT_EQ(decode<HomeAddress>(street), (HomeAddress{.street = "ab"}));
    Bytes more = whole;
    more.insert(more.end(), {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}, std::byte{5}});
    EXPECT_EQ(decode<HomeAddress>(more), address);
    EXPECT_EQ(message_of([] { decode<HomeAddress>(Bytes{}); }).substr(0, 33),
              "field street of home_address: nul");
}

TEST(UserType, MalformedBytesAreRefused) {
    Bytes whole = encode(HomeAddress{.street = "ab"});
    for (const std::size_t cut :
         {std::size_t{1}, std::size_t{5}, std::size_t{9}, std::size_t{12}, whole.size() - 1}) {
        const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut));
        EXPECT_THROW(decode<HomeAddress>(part), coodie::ValidationError) << cut;
    }
    EXPECT_EQ(message_of([] { encode(HomeAddress{.street = "\xff"}); }).substr(0, 29),
              "field street of home_address:");
}

TEST(UserType, NestedAndInCollections) {
    Person person{.id = 1,
                  .home = {.street = "s", .zip = 5, .phones = {"a", ""}, .place = Geo{1.5, -2}},
                  .work = HomeAddress{.street = "w"},
                  .other = HomeAddress{.street = "o"},
                  .old = {{.street = "x"}, {.street = "y", .zip = 3}},
                  .places = {{"home", {{3, 4}, {5, 6}}}, {"none", {}}}};
    Person copy;
    for (const coodie::ColumnInfo& column : coodie::columns<Person>()) {
        Bytes bytes;
        column.encode(&person, bytes);
        coodie::wire::ValueReader reader(bytes, "test");
        column.decode(&copy, reader.read());
    }
    EXPECT_EQ(copy, person);
    copy.old[1].zip = 4;
    EXPECT_NE(copy, person);
}
