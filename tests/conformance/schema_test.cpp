// SPDX-License-Identifier: Apache-2.0
// Schema: rules 28 to 31 of semantics.md; what the fronts do with keyspaces and tables.
#include "models.hpp"

namespace conformance {
namespace {

namespace v1 {
struct Product : front::Document<Product> {
    std::string id;
    std::int32_t at = 0;
    std::optional<std::string> name;
    static constexpr auto schema() {
        return coodie::table("products")
            .partition_key<&Product::id>()
            .clustering_key<&Product::at>(coodie::desc)
            .option("compaction", "{'class': 'LeveledCompactionStrategy', 'sstable_size_in_mb': '200'}")
            .option("gc_grace_seconds", "3600")
            .comment("it's \"quoted\"")
            .default_ttl(1000s);
    }
};
}  // namespace v1
namespace v2 {
struct Product : front::Document<Product> {
    std::string id;
    std::int32_t at = 0;
    std::optional<std::string> name;
    std::optional<std::int32_t> price;
    std::optional<std::string> shop;
    static constexpr auto schema() {
        return coodie::table("products")
            .partition_key<&Product::id>()
            .clustering_key<&Product::at>(coodie::desc)
            .static_column<&Product::shop>()
            .index<&Product::price>();
    }
};
}  // namespace v2
namespace other_type {
struct Product : front::Document<Product> {
    std::string id;
    std::int32_t at = 0;
    std::optional<std::int32_t> name;
    static constexpr auto schema() {
        return coodie::table("products")
            .partition_key<&Product::id>()
            .clustering_key<&Product::at>(coodie::desc);
    }
};
}  // namespace other_type
namespace other_key {
struct Product : front::Document<Product> {
    std::string id;
    std::int32_t at = 0;
    std::optional<std::string> name;
    static constexpr auto schema() {
        return coodie::table("products").partition_key<&Product::id, &Product::at>();
    }
};
}  // namespace other_key

CASE(Schema, Rule28TheSecondPlanIsEmpty) {
    WAIT(front::drop_table<v1::Product>());
    EXPECT_FALSE(WAIT(front::sync_table<v1::Product>({.dry_run = true})).empty());
    EXPECT_FALSE(WAIT(front::sync_table<v1::Product>()).empty());
    const auto second = WAIT(front::sync_table<v1::Product>());
    EXPECT_TRUE(second.empty()) << *second.begin();
}

CASE(Schema, Rule28NamesAreCaseSensitive) {
    raw("CREATE TABLE \"Mixed\" (id text PRIMARY KEY)");
    raw("CREATE TABLE mixed (id text PRIMARY KEY)");
    raw("INSERT INTO \"Mixed\" (id) VALUES ('upper')");
    EXPECT_EQ(value_of<std::int64_t>("SELECT COUNT(*) FROM mixed"), 0);
    EXPECT_EQ(code_of([] { raw("CREATE TABLE mixed (id text PRIMARY KEY)"); }),
              coodie::server_code::already_exists);
}

CASE(Schema, Rule29WhatIsNewIsAdded) {
    WAIT(front::drop_table<v1::Product>());
    (void)WAIT(front::sync_table<v1::Product>());
    const v1::Product old{.id = "r29", .at = 1, .name = "n"};
    WAIT(front::save(old));
    (void)WAIT(front::sync_table<v2::Product>());
    EXPECT_TRUE(WAIT(front::sync_table<v2::Product>()).empty());
    v2::Product read = WAIT(front::get<v2::Product>("id"_c == "r29"));
    EXPECT_EQ(read.name, "n");
    EXPECT_EQ(read.price, std::nullopt);
    WAIT(front::find<v2::Product>("id"_c == "r29").update("shop"_c = "here"));
    const v2::Product another{.id = "r29", .at = 2, .shop = "here"};
    WAIT(front::save(another, {.nulls = coodie::Nulls::skip}));
    for (const v2::Product& product : WAIT(front::find<v2::Product>("id"_c == "r29").all()))
        EXPECT_EQ(product.shop, "here") << "added as STATIC";
    EXPECT_EQ(
        value_of<std::string>(
            "SELECT kind FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'products' "
            "AND column_name = 'shop'",
            Database::the().keyspace()),
        "static");
}

CASE(Schema, Rule29AChangedTypeOrKeyIsRefused) {
    WAIT(front::drop_table<v1::Product>());
    (void)WAIT(front::sync_table<v1::Product>());
    const std::string type =
        message_of<coodie::MigrationError>([] { (void)WAIT(front::sync_table<other_type::Product>()); });
    EXPECT_NE(type.find("name"), std::string::npos) << type;
    EXPECT_THROW((void)WAIT(front::sync_table<other_key::Product>()), coodie::MigrationError);
}

CASE(Schema, Rule29ADroppedColumnOfAnotherType) {
    WAIT(front::drop_table<v1::Product>());
    (void)WAIT(front::sync_table<v1::Product>());
    raw("ALTER TABLE products DROP name");
    const std::string text =
        message_of<coodie::MigrationError>([] { (void)WAIT(front::sync_table<other_type::Product>()); });
    EXPECT_NE(text.find("name"), std::string::npos) << text;
    EXPECT_FALSE(WAIT(front::sync_table<v1::Product>()).empty()) << "the same type comes back";
}

struct Leaf {
    std::optional<std::int32_t> value;
    static constexpr auto schema() { return coodie::user_type("leaf"); }
};
struct Branch {
    std::vector<Leaf> leaves;
    static constexpr auto schema() { return coodie::user_type("branch"); }
};
struct Tree : front::Document<Tree> {
    std::string id;
    std::map<std::string, Branch> branches;
    std::optional<Leaf> leaf;
    static constexpr auto schema() { return coodie::table("trees").partition_key<&Tree::id>(); }
};
namespace grown {
struct Leaf {
    std::optional<std::int32_t> value;
    std::optional<std::string> color;
    static constexpr auto schema() { return coodie::user_type("leaf"); }
};
}  // namespace grown

CASE(Schema, Rule30TypesComeBeforeTheTablesThatUseThem) {
    const auto plan = WAIT(front::sync_table<Tree>());
    ASSERT_EQ(plan.statements().size(), 3U);
    EXPECT_NE(plan.statements()[0].find("\"leaf\""), std::string::npos);
    EXPECT_NE(plan.statements()[1].find("\"branch\""), std::string::npos);
    EXPECT_TRUE(WAIT(front::sync_table<Tree>()).empty());
    const Tree tree{.id = "r30", .branches = {{"low", Branch{.leaves = {Leaf{.value = 1}, Leaf{}}}}}};
    WAIT(front::save(tree));
    EXPECT_EQ(WAIT(front::get<Tree>("id"_c == "r30")).branches.at("low").leaves.size(), 2U);
    EXPECT_EQ(WAIT(front::sync_type<grown::Leaf>()).statements().size(), 1U) << "altered";
    EXPECT_EQ(WAIT(front::get<Tree>("id"_c == "r30")).branches.at("low").leaves[0].value, 1);
    EXPECT_EQ(code_of([] { raw("DROP TYPE leaf"); }), coodie::server_code::invalid) << "in use";
    WAIT(front::drop_table<Tree>());
    EXPECT_EQ(code_of([] { raw("DROP TYPE leaf"); }), coodie::server_code::invalid) << "in use by branch";
    raw("DROP TYPE branch");
    raw("DROP TYPE leaf");
}

CASE(Schema, Rule31CreateDropCreate) {
    for (int round = 0; round < 3; ++round) {
        (void)WAIT(front::sync_table<v2::Product>());
        const v2::Product product{.id = "r31", .price = round};
        WAIT(front::save(product));
        EXPECT_EQ(WAIT(front::find<v2::Product>().count()), 1) << "an empty table each time";
        WAIT(front::drop_table<v2::Product>());
    }
    EXPECT_EQ(code_of([] { WAIT(front::drop_table<v2::Product>({.must_exist = true})); }),
              coodie::server_code::invalid);
}

CASE(Schema, Keyspaces) {
    const std::string name = Database::the().keyspace() + "_b";
    WAIT(front::create_keyspace(name, {.replication_factor = 1, .durable_writes = false}));
    WAIT(front::create_keyspace(name));
    EXPECT_EQ(code_of([&] { WAIT(front::create_keyspace(name, {.must_be_new = true})); }),
              coodie::server_code::already_exists);
    EXPECT_EQ(
        value_of<bool>("SELECT durable_writes FROM system_schema.keyspaces WHERE keyspace_name = ?", name),
        false);
    WAIT(front::alter_keyspace(name, {.replication_factor = 1, .durable_writes = true}));
    EXPECT_EQ(
        value_of<bool>("SELECT durable_writes FROM system_schema.keyspaces WHERE keyspace_name = ?", name),
        true);
    WAIT(front::alter_keyspace(name, coodie::replication().datacenter("datacenter1", 1)));

    (void)WAIT(front::sync_table<Item>({.keyspace = name}));
    need_table<Item>();
    const Item there{.id = "there", .value = 1};
    WAIT(front::save(there, {.keyspace = name}));
    EXPECT_FALSE(WAIT(front::find_one<Item>("id"_c == "there")));
    EXPECT_EQ(WAIT(front::find<Item>("id"_c == "there").in_keyspace(name).get()), there);
    WAIT(front::truncate<Item>({.keyspace = name}));
    EXPECT_EQ(WAIT(front::find<Item>().in_keyspace(name).count()), 0);
    WAIT(front::drop_table<Item>({.keyspace = name}));
    WAIT(front::drop_keyspace(name, true));
    WAIT(front::drop_keyspace(name));
    EXPECT_NE(code_of([&] { WAIT(front::drop_keyspace(name, true)); }), 0);
}

}  // namespace
}  // namespace conformance
