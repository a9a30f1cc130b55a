// SPDX-License-Identifier: Apache-2.0
// Writes: rules 9 to 15 of semantics.md.
#include "models.hpp"

namespace conformance {
namespace {

CASE(Writes, Rule9InsertLeavesARowMarker) {
    need_table<Item>();
    const Item key_only{.id = "r9"};
    WAIT(front::save(key_only));
    EXPECT_TRUE(WAIT(front::find_one<Item>("id"_c == "r9")));
    Item updated{.id = "r9-update"};
    WAIT(front::update(updated, "value"_c = 5));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r9-update")).value, 5);
    WAIT(front::update(updated, "value"_c = coodie::null));
    EXPECT_FALSE(WAIT(front::find_one<Item>("id"_c == "r9-update"))) << "vanishes with its last cell";
}

CASE(Writes, Rule10AWholeCollectionReplaces) {
    need_table<Note>();
    Note note{.id = "r10", .tags = {"a"}, .marks = {1, 2}, .votes = {{"ann", 1}}};
    WAIT(front::save(note));
    WAIT(front::update(note, "tags"_c = {"b", "c"}, "marks"_c = {7},
                       "votes"_c = std::map<std::string, std::int64_t>{{"bob", 2}}));
    EXPECT_EQ(WAIT(front::get<Note>("id"_c == "r10")), note);
    EXPECT_EQ(note.votes.size(), 1U);
    WAIT(front::update(note, "tags"_c = coodie::null));
    EXPECT_TRUE(WAIT(front::get<Note>("id"_c == "r10")).tags.empty());
}

CASE(Writes, Rule10DifferencesKeepWhatOthersWrote) {
    need_table<Note>();
    Note mine{.id = "r10-diff", .tags = {"a"}, .marks = {1}, .votes = {{"ann", 1}}};
    WAIT(front::save(mine));
    Note theirs = mine;
    WAIT(front::update(theirs, "marks"_c += {2}, "votes"_c["bob"] = 2, "tags"_c += {"b"}));
    WAIT(front::update(mine, "marks"_c += {3}, "votes"_c["cat"] = 3, "tags"_c.prepend("z")));
    Note read = WAIT(front::get<Note>("id"_c == "r10-diff"));
    EXPECT_EQ(read.marks, (std::set<std::int32_t>{1, 2, 3}));
    EXPECT_EQ(read.votes.size(), 3U);
    EXPECT_EQ(read.tags, (std::vector<std::string>{"z", "a", "b"}));
    WAIT(front::update(read, "marks"_c -= 2, "votes"_c -= "ann", "tags"_c[1] = "A"));
    WAIT(front::update(read, "tags"_c -= "b"));
    EXPECT_EQ(WAIT(front::get<Note>("id"_c == "r10-diff")), read);
    EXPECT_EQ(read.tags, (std::vector<std::string>{"z", "A"}));
}

CASE(Writes, Rule10AnElementOfAListThatIsNotThere) {
    need_table<Note>();
    Note note{.id = "r10-index", .tags = {"a"}};
    WAIT(front::save(note));
    EXPECT_EQ(code_of([&] { WAIT(front::update(note, "tags"_c[3] = "x")); }), coodie::server_code::invalid);
    EXPECT_EQ(note.tags, (std::vector<std::string>{"a"})) << "what was not applied changes nothing";
}

CASE(Writes, Rule11StaticColumnsNeedOnlyThePartitionKey) {
    need_table<Note>();
    save_note("r11", 1);
    save_note("r11", 2);
    WAIT(front::find<Note>("id"_c == "r11").update("brand"_c = "acme"));
    for (const Note& note : WAIT(front::find<Note>("id"_c == "r11").all())) EXPECT_EQ(note.brand, "acme");
}

struct Fading : front::Document<Fading> {
    std::string id;
    std::int32_t value = 0;
    static constexpr auto schema() { return coodie::table().partition_key<&Fading::id>().default_ttl(1000s); }
};
std::optional<std::int32_t> ttl_of(const std::string& id) {
    return *value_of<std::optional<std::int32_t>>("SELECT TTL(value) FROM fading WHERE id = ?", id);
}

CASE(Writes, Rule12TimesToLive) {
    need_table<Fading>();
    const Fading fading{.id = "r12"};
    WAIT(front::save(fading));
    EXPECT_GT(ttl_of("r12"), 900) << "absent: the table's default";
    EXPECT_LE(ttl_of("r12"), 1000);
    WAIT(front::save(fading, {.ttl = 0s}));
    EXPECT_EQ(ttl_of("r12"), std::nullopt) << "0: never, over the table's default";
    WAIT(front::save(fading, {.ttl = 630'720'000s}));
    EXPECT_GT(ttl_of("r12"), 630'000'000);
    WAIT(front::save(fading, {.ttl = 5000s}));
    EXPECT_GT(ttl_of("r12"), 4000);
    EXPECT_THROW(WAIT(front::save(fading, {.ttl = 630'720'001s})), coodie::ValidationError);
    EXPECT_THROW(WAIT(front::save(fading, {.ttl = -1s})), coodie::ValidationError);
}

CASE(Writes, Rule12AtTheDriver) {
    need_table<Fading>();
    EXPECT_EQ(
        code_of([] { raw("INSERT INTO fading (id, value) VALUES ('r12-raw', 1) USING TTL ?", 630'720'001); }),
        coodie::server_code::invalid);
    EXPECT_EQ(code_of([] { raw("INSERT INTO fading (id, value) VALUES ('r12-raw', 1) USING TTL ?", -1); }),
              coodie::server_code::invalid);
    EXPECT_THROW(raw("UPDATE fading USING TTL ? SET value = 1 WHERE id = 'r12-raw'", "soon"),
                 coodie::ValidationError);
}

CASE(Writes, Rule13TimestampsDecide) {
    need_table<Item>();
    const Item late{.id = "r13", .value = 2};
    const Item early{.id = "r13", .value = 1};
    WAIT(front::save(late, {.timestamp = coodie::WriteTime{2000us}}));
    WAIT(front::save(early, {.timestamp = coodie::WriteTime{1000us}}));
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r13")).value, 2);
    EXPECT_EQ(value_of<std::int64_t>("SELECT WRITETIME(value) FROM items WHERE id = 'r13'"), 2000);
    WAIT(front::remove(late, {.timestamp = coodie::WriteTime{1999us}}));
    EXPECT_TRUE(WAIT(front::find_one<Item>("id"_c == "r13")));
    WAIT(front::remove(late, {.timestamp = coodie::WriteTime{2000us}}));
    EXPECT_FALSE(WAIT(front::find_one<Item>("id"_c == "r13"))) << "at equal times a deletion wins";
}

CASE(Writes, Rule13LaterWritesOfASessionWin) {
    need_table<Item>();
    std::int64_t last = 0;
    for (std::int32_t i = 0; i < 50; ++i) {
        const Item item{.id = "r13-order", .value = i};
        WAIT(front::save(item));
        const auto time = value_of<std::int64_t>("SELECT WRITETIME(value) FROM items WHERE id = 'r13-order'");
        ASSERT_TRUE(time);
        EXPECT_GT(*time, last);
        last = *time;
    }
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r13-order")).value, 49);
}

CASE(Writes, Rule14InTakesOneList) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 100; ++at) save_note("r14", at);
    std::vector<std::int32_t> wanted;
    for (std::int32_t at = 0; at < 100; ++at) {
        wanted.push_back(at);
        if (at % 33 == 0) {
            EXPECT_EQ(WAIT(front::find<Note>("id"_c == "r14", "at"_c.in(wanted)).all()).size(),
                      wanted.size());
        }
    }
    EXPECT_TRUE(
        WAIT(front::find<Note>("id"_c == "r14", "at"_c.in(std::vector<std::int32_t>())).all()).empty());
    EXPECT_EQ(WAIT(front::find<Note>("id"_c.in(std::vector<std::string>())).count()), 0);
    EXPECT_TRUE(
        WAIT(front::find<Note>("id"_c == "r14", "at"_c.in(std::vector<std::int32_t>())).remove()).applied());
    EXPECT_EQ(WAIT(front::find<Note>("id"_c == "r14").count()), 100);
}

CASE(Writes, Rule14AnEmptyListAtTheDriver) {
    need_table<Note>();
    save_note("r14-raw", 1);
    EXPECT_TRUE(
        WAIT(raw("SELECT at FROM notes WHERE id = 'r14-raw' AND at IN ?", std::vector<std::int32_t>()).all())
            .empty());
}

CASE(Writes, Rule15FunctionsOfTheServer) {
    need_table<Item>();
    raw("CREATE TABLE moments (id text, t timeuuid, u uuid, PRIMARY KEY (id, t))");
    for (int i = 0; i < 3; ++i) raw("INSERT INTO moments (id, t, u) VALUES ('r15', now(), uuid())");
    EXPECT_EQ(value_of<std::int64_t>("SELECT COUNT(*) FROM moments WHERE id = 'r15'"), 3)
        << "each write once";
}

}  // namespace
}  // namespace conformance
