// SPDX-License-Identifier: Apache-2.0
#include "unit/model/wide_structs.hpp"

#include <coodie/model/document_base.hpp>
#include <coodie/types/types.hpp>

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;
using coodie::Cell;
using coodie::ColumnKind;
using coodie::model_info;
using coodie::Order;

struct Review : coodie::DocumentBase<Review> {
    coodie::uuid product_id{};
    std::int64_t created_at = 0;
    std::string author;
    std::optional<std::string> content;
    std::int32_t rating = 0;
    std::set<std::string> tags;
    coodie::frozen<std::vector<std::int32_t>> marks;
    bool class_ = false;
    std::string product_name;
    int cache = 0;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .keyspace("catalog")
            .partition_key<&Review::product_id>()
            .clustering_key<&Review::created_at>(coodie::desc)
            .clustering_key<&Review::author>()
            .index<&Review::rating>()
            .index<&Review::tags>("by_tag")
            .static_column<&Review::product_name>()
            .name<&Review::class_>("class")
            .ignore<&Review::cache>()
            .null_as_default<&Review::rating>()
            .default_ttl(24h)
            .option("compaction", "{'class': 'LeveledCompactionStrategy'}")
            .option("gc_grace_seconds", "3600")
            .comment("what people say")
            .connection("analytics")
            .consistency(coodie::Consistency::local_quorum)
            .skip_nulls();
    }
};
static_assert(coodie::model<Review>);
static_assert(coodie::Model<Review>);

/// A model is a constant.
static_assert(model_info<Review>().table == "reviews");
static_assert(coodie::column_count<Review> == 9);
static_assert(coodie::column_index<Review>("class") == 7);
static_assert(coodie::column_index<Review>("class_") == coodie::column_count<Review>);
static_assert(coodie::column_index<Review>("cache") == coodie::column_count<Review>);
static_assert(coodie::member_index<Review, &Review::class_>() == 7);
static_assert(coodie::member_index<Review, &Review::cache>() == coodie::column_count<Review>);
static_assert(std::is_same_v<coodie::field_type<Review, 3>, std::optional<std::string>>);
static_assert(std::is_same_v<coodie::field_type<Review, 8>, std::string>);
static_assert(coodie::column_info<Review, 1>().kind == ColumnKind::clustering);
static_assert(coodie::table_name<Review>() == "reviews");
static_assert(coodie::keyspace_name<Review>() == "catalog");

TEST(ModelInfo, HoldsWhatTheSchemaSaysOfTheTable) {
    const coodie::ModelInfo& info = model_info<Review>();
    EXPECT_EQ(info.type_name, "Review");
    EXPECT_EQ(info.keyspace, "catalog");
    EXPECT_EQ(info.connection, "analytics");
    EXPECT_EQ(info.comment, "what people say");
    EXPECT_EQ(info.default_ttl, 86400);
    EXPECT_EQ(info.consistency, coodie::Consistency::local_quorum);
    EXPECT_TRUE(info.skip_nulls);
    EXPECT_FALSE(info.counter_table);
    EXPECT_FALSE(info.abstract);
    ASSERT_EQ(info.options.size(), 2U);
    EXPECT_EQ(info.options[0].name, "compaction");
    EXPECT_EQ(info.options[0].value, "{'class': 'LeveledCompactionStrategy'}");
    EXPECT_EQ(info.options[1].name, "gc_grace_seconds");
    EXPECT_EQ(&model_info<Review>(), &model_info<const Review>());
}

TEST(ModelInfo, ColumnsAreTheFieldsInOrderWithoutTheIgnoredOnes) {
    std::vector<std::string> columns;
    for (const coodie::ColumnInfo& column : coodie::columns<Review>())
        columns.push_back(std::string(column.name) + " " + std::string(column.cql_type));
    EXPECT_EQ(columns,
              (std::vector<std::string>{"product_id uuid", "created_at bigint", "author text", "content text",
                                        "rating int", "tags set<text>", "marks frozen<list<int>>",
                                        "class boolean", "product_name text"}));
    for (const coodie::ColumnInfo& column : coodie::columns<Review>())
        EXPECT_EQ(column.type().to_string(), column.cql_type) << column.name;
}

TEST(ModelInfo, ColumnsKnowTheirPlaceInTheTable) {
    const coodie::ModelInfo& info = model_info<Review>();
    EXPECT_EQ(info.find("product_id")->kind, ColumnKind::partition_key);
    EXPECT_EQ(info.find("created_at")->kind, ColumnKind::clustering);
    EXPECT_EQ(info.find("created_at")->order, Order::desc);
    EXPECT_EQ(info.find("created_at")->position, 0);
    EXPECT_EQ(info.find("author")->order, Order::asc);
    EXPECT_EQ(info.find("author")->position, 1);
    EXPECT_EQ(info.find("product_name")->kind, ColumnKind::static_);
    EXPECT_EQ(info.find("content")->kind, ColumnKind::regular);
    EXPECT_TRUE(info.find("rating")->indexed);
    EXPECT_EQ(info.find("rating")->index_name, "");
    EXPECT_EQ(info.find("tags")->index_name, "by_tag");
    EXPECT_FALSE(info.find("content")->indexed);
    EXPECT_EQ(info.find("class")->field, "class_");
    EXPECT_EQ(info.find("cache"), nullptr);
    ASSERT_EQ(info.partition_key.size(), 1U);
    EXPECT_EQ(info.partition_key[0], 0);
    EXPECT_EQ(std::vector<int>(info.clustering.begin(), info.clustering.end()), (std::vector<int>{1, 2}));
}

TEST(ModelInfo, ColumnsKnowWhatNullsAre) {
    const coodie::ModelInfo& info = model_info<Review>();
    EXPECT_TRUE(info.find("content")->nullable);
    EXPECT_TRUE(info.find("tags")->nullable);
    EXPECT_TRUE(info.find("rating")->nullable) << "null_as_default";
    EXPECT_FALSE(info.find("marks")->nullable) << "a frozen collection is one value";
    EXPECT_FALSE(info.find("author")->nullable);
    EXPECT_TRUE(info.find("tags")->multi_cell);
    EXPECT_FALSE(info.find("marks")->multi_cell);
    Review review;
    EXPECT_TRUE(info.find("content")->is_null(&review));
    EXPECT_TRUE(info.find("tags")->is_null(&review));
    EXPECT_FALSE(info.find("marks")->is_null(&review));
    EXPECT_FALSE(info.find("rating")->is_null(&review));
    review.tags = {"a"};
    EXPECT_FALSE(info.find("tags")->is_null(&review));
}

namespace {
coodie::Bytes encoded(const coodie::ColumnInfo& column, const void* document) {
    coodie::Bytes bytes;
    column.encode(document, bytes);
    return bytes;
}
Cell cell_of(const coodie::Bytes& bytes) {
    coodie::wire::ValueReader reader(bytes, "test");
    return reader.read();
}
/// What a save writes and a find reads.
template <class T>
T through_cells(const T& document) {
    T copy;
    for (const coodie::ColumnInfo& column : coodie::columns<T>()) {
        const coodie::Bytes bytes = encoded(column, &document);
        column.decode(&copy, cell_of(bytes));
    }
    return copy;
}
}  // namespace

TEST(ModelInfo, EncodesAndDecodesEachColumn) {
    Review review{.product_id = coodie::uuid::random(),
                  .created_at = -5,
                  .author = "ann",
                  .content = "fine",
                  .rating = 4,
                  .tags = {"x", "y"},
                  .marks = std::vector<std::int32_t>{1, 2},
                  .class_ = true,
                  .product_name = "tea",
                  .cache = 0};
    EXPECT_EQ(through_cells(review), review);
    const coodie::Bytes rating = encoded(*model_info<Review>().find("rating"), &review);
    EXPECT_EQ(rating, (coodie::Bytes{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{4}, std::byte{0},
                                     std::byte{0}, std::byte{0}, std::byte{4}}));
    const Review empty;
    EXPECT_EQ(through_cells(empty), empty);
    EXPECT_TRUE(cell_of(encoded(*model_info<Review>().find("content"), &empty)).is_null());
}

// semantics rule 8b
TEST(ModelInfo, NullInAFieldThatCannotHoldItIsAnError) {
    Review review{.author = "ann", .rating = 3};
    EXPECT_THROW(model_info<Review>().find("author")->decode(&review, Cell()), coodie::ValidationError);
    EXPECT_NO_THROW(model_info<Review>().find("content")->decode(&review, Cell()));
    model_info<Review>().find("rating")->decode(&review, Cell());
    EXPECT_EQ(review.rating, 0) << "null_as_default";
}

struct ProductView {
    std::string region;
    std::int32_t shop = 0;
    std::int32_t day = 0;
    std::int32_t hour = 0;
    coodie::counter views;

    static constexpr auto schema() {
        return coodie::table()
            .partition_key<&ProductView::shop, &ProductView::region>()
            .clustering_key<&ProductView::hour, &ProductView::day>(Order::desc);
    }
};
static_assert(coodie::model<ProductView>);

TEST(ModelInfo, ATableNameDefaultsToSnakeCase) {
    EXPECT_EQ(model_info<ProductView>().table, "product_view");
    EXPECT_EQ(model_info<ProductView>().keyspace, "");
    EXPECT_TRUE(model_info<ProductView>().counter_table);
}

TEST(ModelInfo, KeysAreInTheSchemasOrder) {
    const coodie::ModelInfo& info = model_info<ProductView>();
    EXPECT_EQ(std::vector<int>(info.partition_key.begin(), info.partition_key.end()),
              (std::vector<int>{1, 0}));
    EXPECT_EQ(std::vector<int>(info.clustering.begin(), info.clustering.end()), (std::vector<int>{3, 2}));
    EXPECT_EQ(info.find("shop")->position, 0);
    EXPECT_EQ(info.find("region")->position, 1);
    EXPECT_EQ(info.find("day")->position, 1);
    EXPECT_EQ(info.find("day")->order, Order::desc);
}

TEST(Document, PrimaryKeyIsATupleInKeyOrder) {
    const ProductView view{.region = "north", .shop = 7, .day = 2, .hour = 23, .views = {}};
    const auto key = coodie::primary_key(view);
    static_assert(std::is_same_v<decltype(key),
                                 const std::tuple<std::int32_t, std::string, std::int32_t, std::int32_t>>);
    EXPECT_EQ(key, std::tuple(7, "north", 23, 2));
}

TEST(Document, ForEachColumnGivesInfoAndField) {
    Review review{.author = "ann"};
    std::string seen;
    coodie::for_each_column(std::as_const(review), [&](const coodie::ColumnInfo& column, const auto& field) {
        if constexpr (std::is_same_v<decltype(field), const std::string&>)
            seen += std::string(column.name) + "=" + field + ";";
    });
    EXPECT_EQ(seen, "author=ann;product_name=;");
    coodie::for_each_column(review, [](const coodie::ColumnInfo&, auto& field) { field = {}; });
    EXPECT_EQ(review.author, "");
    coodie::field<2>(review) = "bob";
    EXPECT_EQ(review.author, "bob");
}

namespace {
struct Hidden : coodie::DocumentBase<Hidden> {
    std::int32_t id = 0;
    std::string text;
    static constexpr auto schema() { return coodie::table().partition_key<&Hidden::id>(); }
};
}  // namespace

TEST(ModelInfo, OfTypesWithoutLinkage) {
    struct LocalNote : coodie::DocumentBase<LocalNote> {
        std::int32_t id = 0;
        std::string text;
        static constexpr auto schema() {
            return coodie::table().partition_key<&LocalNote::id>().index<&LocalNote::text>();
        }
    };
    static_assert(coodie::model<LocalNote>);
    EXPECT_EQ(model_info<LocalNote>().table, "local_note");
    EXPECT_TRUE(model_info<LocalNote>().find("text")->indexed);
    const LocalNote note{.id = 3, .text = "x"};
    EXPECT_EQ(through_cells(note), note);
    EXPECT_EQ(model_info<Hidden>().table, "hidden");
    const Hidden hidden{.id = 3, .text = "x"};
    EXPECT_EQ(through_cells(hidden), hidden);
}

struct Wide : coodie::DocumentBase<Wide> {
    std::int32_t id = 0;
    std::string text;
    static constexpr auto schema() {
        return coodie::table("has \"quotes\"").partition_key<&Wide::id>().name<&Wide::text>("Töxt");
    }
};

TEST(ModelInfo, NamesMayBeAnyText) {
    EXPECT_EQ(model_info<Wide>().table, "has \"quotes\"");
    EXPECT_EQ(model_info<Wide>().columns[1].name, "Töxt");
}

struct WideModel : wide::Document128 {
    using coodie_base = wide::Document128;
    static constexpr auto schema() { return coodie::table().partition_key<&WideModel::f127>(); }
};

TEST(ModelInfo, OfTheWidestStruct) {
    const coodie::ModelInfo& info = model_info<WideModel>();
    ASSERT_EQ(info.columns.size(), 128U);
    EXPECT_EQ(info.columns[127].name, "f127");
    EXPECT_EQ(info.partition_key[0], 127);
    WideModel document;
    document.f64 = 5;
    EXPECT_EQ(through_cells(document).f64, 5);
}

// Inherited columns.

struct Audited {
    std::string created_by;
    std::optional<std::int64_t> changed_at;
};
/// What Document<T, Base> of the fronts is.
template <class T, class Base>
struct DocumentOver : Base, coodie::DocumentBase<T> {
    using coodie_base = Base;
};
struct Pet : coodie::DocumentBase<Pet> {
    std::int32_t id = 0;
    std::string name;
    std::int32_t age = 0;

    static constexpr auto schema() {
        return coodie::table("pets")
            .partition_key<&Pet::id>()
            .index<&Pet::name>()
            .name<&Pet::age>("years")
            .abstract();
    }
};
struct Cat : DocumentOver<Cat, Pet> {
    std::int32_t lives = 9;

    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
    static constexpr auto schema() { return coodie::table("cats").clustering_key<&Cat::lives>(); }
};
struct Dog : DocumentOver<Dog, Pet> {
    bool good = true;

    static constexpr auto coodie_fields() { return std::tuple{&Dog::good}; }
    static constexpr auto schema() { return coodie::table("dogs").partition_key<&Dog::name, &Dog::good>(); }
};
struct Order_ : DocumentOver<Order_, Audited> {
    std::int32_t number = 0;

    static constexpr auto coodie_fields() { return std::tuple{&Order_::number}; }
    static constexpr auto schema() { return coodie::table("orders").partition_key<&Order_::number>(); }
};
static_assert(coodie::model<Cat> && coodie::model<Dog> && coodie::model<Order_>);

TEST(InheritedColumns, ComeFirstWithWhatTheBasesSchemaSays) {
    const coodie::ModelInfo& info = model_info<Cat>();
    EXPECT_EQ(info.table, "cats");
    EXPECT_FALSE(info.abstract);
    ASSERT_EQ(info.columns.size(), 4U);
    EXPECT_EQ(info.columns[0].name, "id");
    EXPECT_EQ(info.columns[0].kind, ColumnKind::partition_key);
    EXPECT_TRUE(info.columns[1].indexed);
    EXPECT_EQ(info.columns[2].name, "years");
    EXPECT_EQ(info.columns[3].kind, ColumnKind::clustering);
    EXPECT_EQ(coodie::columns<Pet>().size(), 3U) << "an abstract model has no table, but columns";
}

TEST(InheritedColumns, OwnKeysReplaceInheritedOnes) {
    const coodie::ModelInfo& info = model_info<Dog>();
    EXPECT_EQ(info.find("id")->kind, ColumnKind::regular);
    EXPECT_EQ(std::vector<int>(info.partition_key.begin(), info.partition_key.end()),
              (std::vector<int>{1, 3}));
}

TEST(InheritedColumns, OfAPlainStruct) {
    Order_ order;
    order.created_by = "ann";
    order.changed_at = 5;
    order.number = 12;
    EXPECT_EQ(model_info<Order_>().columns[0].name, "created_by");
    EXPECT_EQ(through_cells(order), order);
    EXPECT_EQ(coodie::primary_key(order), std::tuple(12));
}

TEST(InheritedColumns, TakePartInComparison) {
    Cat a, b;
    EXPECT_EQ(a, b);
    b.name = "Tom";
    EXPECT_NE(a, b);
    a.name = "Tom";
    b.lives = 8;
    EXPECT_NE(a, b);
}
