// SPDX-License-Identifier: Apache-2.0
// Where a result's columns go in a document, with what a thread remembers of the results before it.
#include <coodie/mock/mock_rows.hpp>
#include <coodie/model/document_base.hpp>
#include <coodie/query/row_decoder.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

struct Place {
    std::string street;
    std::int32_t zip = 0;
    bool operator==(const Place&) const = default;
    static constexpr auto schema() { return coodie::user_type("place"); }
};

namespace {

using coodie::DataType;
using coodie::MockColumn;
using coodie::MockRows;
using coodie::Result;
using coodie::TypeId;
using coodie::query::RowDecoder;

struct Pair : coodie::DocumentBase<Pair> {
    std::int32_t a = -1;
    std::int32_t b = -1;
    static constexpr auto schema() { return coodie::table("pairs").partition_key<&Pair::a>(); }
};
// Many models with their fields in two orders: more than a thread has places for.
template <int Number>
struct Straight : coodie::DocumentBase<Straight<Number>> {
    std::int32_t a = -1;
    std::int32_t b = -1;
    static constexpr auto schema() { return coodie::table("straight").partition_key<&Straight::a>(); }
};
template <int Number>
struct Crossed : coodie::DocumentBase<Crossed<Number>> {
    std::int32_t b = -1;
    std::int32_t a = -1;
    static constexpr auto schema() { return coodie::table("crossed").partition_key<&Crossed::a>(); }
};
struct House : coodie::DocumentBase<House> {
    std::int32_t id = 0;
    Place place;
    static constexpr auto schema() { return coodie::table("houses").partition_key<&House::id>(); }
};
// More columns than are remembered.
struct Wide : coodie::DocumentBase<Wide> {
    std::int32_t c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0;
    std::int32_t c10 = 0, c11 = 0, c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0;
    std::int32_t c20 = 0, c21 = 0, c22 = 0, c23 = 0, c24 = 0, c25 = 0, c26 = 0, c27 = 0, c28 = 0, c29 = 0;
    std::int32_t c30 = 0, c31 = 0, c32 = 0, c33 = 0, c34 = 0;
    static constexpr auto schema() { return coodie::table("wide").partition_key<&Wide::c0>(); }
};
constexpr std::size_t wide_columns = 35;

template <class T>
T first_row(const Result& result) {
    T document;
    RowDecoder decoder(coodie::model_info<T>(), result);
    EXPECT_TRUE(decoder.next(&document));
    EXPECT_FALSE(decoder.next(&document));
    return document;
}
Result a1_b2() { return MockRows({{"a", TypeId::int_}, {"b", TypeId::int_}}).row({1, 2}).result(); }
Result b2_a1() { return MockRows({{"b", TypeId::int_}, {"a", TypeId::int_}}).row({2, 1}).result(); }

template <class T>
void expect_1_and_2(const Result& result) {
    const T read = first_row<T>(result);
    EXPECT_EQ(read.a, 1);
    EXPECT_EQ(read.b, 2);
}

TEST(RowDecoder, ResultsOfOneModelWithTheirColumnsInTwoOrders) {
    const Result straight = a1_b2();
    const Result crossed = b2_a1();
    for (int round = 0; round < 5; ++round) {
        expect_1_and_2<Pair>(straight);
        expect_1_and_2<Pair>(crossed);
    }
}

template <int... Numbers>
void read_by_all(const Result& result, std::integer_sequence<int, Numbers...>) {
    (expect_1_and_2<Straight<Numbers>>(result), ...);
    (expect_1_and_2<Crossed<Numbers>>(result), ...);
}

TEST(RowDecoder, OneSetOfColumnsReadByManyModels) {
    const Result result = a1_b2();
    for (int round = 0; round < 3; ++round) read_by_all(result, std::make_integer_sequence<int, 12>());
}

// The allocator most likely gives the columns of a result the address of those that went before.
TEST(RowDecoder, ColumnsThatCameAndWentAreNotTakenForTheNext) {
    for (int round = 0; round < 50; ++round) {
        expect_1_and_2<Pair>(a1_b2());
        expect_1_and_2<Pair>(b2_a1());
    }
}

TEST(RowDecoder, ARowThatDoesNotFitIsNotReadAgain) {
    const Result result = MockRows({{"a", TypeId::int_}, {"b", TypeId::int_}})
                              .row({1, 2})
                              .row({nullptr, 4})
                              .row({5, 6})
                              .result();
    RowDecoder decoder(coodie::model_info<Pair>(), result);
    Pair read;
    ASSERT_TRUE(decoder.next(&read));
    EXPECT_THROW(decoder.next(&read), coodie::ValidationError);
    ASSERT_TRUE(decoder.next(&read));
    EXPECT_EQ(read.a, 5);
    EXPECT_EQ(read.b, 6);
    EXPECT_FALSE(decoder.next(&read));
}

TEST(RowDecoder, TellsWhatWasLoadedEachTime) {
    const Result other_name =
        MockRows({{"zzz", TypeId::int_}, {"b", TypeId::int_}}).row({1, 2}).row({3, 4}).result();
    const Result both = a1_b2();
    for (int round = 0; round < 3; ++round) {
        RowDecoder some(coodie::model_info<Pair>(), other_name);
        EXPECT_EQ(some.loaded().to_ulong(), 0b10U);
        Pair read;
        for (const int b : {2, 4}) {
            ASSERT_TRUE(some.next(&read));
            EXPECT_EQ(read.a, -1) << "a column that the model lacks";
            EXPECT_EQ(read.b, b);
        }
        EXPECT_EQ(RowDecoder(coodie::model_info<Pair>(), both).loaded().to_ulong(), 0b11U);
    }
}

// Semantics rule 7: as often as the result is read.
TEST(RowDecoder, UserTypesAreRearrangedEachTime) {
    const DataType own = coodie::model_info<House>().find("place")->type();
    const DataType other =
        DataType::udt("ks", "place", {"zip", "extra", "street"}, {TypeId::int_, TypeId::text, TypeId::text})
            .frozen();
    const Result same = MockRows(std::vector<MockColumn>{{"id", TypeId::int_}, {"place", own}})
                            .row_of_literals({"1", "{street: 'x', zip: 5}"})
                            .result();
    const Result moved = MockRows(std::vector<MockColumn>{{"id", TypeId::int_}, {"place", other}})
                             .row_of_literals({"1", "{zip: 5, extra: 'e', street: 'x'}"})
                             .result();
    const Place expected{"x", 5};
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(first_row<House>(moved).place, expected);
        EXPECT_EQ(first_row<House>(moved).place, expected);
        EXPECT_EQ(first_row<House>(same).place, expected);
    }
}

// Column i has the value `first` + i. Backward: the last column comes first.
Result wide_result(std::size_t columns, int first, bool backward) {
    std::vector<MockColumn> specs;
    std::vector<std::string> values;
    for (std::size_t at = 0; at < columns; ++at) {
        const std::size_t i = backward ? columns - 1 - at : at;
        specs.emplace_back("c" + std::to_string(i), TypeId::int_);
        values.push_back(std::to_string(first + static_cast<int>(i)));
    }
    MockRows rows(std::move(specs));
    return rows.row_of_literals({values.begin(), values.end()}).result();
}

TEST(RowDecoder, MoreColumnsThanAreRemembered) {
    for (const std::size_t columns : {std::size_t{32}, std::size_t{33}, wide_columns}) {
        const Result forward = wide_result(columns, 100, false);
        const Result backward = wide_result(columns, 200, true);
        for (int round = 0; round < 3; ++round)
            for (const auto& [result, first] : {std::pair(&forward, 100), std::pair(&backward, 200)}) {
                const Wide read = first_row<Wide>(*result);
                EXPECT_EQ(read.c0, first);
                EXPECT_EQ(read.c1, first + 1);
                EXPECT_EQ(read.c31, first + 31);
                EXPECT_EQ(read.c32, columns > 32 ? first + 32 : 0);
                EXPECT_EQ(read.c34, columns > 34 ? first + 34 : 0);
                EXPECT_EQ(RowDecoder(coodie::model_info<Wide>(), *result).loaded().count(), columns);
            }
    }
}

}  // namespace
