// SPDX-License-Identifier: Apache-2.0
// Values: rules 1 to 8b of semantics.md.
#include "models.hpp"

#include <algorithm>
#include <compare>
#include <limits>
#include <map>
#include <tuple>

namespace conformance {
namespace {

/// One statement made by hand, down to the driver: what the fronts refuse before.
coodie::Outcome execute(std::string cql, coodie::BoundValues values) {
    return coodie::get_driver()->execute(
        coodie::Statement(coodie::StatementText(std::move(cql)), std::move(values)));
}
coodie::Bytes bytes_of(std::string_view text) {
    const auto* at = reinterpret_cast<const std::byte*>(text.data());
    return {at, at + text.size()};
}

CASE(Values, Rule1UnsetLeavesNullRemovesEmptyStays) {
    need_table<Item>();
    const Item full{.id = "r1", .value = 1, .text = "old"};
    WAIT(front::save(full));
    const Item sparse{.id = "r1", .value = 2};
    WAIT(front::save(sparse, {.nulls = coodie::Nulls::skip}));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r1")).text, "old") << "unset";
    WAIT(front::save(sparse));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r1")).text, std::nullopt) << "null";
    const Item empty{.id = "r1", .value = 2, .text = ""};
    WAIT(front::save(empty));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r1")).text, "") << "zero length";
}

CASE(Values, Rule1ZeroLengthOfAFixedSizeTypeReadsAsNullopt) {
    need_table<Item>();
    raw("INSERT INTO items (id, value) VALUES ('r1-zero', blobAsInt(0x))");
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r1-zero")).value, std::nullopt);
    need_table<Note>();
    raw("INSERT INTO notes (id, at, rating) VALUES ('r1-zero', 1, blobAsInt(0x))");
    const std::string text =
        message_of<coodie::ValidationError>([] { (void)WAIT(front::get<Note>("id"_c == "r1-zero")); });
    EXPECT_NE(text.find("rating"), std::string::npos) << text;
}

CASE(Values, Rule1UnsetAtTheDriver) {
    need_table<Item>();
    const Item full{.id = "r1-unset", .value = 1, .text = "old"};
    WAIT(front::save(full));
    coodie::BoundValues values;
    values.add(bytes_of("r1-unset"));
    values.add_unset();
    const coodie::Outcome outcome = execute("INSERT INTO items (id, text) VALUES (?, ?)", values);
    ASSERT_TRUE(std::holds_alternative<coodie::Result>(outcome));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r1-unset")), full);
}

CASE(Values, Rule2UnsetInAKeyIsRefused) {
    need_table<Item>();
    coodie::BoundValues values;
    values.add_unset();
    for (const char* cql : {"INSERT INTO items (id) VALUES (?)", "SELECT value FROM items WHERE id = ?",
                            "DELETE FROM items WHERE id = ?"}) {
        const coodie::Outcome outcome = execute(cql, values);
        ASSERT_TRUE(std::holds_alternative<coodie::Error>(outcome)) << cql;
        EXPECT_EQ(std::get<coodie::Error>(outcome).code(), coodie::server_code::invalid) << cql;
    }
}

CASE(Values, Rule2NullInAKeyIsRefused) {
    need_table<Item>();
    for (const char* cql : {"INSERT INTO items (id) VALUES (?)", "SELECT value FROM items WHERE id = ?"})
        EXPECT_EQ(code_of([&] { raw(cql, std::optional<std::string>()); }), coodie::server_code::invalid)
            << cql;
}

CASE(Values, Rule2AnEmptyPartitionKeyIsRefused) {
    need_table<Item>();
    const Item nameless{.value = 1};
    EXPECT_EQ(code_of([&] { WAIT(front::save(nameless)); }), coodie::server_code::invalid);
}

struct Collections : front::Document<Collections> {
    std::string id;
    std::optional<std::vector<std::int32_t>> list;
    std::set<std::string> names;
    std::optional<coodie::frozen<std::set<std::int32_t>>> fixed;
    coodie::frozen<std::map<std::string, std::int32_t>> fixed_map;
    static constexpr auto schema() { return coodie::table().partition_key<&Collections::id>(); }
};

CASE(Values, Rule3EmptyCollections) {
    need_table<Collections>();
    const Collections empty{.id = "r3",
                            .list = std::vector<std::int32_t>(),
                            .fixed = coodie::frozen<std::set<std::int32_t>>(std::set<std::int32_t>())};
    WAIT(front::save(empty));
    const Collections read = WAIT(front::get<Collections>("id"_c == "r3"));
    EXPECT_EQ(read.list, std::nullopt) << "non-frozen and empty is null";
    EXPECT_TRUE(read.names.empty());
    ASSERT_TRUE(read.fixed) << "frozen and empty stays";
    EXPECT_TRUE(read.fixed->get().empty());
    EXPECT_TRUE(read.fixed_map->empty());
    const Collections none{.id = "r3-none"};
    WAIT(front::save(none));
    EXPECT_EQ(WAIT(front::get<Collections>("id"_c == "r3-none")).fixed, std::nullopt);
}

CASE(Values, Rule4WhatDoesNotFitIsRefusedBeforeSending) {
    need_table<Note>();
    const Note bad{.id = "r4", .content = "\xC3\x28"};
    const std::string text = message_of<coodie::ValidationError>([&] { WAIT(front::save(bad)); });
    EXPECT_NE(text.find("content"), std::string::npos) << text;
    const Note bad_element{.id = "r4", .tags = {"good", "\xFF"}};
    EXPECT_THROW(WAIT(front::save(bad_element)), coodie::ValidationError);
    EXPECT_THROW(raw("INSERT INTO notes (id, at) VALUES (?, ?)", "r4", std::int64_t{1} << 40),
                 coodie::ValidationError);
    EXPECT_THROW(raw("INSERT INTO notes (id, at, marks) VALUES (?, ?, ?)", "r4", 1,
                     std::vector<std::optional<std::int32_t>>{1, std::nullopt}),
                 coodie::ValidationError);
    EXPECT_FALSE(WAIT(front::find<Note>("id"_c == "r4").first()));
}

CASE(Values, Rule6OrderOfTimeuuidsAndUuids) {
    raw("CREATE TABLE order_of_ids (id text, t timeuuid, PRIMARY KEY (id, t))");
    raw("CREATE TABLE order_of_uuids (id text, u uuid, PRIMARY KEY (id, u))");
    std::vector<coodie::timeuuid> times;
    std::vector<coodie::uuid> ids;
    for (const std::uint64_t most :
         {0x0000000000001000ULL, 0x00000001ffff1fffULL, 0xffffffff00001000ULL, 0x7fffffff00011abcULL})
        for (const std::uint64_t least :
             {0x8000000000000000U, 0xbf7f7f7f7f7f7f7fU, 0x8080808080808080U, 0xbfffffffffffffffU}) {
            times.emplace_back(coodie::uuid(most, least));
            ids.emplace_back(most, least);
            ids.emplace_back((most & ~std::uint64_t{0xf000U}) | 0x4000U, least);
        }
    for (const coodie::timeuuid& time : times) raw("INSERT INTO order_of_ids (id, t) VALUES ('a', ?)", time);
    for (const coodie::uuid& id : ids) raw("INSERT INTO order_of_uuids (id, u) VALUES ('a', ?)", id);
    std::sort(times.begin(), times.end());
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(WAIT(raw("SELECT t FROM order_of_ids WHERE id = 'a'").as<coodie::timeuuid>()), times);
    EXPECT_EQ(WAIT(raw("SELECT u FROM order_of_uuids WHERE id = 'a'").as<coodie::uuid>()), ids);
}

struct Address {
    std::string street;
    std::optional<std::int32_t> zip;
    std::optional<std::string> city;
    friend auto operator<=>(const Address&, const Address&) = default;
    static constexpr auto schema() { return coodie::user_type("address"); }
};
struct Person : front::Document<Person> {
    std::string id;
    std::optional<Address> home;
    std::vector<Address> others;
    std::map<std::string, std::tuple<Address, std::int32_t>> visits;
    static constexpr auto schema() { return coodie::table("people").partition_key<&Person::id>(); }
};

/// A table of Person that somebody else made. Its type is another one in each case: what is prepared for the
/// last one has to be forgotten.
void make_people(const std::string& fields_of_address) {
    raw("DROP TABLE IF EXISTS people");
    raw("DROP TYPE IF EXISTS address");
    raw("CREATE TYPE address (" + fields_of_address + ")");
    raw("CREATE TABLE people (id text PRIMARY KEY, home frozen<address>, others list<frozen<address>>, "
        "visits map<text, frozen<tuple<address, int>>>)");
}

// Another order than the struct's, and a field that it does not have.
CASE(Values, Rule7FieldsOfUserTypesFollowTheServer) {
    make_people("city text, zip int, extra text, street text");
    raw("INSERT INTO people (id, home, others, visits) VALUES ('r7', "
        "{city: 'Ulm', zip: 5, extra: 'x', street: 'main'}, [{city: 'Rom', street: 'via'}], "
        "{'a': ({zip: 7, street: 'rue'}, 2)})");
    const Address ulm{.street = "main", .zip = 5, .city = "Ulm"};
    const Address rom{.street = "via", .zip = {}, .city = "Rom"};
    Person read{.id = "r7", .home = ulm, .others = {rom}};
    read.visits.emplace("a", std::tuple(Address{.street = "rue", .zip = 7, .city = {}}, 2));
    EXPECT_EQ(WAIT(front::get<Person>("id"_c == "r7")), read);

    Person written = read;
    written.id = "r7 written";
    WAIT(front::save(written));
    EXPECT_EQ(WAIT(front::get<Person>("id"_c == written.id)), written);
    WAIT(front::update(written, "others"_c += std::vector<Address>{ulm}, "home"_c = rom));
    front::Rows rows = raw("SELECT home, others FROM people WHERE id = ?", written.id);
    const auto stored = WAIT(rows.all());
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0][0].to_string(), "{city: 'Rom', zip: null, extra: null, street: 'via'}");
    EXPECT_EQ(
        stored[0][1].to_string(),
        "[{city: 'Rom', zip: null, extra: null, street: 'via'}, {city: 'Ulm', zip: 5, extra: null, street: "
        "'main'}]");
    EXPECT_EQ(stored[0][0].as<Address>(), rom);
}

CASE(Values, Rule7FieldsOfUserTypesInConditionsBatchesAndRawStatements) {
    make_people("zip int, street text, city text");
    const Address ulm{.street = "main", .zip = 5, .city = "Ulm"};
    const Address rom{.street = "via", .zip = {}, .city = "Rom"};
    const Person first{.id = "r7 a", .home = ulm, .others = {}, .visits = {}};
    const Person second{.id = "r7 b", .home = rom, .others = {ulm}, .visits = {}};
    front::BatchQuery batch;
    WAIT(front::save(first, {.batch = &batch}));
    WAIT(front::save(second, {.batch = &batch}));
    WAIT(batch.execute());
    EXPECT_EQ(WAIT(front::get<Person>("id"_c == first.id)), first);
    EXPECT_EQ(WAIT(front::get<Person>("id"_c == second.id)), second);
    EXPECT_EQ(WAIT(front::find<Person>("home"_c == rom).allow_filtering().count()), 1);

    Person changed = first;
    EXPECT_TRUE(WAIT(front::update(changed, coodie::only_if("home"_c == ulm), "home"_c = rom)).applied());
    const auto not_applied = WAIT(front::update(changed, coodie::only_if("home"_c == ulm), "home"_c = ulm));
    ASSERT_FALSE(not_applied.applied());
    EXPECT_EQ((*not_applied.existing())["home"_c], rom);

    raw("UPDATE people SET home = ? WHERE id = ?", ulm, first.id);
    front::Rows rows = raw("SELECT home FROM people WHERE id = ?", first.id);
    EXPECT_EQ(WAIT(rows.one<Address>()), ulm);
}

CASE(Values, Rule7AFieldThatTheServerLacksIsRefused) {
    make_people("city text, street text");
    raw("INSERT INTO people (id, home) VALUES ('r7', {city: 'Ulm', street: 'main'})");
    Person read{.id = "r7", .home = Address{.street = "main", .zip = {}, .city = "Ulm"}};
    EXPECT_EQ(WAIT(front::get<Person>("id"_c == "r7")), read) << "null when read";
    const std::string text = message_of<coodie::ValidationError>([&] { WAIT(front::save(read)); });
    EXPECT_NE(text.find("the value for home: the user type address of the database has no field zip"),
              std::string::npos)
        << text;
    read.home.reset();
    WAIT(front::save(read));
}

CASE(Values, Rule7MissingFieldsAreNull) {
    raw("CREATE TYPE point (x int, y int)");
    raw("CREATE TABLE points (id text PRIMARY KEY, p frozen<point>)");
    raw("INSERT INTO points (id, p) VALUES ('short', {x: 1})");
    raw("ALTER TYPE point ADD z int");
    front::Rows rows = raw("SELECT p FROM points WHERE id = 'short'");
    const auto read = WAIT(rows.all());
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0][0].to_string(), "{x: 1, y: null, z: null}");
}

CASE(Values, Rule8TextComesBackEqual) {
    need_table<Item>();
    for (const std::string& text :
         {std::string("it's \"quoted\" $$ ? -- ;"), std::string("a\0b", 3),
          std::string("\xF0\x9F\x98\x80 \xC3\xA9"), std::string("\n\t\r"), std::string()}) {
        const Item item{.id = "r8 " + text, .text = text};
        WAIT(front::save(item));
        EXPECT_EQ(WAIT(front::get<Item>("id"_c == item.id)), item) << text;
    }
}

struct Reserved : front::Document<Reserved> {
    std::string key;
    std::int32_t select = 0;
    std::optional<std::string> mixedCase;
    std::optional<std::string> quoted;
    static constexpr auto schema() {
        return coodie::table("Order")
            .partition_key<&Reserved::key>()
            .clustering_key<&Reserved::select>()
            .name<&Reserved::quoted>("a \"b\"")
            .index<&Reserved::mixedCase>();
    }
};

CASE(Values, Rule8IdentifiersAreQuoted) {
    need_table<Reserved>();
    Reserved row{.key = "k", .select = 1, .mixedCase = "m", .quoted = "q"};
    WAIT(front::save(row));
    EXPECT_EQ(WAIT(front::get<Reserved>("key"_c == "k", "select"_c == 1)), row);
    WAIT(front::update(row, "mixedCase"_c = "n"));
    EXPECT_EQ(WAIT(front::find<Reserved>("mixedCase"_c == "n").count()), 1);
    EXPECT_TRUE(WAIT(front::sync_table<Reserved>()).empty()) << "introspection finds them";
}

CASE(Values, Rule8bNullIntoAFieldThatCannotHoldIt) {
    need_table<Note>();
    raw("INSERT INTO notes (id, at) VALUES ('r8b', 7)");
    const std::string text =
        message_of<coodie::ValidationError>([] { (void)WAIT(front::get<Note>("id"_c == "r8b")); });
    EXPECT_NE(text.find("notes (id = 'r8b', at = 7): column rating"), std::string::npos) << text;
}

}  // namespace
}  // namespace conformance
