// SPDX-License-Identifier: Apache-2.0
// Reads: rules 22 to 27 of semantics.md.
#include "models.hpp"

#include <limits>
#include <map>

namespace conformance {
namespace {

CASE(Reads, Rule22APartitionOfStaticsAlone) {
    need_table<Note>();
    WAIT(front::find<Note>("id"_c == "r22").update("brand"_c = "acme"));
    const std::string text =
        message_of<coodie::ValidationError>([] { (void)WAIT(front::find<Note>("id"_c == "r22").all()); });
    EXPECT_NE(text.find("(id = 'r22', at = null): column at"), std::string::npos) << text;
    EXPECT_EQ(value_of<std::string>("SELECT brand FROM notes WHERE id = 'r22'"), "acme");
}

CASE(Reads, Rule23PagesCoverEveryRowOnce) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 25; ++at) save_note("r23-" + std::to_string(at % 4), at);
    const auto query = front::find<Note>("id"_c.in("r23-0", "r23-1", "r23-2", "r23-3")).fetch_size(4);
    std::set<std::int32_t> seen;
    std::string token;
    int pages = 0;
    do {
        const auto page = WAIT(query.paged_all(token));
        for (const Note& note : page.data) EXPECT_TRUE(seen.insert(note.at).second) << note.at;
        EXPECT_LE(page.data.size(), 4U);
        token = page.paging_state;
    } while (!token.empty() && ++pages < 40);
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_EQ(WAIT(query.all()).size(), 25U) << "all pages at once";
}

CASE(Reads, Rule23AnEmptyPageMayHaveMoreToCome) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 20; ++at) save_note("r23-filter", at, at == 0 ? 1 : 0);
    const auto rows = WAIT(
        front::find<Note>("id"_c == "r23-filter", "rating"_c == 1).allow_filtering().fetch_size(2).all());
    EXPECT_EQ(ats(rows), (std::vector<std::int32_t>{0}));
}

CASE(Reads, Rule23ALimitAcrossPages) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 20; ++at) save_note("r23-limit", at);
    EXPECT_EQ(WAIT(front::find<Note>("id"_c == "r23-limit").limit(7).fetch_size(3).all()).size(), 7U);
}

CASE(Reads, Rule24APagingStateBelongsToItsQuery) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 6; ++at) {
        save_note("r24-a", at);
        save_note("r24-b", at);
    }
    const auto a = front::find<Note>("id"_c == "r24-a").fetch_size(2);
    const auto b = front::find<Note>("id"_c == "r24-b").fetch_size(2);
    const auto first_a = WAIT(a.paged_all());
    const auto first_b = WAIT(b.paged_all());
    ASSERT_TRUE(first_a.has_more());
    EXPECT_EQ(ats(WAIT(a.paged_all(first_a.paging_state)).data), (std::vector<std::int32_t>{3, 2}))
        << "two reads do not mix";
    EXPECT_EQ(ats(WAIT(b.paged_all(first_b.paging_state)).data), (std::vector<std::int32_t>{3, 2}));
    EXPECT_THROW((void)WAIT(b.paged_all(first_a.paging_state)), coodie::InvalidQueryError)
        << "another query's";
    std::string altered = first_a.paging_state;
    altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_THROW((void)WAIT(a.paged_all(altered)), coodie::InvalidQueryError) << "an altered one";
}

CASE(Reads, Rule25TokenRangesSeeEveryRowOnce) {
    raw("CREATE TABLE ring_rows (id int PRIMARY KEY)");
    for (int id = 0; id < 60; ++id) raw("INSERT INTO ring_rows (id) VALUES (?)", id);
    constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    const std::vector<std::int64_t> ends{lowest, lowest / 2, -1, 0, highest / 3, highest / 2, highest};
    std::map<int, int> seen;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        front::Rows rows =
            raw("SELECT id FROM ring_rows WHERE token(id) > ? AND token(id) <= ?", ends[i], ends[i + 1]);
        for (const int id : WAIT(rows.as<int>())) ++seen[id];
    }
    EXPECT_EQ(seen.size(), 60U);
    for (const auto& [id, times] : seen) EXPECT_EQ(times, 1) << id;
}

CASE(Reads, Rule25TokensOfTheFront) {
    need_table<Item>();
    for (int i = 0; i < 5; ++i) {
        const Item item{.id = "r25-" + std::to_string(i)};
        WAIT(front::save(item));
    }
    const std::int64_t all = WAIT(front::find<Item>().count());
    const std::int64_t below =
        WAIT(front::find<Item>(coodie::token("id"_c) <= coodie::token_of("r25-2")).count());
    const std::int64_t above =
        WAIT(front::find<Item>(coodie::token("id"_c) > coodie::token_of("r25-2")).count());
    EXPECT_EQ(below + above, all);
    EXPECT_GE(below, 1);
    EXPECT_EQ(value_of<std::int64_t>("SELECT token(id) FROM items WHERE id = 'r25-2'"),
              value_of<std::int64_t>("SELECT token(id) FROM items WHERE token(id) = token('r25-2')"));
}

CASE(Reads, Rule26AFilterWithoutAllowFilteringNamesTheColumn) {
    need_table<Note>();
    try {
        (void)WAIT(front::find<Note>("content"_c == "x").all());
        FAIL();
    } catch (const coodie::ServerError& error) {
        EXPECT_EQ(error.code(), coodie::server_code::invalid);
        EXPECT_NE(std::string(error.what()).find("content"), std::string::npos) << error.what();
    }
    EXPECT_TRUE(WAIT(front::find<Note>("content"_c == "no such").allow_filtering().all()).empty());
}

struct Growing : front::Document<Growing> {
    std::string id;
    std::optional<std::string> zebra;
    static constexpr auto schema() { return coodie::table("growing").partition_key<&Growing::id>(); }
};

CASE(Reads, Rule27CachedStatementsSurviveAnAlter) {
    need_table<Growing>();
    const Growing row{.id = "r27", .zebra = "z"};
    WAIT(front::save(row));
    EXPECT_EQ(WAIT(front::get<Growing>("id"_c == "r27")), row);
    EXPECT_EQ(WAIT(raw("SELECT * FROM growing WHERE id = ?", "r27").all())[0].size(), 2U);
    // Another client's: the new column sorts before the others.
    const coodie::Connection other = Database::the().connect("r27", Database::the().keyspace());
    WAIT(front::execute_raw({.driver = "r27"}, "ALTER TABLE growing ADD aardvark int"));
    other.close();
    EXPECT_EQ(WAIT(front::get<Growing>("id"_c == "r27")), row);
    WAIT(front::save(row));
    front::Rows rows = raw("SELECT * FROM growing WHERE id = ?", "r27");
    const auto all = WAIT(rows.all());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]["zebra"].as<std::string>(), "z")
        << "right values, by the columns that the reply carries";
    EXPECT_EQ(all[0]["id"].as<std::string>(), "r27");
}

CASE(Reads, Orders) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 10; ++at) save_note("orders", at, at % 3);
    const auto all = front::find<Note>("id"_c == "orders");
    EXPECT_EQ(ats(WAIT(all.limit(3).all())), (std::vector<std::int32_t>{9, 8, 7}));
    EXPECT_EQ(ats(WAIT(all.order_by("at"_c).limit(3).all())), (std::vector<std::int32_t>{0, 1, 2}));
    EXPECT_EQ(ats(WAIT(all.order_by(-"at"_c).filter("at"_c >= 2, "at"_c < 5).all())),
              (std::vector<std::int32_t>{4, 3, 2}));
    EXPECT_EQ(ats(WAIT(all.filter("at"_c.in(3, 30, 5)).all())), (std::vector<std::int32_t>{5, 3}));
    EXPECT_EQ(ats(WAIT(all.order_by("at"_c).fetch_size(3).all())),
              (std::vector<std::int32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace conformance
