// SPDX-License-Identifier: Apache-2.0
// UDTs whose fields have another order, or are more or fewer (semantics rule 7).
#include <coodie/codec/rearrangement.hpp>

#include "unit/codec/support.hpp"

namespace coodie::test {
namespace {

using Extra = Rearrangement::Extra;

DataType street_zip() {
    return DataType::udt("", "address", {"street", "zip"}, {TypeId::text, TypeId::int_}).frozen();
}
DataType zip_street() {
    return DataType::udt("ks", "address", {"zip", "street"}, {TypeId::int_, TypeId::text}).frozen();
}
DataType zip_extra_street() {
    return DataType::udt("ks", "address", {"zip", "extra", "street"},
                         {TypeId::int_, TypeId::boolean, TypeId::text})
        .frozen();
}

constexpr const char* a5 = "00000001 61 00000004 00000005";  // street 'a', zip 5
constexpr const char* five_a = "00000004 00000005 00000001 61";

std::string rearranged(const DataType& from, const DataType& to, std::string_view digits,
                       Extra extra = Extra::drop) {
    Bytes out = hex("ff");  // what is there stays
    Rearrangement::between(from, to, extra).append(hex(digits), out);
    EXPECT_EQ(out.front(), std::byte{0xff});
    return to_hex(BytesView(out).subspan(1));
}
std::string digits(std::string_view spaced) { return to_hex(hex(spaced)); }
bool moves(const DataType& from, const DataType& to, Extra extra = Extra::drop) {
    return Rearrangement::between(from, to, extra).moves();
}

TEST(Rearrangement, PutsFieldsInTheTargetsOrder) {
    EXPECT_EQ(rearranged(street_zip(), zip_street(), a5), digits(five_a));
    EXPECT_EQ(rearranged(zip_street(), street_zip(), five_a), digits(a5));
    EXPECT_EQ(rearranged(street_zip(), zip_street(), "ffffffff 00000004 00000005"),
              digits("00000004 00000005 ffffffff"));
}

TEST(Rearrangement, FieldsThatOneSideLacks) {
    EXPECT_EQ(rearranged(street_zip(), zip_extra_street(), a5, Extra::refuse),
              digits("00000004 00000005 ffffffff 00000001 61"));
    EXPECT_EQ(rearranged(zip_extra_street(), street_zip(), "00000004 00000005 00000001 01 00000001 61"),
              digits(a5));
    EXPECT_EQ(rearranged(zip_extra_street(), street_zip(), "00000004 00000005"),
              digits("ffffffff 00000004 00000005"))
        << "fields that are missing at the end are null";
    EXPECT_EQ(rearranged(street_zip(), zip_street(), std::string(a5) + "00000001 78"), digits(five_a))
        << "the type has grown since";
    const std::string reason =
        reason_of([] { (void)Rearrangement::between(zip_extra_street(), street_zip(), Extra::refuse); });
    EXPECT_EQ(reason,
              "the user type address of the database has no field extra, which the value has; sync_type or "
              "sync_table adds it");
}

TEST(Rearrangement, WithinCollectionsTuplesVectorsAndOtherTypes) {
    const std::string from = std::string("0000000d") + a5;
    const std::string to = std::string("0000000d") + five_a;
    EXPECT_EQ(
        rearranged(DataType::list(street_zip()), DataType::list(zip_street()), "00000002" + from + from),
        digits("00000002" + to + to));
    EXPECT_EQ(
        rearranged(DataType::set(street_zip()).frozen(), DataType::set(zip_street()), "00000001" + from),
        digits("00000001" + to));
    EXPECT_EQ(rearranged(DataType::map(street_zip(), TypeId::int_), DataType::map(zip_street(), TypeId::int_),
                         "00000001" + from + "00000004 00000007"),
              digits("00000001" + to + "00000004 00000007"));
    EXPECT_EQ(rearranged(DataType::tuple({TypeId::int_, street_zip()}),
                         DataType::tuple({TypeId::int_, zip_street()}), "ffffffff" + from),
              digits("ffffffff" + to));
    EXPECT_EQ(rearranged(DataType::vector(street_zip(), 2), DataType::vector(zip_street(), 2),
                         std::string("0d") + a5 + "0d" + a5),
              digits(std::string("0d") + five_a + "0d" + five_a));
    const DataType outer = DataType::udt("", "home", {"at", "n"}, {street_zip(), TypeId::int_});
    const DataType other = DataType::udt("", "home", {"at", "n"}, {zip_street(), TypeId::int_});
    EXPECT_EQ(rearranged(outer, other, from + "ffffffff"), digits(to + "ffffffff"));
}

TEST(Rearrangement, NothingToDo) {
    EXPECT_FALSE(moves(street_zip(), street_zip()));
    EXPECT_FALSE(moves(TypeId::int_, TypeId::int_));
    EXPECT_FALSE(moves(DataType::list(street_zip()), street_zip())) << "the codec says what is wrong";
    const DataType longer =
        DataType::udt("ks", "address", {"street", "zip", "city"}, {TypeId::text, TypeId::int_, TypeId::text});
    EXPECT_FALSE(moves(longer, street_zip(), Extra::drop));
    EXPECT_FALSE(moves(street_zip(), longer, Extra::refuse));
    EXPECT_FALSE(moves(*DataType::parse("frozen<address>"), zip_street())) << "its fields are not known";
    EXPECT_TRUE(moves(street_zip(), zip_street()));
    EXPECT_TRUE(has_user_type(DataType::map(TypeId::int_, DataType::list(street_zip()))));
    EXPECT_FALSE(has_user_type(*DataType::parse("map<text, frozen<list<int>>>")));
}

TEST(Rearrangement, RefusesMalformedContent) {
    Bytes out;
    const auto fails = [&](const DataType& from, const DataType& to, std::string_view content) {
        return !reason_of([&] {
                    Rearrangement::between(from, to, Extra::drop).append(hex(content), out);
                }).empty();
    };
    EXPECT_TRUE(fails(street_zip(), zip_street(), "00000002 61"));
    EXPECT_TRUE(fails(DataType::list(street_zip()), DataType::list(zip_street()), "7fffffff"));
    EXPECT_TRUE(fails(DataType::list(street_zip()), DataType::list(zip_street()), "00000001 ffffffff"));
    EXPECT_TRUE(fails(DataType::vector(street_zip(), 1), DataType::vector(zip_street(), 1), "05 00000001"));
    EXPECT_TRUE(fails(DataType::vector(street_zip(), 1), DataType::vector(zip_street(), 1), "00 00"));
}

}  // namespace
}  // namespace coodie::test
