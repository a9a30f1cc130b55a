// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync.hpp>

#include <gtest/gtest.h>

#include <string>
#include <tuple>

// Models over the real base class of the blocking front: reflection sees through it.
struct Animal : coodie::sync::Document<Animal> {
    std::int32_t id = 0;
    std::string name;
    static constexpr auto schema() { return coodie::table("animals").partition_key<&Animal::id>(); }
};
struct Cow : coodie::sync::Document<Cow, Animal> {
    std::int32_t liters = 20;
    static constexpr auto coodie_fields() { return std::tuple{&Cow::liters}; }
    static constexpr auto schema() { return coodie::table("cows"); }
};
struct Calf : coodie::sync::Document<Calf, Cow> {
    bool drinks = true;
    static constexpr auto coodie_fields() { return std::tuple{&Calf::drinks}; }
    static constexpr auto schema() { return coodie::table("calves"); }
};
struct Stamp {
    std::string by;
};
struct Farm : coodie::sync::Document<Farm, Stamp> {
    std::int32_t number = 0;
    static constexpr auto coodie_fields() { return std::tuple{&Farm::number}; }
    static constexpr auto schema() { return coodie::table().partition_key<&Farm::number>(); }
};
/// Fields named as operations hide them; the library never needs the members.
struct Names : coodie::sync::Document<Names> {
    std::int32_t count = 0;
    std::int32_t update = 0;
    std::int32_t save = 0;
    static constexpr auto schema() { return coodie::table().partition_key<&Names::count>(); }
};
static_assert(coodie::model<Animal> && coodie::model<Cow> && coodie::model<Calf>);
static_assert(coodie::model<Farm> && coodie::model<Names>);
static_assert(coodie::column_count<Calf> == 4);

TEST(Document, InheritsThroughTheFrontsBase) {
    Calf calf;
    calf.id = 3;
    calf.name = "Emma";
    EXPECT_EQ(coodie::to_string(calf), "Calf{id: 3, name: 'Emma', liters: 20, drinks: true}");
    EXPECT_EQ(coodie::primary_key(calf), std::tuple(3));
    Calf other = calf;
    EXPECT_EQ(calf, other);
    other.id = 4;
    EXPECT_NE(calf, other);
}

TEST(Document, InheritsAPlainStruct) {
    Farm farm;
    farm.by = "ann";
    EXPECT_EQ(coodie::to_string(farm), "Farm{by: 'ann', number: 0}");
}

TEST(Document, FieldsMayBeNamedAsOperations) {
    const Names names{.count = 1, .update = 2, .save = 3};
    EXPECT_EQ(coodie::to_string(names), "Names{count: 1, update: 2, save: 3}");
}
