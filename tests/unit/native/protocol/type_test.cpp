// SPDX-License-Identifier: Apache-2.0
#include "bytes_text.hpp"
#include "native/protocol/type_option.hpp"
#include "stub/body.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace coodie::native {
namespace {

using stub::Body;
using test::bytes_of;

DataType read(const Bytes& bytes) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const Bytes truncated(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        WireReader short_reader(truncated);
        (void)read_type(short_reader);
        EXPECT_EQ(short_reader.fault(), WireFault::truncated) << size;
    }
    WireReader reader(bytes);
    DataType type = read_type(reader);
    EXPECT_EQ(reader.fault(), WireFault::none);
    EXPECT_TRUE(reader.rest().empty());
    return type;
}

WireFault fault_of(const Bytes& bytes) {
    WireReader reader(bytes);
    (void)read_type(reader);
    return reader.fault();
}

DataType custom(std::string_view class_name) { return read(Body().short_(0).string(class_name).view()); }

DataType cql(std::string_view text) { return DataType::parse(text).value(); }

TEST(TypeOption, SimpleTypes) {
    for (std::uint16_t id = 1; id <= 0x15; ++id) {
        if (id == 0x0A) continue;
        EXPECT_EQ(read(Body().short_(id).view()), DataType(static_cast<TypeId>(id)));
    }
    for (const int id : {0x0A, 0x16, 0x1F, 0x23, 0x32, 0xFF01, 0xFFFF})
        EXPECT_EQ(fault_of(Body().short_(static_cast<std::uint16_t>(id)).view()), WireFault::unknown_kind)
            << id;
}

TEST(TypeOption, WhatIsContainedIsFrozen) {
    EXPECT_EQ(read(bytes_of("0020 000d")), cql("list<text>"));
    EXPECT_EQ(read(bytes_of("0022 0020 0009")), cql("set<frozen<list<int>>>"));
    EXPECT_EQ(read(bytes_of("0021 000d 0021 000d 0022 0009")), cql("map<text, frozen<map<text, set<int>>>>"));
    EXPECT_EQ(read(bytes_of("0031 0002 0009 0020 000d")), cql("tuple<int, frozen<list<text>>>"));
}

TEST(TypeOption, UserTypes) {
    const DataType type =
        read(bytes_of("0030 0002 'ks' 0004 'addr' 0002 0004 'city' 000d 0004 'zips' 0020 0009"));
    EXPECT_EQ(type, DataType::udt("ks", "addr", {"city", "zips"},
                                  {TypeId::text, DataType::list(TypeId::int_).frozen()}));
    EXPECT_EQ(type.keyspace(), "ks");
    const DataType list = read(bytes_of("0020 0030 0002 'ks' 0001 'u' 0001 0001 'f' 0020 0009"));
    EXPECT_TRUE(list.children()[0].is_frozen());
    EXPECT_TRUE(list.children()[0].children()[0].is_frozen());
}

TEST(TypeOption, DepthIsBounded) {
    const auto nested = [](int lists) {
        Body body;
        for (int i = 0; i < lists; ++i) body.short_(0x20);
        return std::move(body.short_(9)).take();
    };
    EXPECT_EQ(fault_of(nested(max_type_depth - 1)), WireFault::none);
    EXPECT_EQ(fault_of(nested(max_type_depth)), WireFault::too_deep);
    EXPECT_EQ(fault_of(nested(1'000'000)), WireFault::too_deep);
    // The two kinds of depth add up.
    std::string name = "org.apache.cassandra.db.marshal.Int32Type";
    for (int i = 0; i < 20; ++i) name = "org.apache.cassandra.db.marshal.ListType(" + name + ")";
    Body mixed;
    for (int i = 0; i < 20; ++i) mixed.short_(0x20);
    mixed.short_(0).string(name);
    WireReader reader(mixed.view());
    DataType type = read_type(reader);
    EXPECT_TRUE(reader.ok());
    while (!type.children().empty()) type = DataType(type.children()[0]);
    EXPECT_EQ(type.id(), TypeId::custom) << "too deep to be looked into, so it stays a name";
}

TEST(TypeOption, CountsThatLieAreRefused) {
    EXPECT_EQ(fault_of(bytes_of("0031 ffff 0009")), WireFault::truncated);
    EXPECT_EQ(fault_of(bytes_of("0030 0001 'k' 0001 't' ffff 0001 'f' 0009")), WireFault::truncated);
    EXPECT_EQ(fault_of(bytes_of("0000 ffff 'a'")), WireFault::truncated);
}

TEST(JavaTypes, SimpleOnes) {
    constexpr std::array<std::pair<std::string_view, TypeId>, 21> expected{{
        {"AsciiType", TypeId::ascii},
        {"LongType", TypeId::bigint},
        {"BytesType", TypeId::blob},
        {"BooleanType", TypeId::boolean},
        {"DecimalType", TypeId::decimal},
        {"DoubleType", TypeId::double_},
        {"FloatType", TypeId::float_},
        {"Int32Type", TypeId::int_},
        {"TimestampType", TypeId::timestamp},
        {"DateType", TypeId::timestamp},
        {"UUIDType", TypeId::uuid},
        {"UTF8Type", TypeId::text},
        {"IntegerType", TypeId::varint},
        {"TimeUUIDType", TypeId::timeuuid},
        {"InetAddressType", TypeId::inet},
        {"SimpleDateType", TypeId::date},
        {"TimeType", TypeId::time},
        {"ShortType", TypeId::smallint},
        {"ByteType", TypeId::tinyint},
        {"DurationType", TypeId::duration},
        {"CounterColumnType", TypeId::counter},
    }};
    for (const auto& [name, id] : expected) {
        EXPECT_EQ(custom("org.apache.cassandra.db.marshal." + std::string(name)), DataType(id)) << name;
        EXPECT_EQ(custom(name), DataType(id)) << name;
    }
}

TEST(JavaTypes, NestedOnes) {
    const std::string p = "org.apache.cassandra.db.marshal.";
    EXPECT_EQ(custom(p + "VectorType(" + p + "FloatType , 3)"), cql("vector<float, 3>"));
    EXPECT_EQ(custom(p + "ReversedType(" + p + "TimestampType)"), cql("timestamp"));
    EXPECT_EQ(custom(p + "FrozenType(" + p + "ListType(" + p + "UTF8Type))"), cql("frozen<list<text>>"));
    EXPECT_EQ(custom("MapType(UTF8Type,SetType(Int32Type))"), cql("map<text, frozen<set<int>>>"));
    EXPECT_EQ(custom("TupleType(UTF8Type,ListType(Int32Type))"), cql("tuple<text, frozen<list<int>>>"));
    EXPECT_EQ(custom("VectorType(ListType(FloatType), 2)"), cql("vector<frozen<list<float>>, 2>"));
    EXPECT_EQ(custom("UserType(ks,61646472,63697479:UTF8Type,7a6970:Int32Type)"),
              DataType::udt("ks", "addr", {"city", "zip"}, {TypeId::text, TypeId::int_}));
    EXPECT_EQ(read(bytes_of("0020 0000 000c 'DurationType'")), cql("list<duration>"));
}

TEST(JavaTypes, UnknownClassesStayCustom) {
    EXPECT_EQ(custom("com.example.Point"), DataType::custom("com.example.Point"));
    EXPECT_EQ(custom("com.example.Pair(UTF8Type,Foo(Bar))"),
              DataType::custom("com.example.Pair(UTF8Type,Foo(Bar))"));
    EXPECT_EQ(custom("ListType(com.example.Point(2))"),
              DataType::list(DataType::custom("com.example.Point(2)")));
}

TEST(JavaTypes, WhatIsNoNameStaysCustom) {
    for (const std::string_view text : {"",
                                        "(",
                                        ")",
                                        "ListType",
                                        "ListType(",
                                        "ListType()",
                                        "ListType(Int32Type",
                                        "ListType(Int32Type,Int32Type)",
                                        "MapType(Int32Type)",
                                        "VectorType(FloatType)",
                                        "VectorType(FloatType,0)",
                                        "VectorType(FloatType,-1)",
                                        "VectorType(FloatType,99999999999)",
                                        "VectorType(FloatType,3x)",
                                        "Int32Type)",
                                        "Int32Type Int32Type",
                                        "UserType(ks,6,61:UTF8Type)",
                                        "UserType(ks,zz)",
                                        "UserType(ks,61,61)",
                                        "UserType(ks",
                                        "x((",
                                        "x(()"}) {
        EXPECT_EQ(parse_java_type(text), std::nullopt) << text;
        EXPECT_EQ(custom(text), DataType::custom(std::string(text))) << text;
    }
    std::string deep = "Int32Type";
    for (int i = 0; i < 5000; ++i) deep = "SetType(" + deep + ")";
    EXPECT_EQ(parse_java_type(deep), std::nullopt);
}

}  // namespace
}  // namespace coodie::native
