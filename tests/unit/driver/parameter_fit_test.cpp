// SPDX-License-Identifier: Apache-2.0
// What a driver does with values whose UDTs the database has otherwise (semantics rule 7).
#include <coodie/driver/parameter_fit.hpp>

#include <coodie/codec/wire.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace {

using coodie::BoundValues;
using coodie::ColumnSpecs;
using coodie::DataType;
using coodie::Error;
using coodie::ParameterFit;
using coodie::StatementText;
using coodie::TypeId;

DataType point(std::vector<std::string> fields) {
    std::vector<DataType> types(fields.size(), TypeId::ascii);
    return DataType::udt("", "point", std::move(fields), std::move(types)).frozen();
}
StatementText text(DataType type) {
    return StatementText("INSERT", coodie::StatementKind::insert,
                         {TypeId::int_, std::move(type), TypeId::int_});
}
ColumnSpecs parameters(DataType type) {
    return {
        {"ks", "t", "id", TypeId::int_}, {"ks", "t", "at", std::move(type)}, {"ks", "t", "n", TypeId::int_}};
}
coodie::BytesView bytes(std::string_view content) { return coodie::wire::as_bytes(content); }

constexpr std::string_view x_then_y("\0\0\0\1x\0\0\0\1y", 10);
constexpr std::string_view y_then_x("\0\0\0\1y\0\0\0\1x", 10);

BoundValues values(std::string_view at) {
    BoundValues bound;
    bound.add_null();
    bound.add(bytes(at));
    bound.add_unset();
    return bound;
}
std::string fitted(const ParameterFit& fit, const StatementText& of, const ColumnSpecs& specs,
                   std::string_view at) {
    const auto made = fit.fit(of, values(at), specs);
    if (const Error* error = std::get_if<Error>(&made)) return error->message();
    const BoundValues& bound = std::get<BoundValues>(made);
    EXPECT_EQ(bound.count(), 3);
    return std::string(coodie::wire::as_text(bound.bytes()));
}
std::string expected(std::string_view at) { return std::string(coodie::wire::as_text(values(at).bytes())); }

TEST(ParameterFit, EqualTypesAndTypesWithoutFieldsFit) {
    const StatementText same = text(point({"x", "y"}));
    EXPECT_TRUE(ParameterFit(same, parameters(point({"x", "y"}))).fits(same));
    EXPECT_TRUE(ParameterFit(same, parameters(point({"x", "y", "z"}))).fits(same)) << "missing ones are null";
    const StatementText plain("SELECT", coodie::StatementKind::select, {TypeId::int_});
    EXPECT_TRUE(ParameterFit(plain, {{"ks", "t", "id", TypeId::int_}}).fits(plain));
    EXPECT_TRUE(ParameterFit().fits(plain));
    const StatementText untyped("SELECT");
    EXPECT_TRUE(ParameterFit(untyped, parameters(point({"x", "y"}))).fits(untyped));
}

TEST(ParameterFit, RearrangesTheOneThatDiffers) {
    const StatementText mine = text(point({"x", "y"}));
    const ColumnSpecs theirs = parameters(point({"y", "x"}));
    const ParameterFit fit(mine, theirs);
    ASSERT_FALSE(fit.fits(mine));
    EXPECT_EQ(fitted(fit, mine, theirs, x_then_y), expected(y_then_x));
}

TEST(ParameterFit, AnotherTextWithTheSameCqlHasTypesOfItsOwn) {
    const StatementText mine = text(point({"y", "x"}));
    const StatementText other = text(point({"x", "y"}));
    const ColumnSpecs theirs = parameters(point({"y", "x"}));
    const ParameterFit fit(mine, theirs);
    EXPECT_TRUE(fit.fits(mine));
    ASSERT_FALSE(fit.fits(other));
    EXPECT_EQ(fitted(fit, other, theirs, x_then_y), expected(y_then_x));
}

TEST(ParameterFit, NamesTheParameterWithAFieldTooMuch) {
    const StatementText mine = text(point({"x", "y", "z"}));
    const ColumnSpecs theirs = parameters(point({"x", "y"}));
    const ParameterFit fit(mine, theirs);
    ASSERT_FALSE(fit.fits(mine));
    EXPECT_EQ(fitted(fit, mine, theirs, x_then_y),
              "the value for at: the user type point of the database has no field z, which the value has; "
              "sync_type or sync_table adds it");
    BoundValues null;
    for (int i = 0; i < 3; ++i) null.add_null();
    EXPECT_TRUE(std::holds_alternative<BoundValues>(fit.fit(mine, null, theirs))) << "null has no fields";
}

}  // namespace
