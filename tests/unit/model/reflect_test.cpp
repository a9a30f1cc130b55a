// SPDX-License-Identifier: Apache-2.0
#include "unit/model/wide_structs.hpp"

#include <coodie/model/document_base.hpp>
#include <coodie/model/reflect.hpp>

#include <gtest/gtest.h>

#include <any>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

// Counting, names and references of fields. The counts are static_asserts; that names are right is seen at
// run time.
namespace reflect = coodie::reflect;

struct Plain {
    int a;
    double bb;
    std::string c_;
};
static_assert(reflect::field_count<Plain> == 3);

struct WithBase : coodie::DocumentBase<WithBase> {
    int a = 1;
    std::string second;
};
static_assert(reflect::field_count<WithBase> == 2);

struct One {
    char only;
};
static_assert(reflect::field_count<One> == 1);
struct OneWithBase : coodie::DocumentBase<OneWithBase> {
    char only;
};
static_assert(sizeof(OneWithBase) == 1);
static_assert(reflect::field_count<OneWithBase> == 1);

struct NoDefault {
    NoDefault() = delete;
    explicit NoDefault(int v) : value(v) {}
    int value;
};
/// T{} is invalid, so are all shorter lists than the full one.
struct LastHasNoDefault : coodie::DocumentBase<LastHasNoDefault> {
    int a;
    std::string b;
    NoDefault c;
};
static_assert(reflect::field_count<LastHasNoDefault> == 3);
struct FirstHasNoDefault {
    NoDefault a;
    int b;
};
static_assert(reflect::field_count<FirstHasNoDefault> == 2);
/// T{} is valid, T{{}} is not.
struct DefaultedByInitializer {
    NoDefault a = NoDefault(3);
    std::string b;
    NoDefault c = NoDefault(4);
};
static_assert(reflect::field_count<DefaultedByInitializer> == 3);
struct ExplicitDefault {
    explicit ExplicitDefault() = default;
};
struct HasExplicitDefault {
    ExplicitDefault a;
    int b;
    ExplicitDefault c;
};
static_assert(reflect::field_count<HasExplicitDefault> == 3);

struct TakesAnything {
    TakesAnything() = default;
    template <class T>
    TakesAnything(T&&) {}
};
struct Greedy {
    TakesAnything first;
    std::any second;
    int third;
};
static_assert(reflect::field_count<Greedy> == 3);
struct GreedyWithBase : coodie::DocumentBase<GreedyWithBase> {
    TakesAnything first;
    int second;
};
static_assert(reflect::field_count<GreedyWithBase> == 2);

struct Inner {
    int x, y;
    bool operator==(const Inner&) const = default;
};
struct Nested : coodie::DocumentBase<Nested> {
    Inner first;
    std::optional<Inner> second;
    std::vector<Inner> third;
    std::array<Inner, 2> fourth;
    Inner fifth;
};
static_assert(reflect::field_count<Nested> == 5);

struct Library {
    std::array<int, 3> a;
    std::tuple<int, std::string> b;
    std::variant<int, std::string> c;
    std::chrono::sys_time<std::chrono::milliseconds> d;
    std::chrono::year_month_day e;
    std::optional<std::map<std::string, std::vector<int>>> f;
    std::set<std::string> g;
    std::pair<int, int> h;
    bool i;
};
static_assert(reflect::field_count<Library> == 9);

/// A C array counts as one field (and is refused by name later).
struct Arrays {
    int a[4];
    int b;
    char c[2][2];
};
static_assert(reflect::field_count<Arrays> == 3);
static_assert(std::is_same_v<reflect::FieldAt<Arrays, 0>, int[4]>);

static_assert(reflect::field_count<wide::Fields64> == 64);
static_assert(reflect::field_count<wide::Fields127> == 127);
static_assert(reflect::field_count<wide::Fields128> == 128);
static_assert(reflect::field_count<wide::Document128> == 128);
static_assert(reflect::Shape<wide::Fields129>::own_fields > 128);
static_assert(!reflect::is_bindable<wide::Fields129>());
/// More than 128 fields are listed by the struct itself.
static_assert(reflect::field_count<wide::Listed130> == 130);

struct Audit {
    std::string created_by;
    std::int64_t created_at = 0;
};
template <class T, class Base>
struct Inherits : Base, coodie::DocumentBase<T> {
    using coodie_base = Base;
};
struct Account : Inherits<Account, Audit> {
    std::string owner;
    static constexpr auto coodie_fields() { return std::tuple{&Account::owner}; }
};
static_assert(reflect::field_count<Account> == 3);
struct Saving : Account {
    using coodie_base = Account;
    double interest = 0;
    static constexpr auto coodie_fields() { return std::tuple{&Saving::interest}; }
};
static_assert(reflect::field_count<Saving> == 4);
/// Nothing of its own: no list needed (the inherited one is its base's).
struct Checking : Account {
    using coodie_base = Account;
};
static_assert(reflect::field_count<Checking> == 3);
/// A structured binding cannot span it, and it has no list.
struct Unlisted : Audit {
    int more;
};
static_assert(!reflect::is_bindable<Unlisted>());

namespace {
struct Anonymous : coodie::DocumentBase<Anonymous> {
    int first = 0;
    std::string second;
    std::optional<Inner> third;
};

template <class T>
std::vector<std::string> names() {
    return {reflect::field_names<T>.begin(), reflect::field_names<T>.end()};
}
using Texts = std::vector<std::string>;
}  // namespace

template <class T>
struct Generic {
    T payload;
    int version_2;
};

TEST(FieldNames, AreTheMembers) {
    EXPECT_EQ(names<Plain>(), (Texts{"a", "bb", "c_"}));
    EXPECT_EQ(names<WithBase>(), (Texts{"a", "second"}));
    EXPECT_EQ(names<OneWithBase>(), Texts{"only"});
    EXPECT_EQ(names<LastHasNoDefault>(), (Texts{"a", "b", "c"}));
    EXPECT_EQ(names<Greedy>(), (Texts{"first", "second", "third"}));
    EXPECT_EQ(names<Nested>(), (Texts{"first", "second", "third", "fourth", "fifth"}));
    EXPECT_EQ(names<Library>(), (Texts{"a", "b", "c", "d", "e", "f", "g", "h", "i"}));
    EXPECT_EQ(names<Arrays>(), (Texts{"a", "b", "c"}));
    EXPECT_EQ((names<Generic<std::map<int, std::vector<std::string>>>>()), (Texts{"payload", "version_2"}));
}

TEST(FieldNames, OfTypesWithoutLinkage) {
    struct Local {
        int lo;
        std::string cal;
    };
    struct LocalDocument : coodie::DocumentBase<LocalDocument> {
        std::optional<Local> inner;
        Local other;
    };
    EXPECT_EQ(names<Anonymous>(), (Texts{"first", "second", "third"}));
    EXPECT_EQ(names<Local>(), (Texts{"lo", "cal"}));
    EXPECT_EQ(names<LocalDocument>(), (Texts{"inner", "other"}));
    EXPECT_EQ(reflect::class_text<LocalDocument>().view(), "LocalDocument");
    EXPECT_EQ(reflect::class_text<Anonymous>().view(), "Anonymous");
    const auto lambda = [] {
        struct Deep {
            int down;
        };
        return names<Deep>();
    };
    EXPECT_EQ(lambda(), Texts{"down"});
}

TEST(FieldNames, OfWideStructs) {
    EXPECT_EQ(names<wide::Fields128>()[0], "f0");
    EXPECT_EQ(names<wide::Fields128>()[127], "f127");
    EXPECT_EQ(names<wide::Document128>()[99], "f99");
    EXPECT_EQ(names<wide::Listed130>()[129], "f129");
}

TEST(FieldNames, OfInheritedFieldsComeFirst) {
    EXPECT_EQ(names<Account>(), (Texts{"created_by", "created_at", "owner"}));
    EXPECT_EQ(names<Saving>(), (Texts{"created_by", "created_at", "owner", "interest"}));
    EXPECT_EQ(names<Checking>(), (Texts{"created_by", "created_at", "owner"}));
}

TEST(FieldReferences, ReadAndWrite) {
    Plain plain{1, 2.5, "x"};
    const auto fields = reflect::refs(plain);
    EXPECT_EQ(&reflect::ref_at<2>(fields), &plain.c_);
    reflect::ref_at<0>(fields) = 7;
    EXPECT_EQ(plain.a, 7);
    const Plain& constant = plain;
    static_assert(std::is_same_v<decltype(reflect::ref_at<1>(reflect::refs(constant))), const double&>);
}

TEST(FieldReferences, OfInheritedFields) {
    Saving saving;
    const auto fields = reflect::refs(saving);
    reflect::ref_at<0>(fields) = "ann";
    reflect::ref_at<3>(fields) = 1.5;
    EXPECT_EQ(saving.created_by, "ann");
    EXPECT_EQ(&reflect::ref_at<2>(fields), &saving.owner);
    EXPECT_EQ(saving.interest, 1.5);
}

TEST(FieldReferences, OfWideStructs) {
    wide::Document128 document;
    reflect::ref_at<127>(reflect::refs(document)) = 5;
    EXPECT_EQ(document.f127, 5);
}

struct HTTPRequestLog {
    int x;
};
struct Review2 {
    int x;
};
struct X {
    int x;
};
struct already_snake {
    int x;
};
struct Mixed_Case {
    int x;
};

TEST(SnakeCase, OfClassNames) {
    EXPECT_EQ(reflect::snake_text<HTTPRequestLog>.view(), "http_request_log");
    EXPECT_EQ(reflect::snake_text<Review2>.view(), "review2");
    EXPECT_EQ(reflect::snake_text<X>.view(), "x");
    EXPECT_EQ(reflect::snake_text<already_snake>.view(), "already_snake");
    EXPECT_EQ(reflect::snake_text<Mixed_Case>.view(), "mixed_case");
    EXPECT_EQ((reflect::snake_text<Generic<std::vector<Plain>>>.view()), "generic");
}
