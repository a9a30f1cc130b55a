// SPDX-License-Identifier: Apache-2.0
// Every operation of the front that the rules do not cover, and drivers: rules 32 to 34 of semantics.md.
#include "models.hpp"

namespace conformance {
namespace {

CASE(Operations, Members) {
    need_table<Note>();
    Note note{.id = "members", .at = 1, .rating = 1};
    WAIT(note.save());
    EXPECT_EQ(WAIT(Note::get("id"_c == "members", "at"_c == 1)), note);
    EXPECT_FALSE(WAIT(note.insert()).applied());
    EXPECT_TRUE(WAIT(note.update("rating"_c = 2)).applied());
    EXPECT_TRUE(WAIT(note.update({.ttl = 1h}, "rating"_c = 3)).applied());
    before_condition();
    EXPECT_TRUE(WAIT(note.update(coodie::only_if("rating"_c == 3), "rating"_c = 4)).applied());
    EXPECT_TRUE(
        WAIT(note.update({.timeout = 50s}, coodie::only_if("rating"_c == 4), "rating"_c = 5)).applied());
    EXPECT_EQ(WAIT(Note::find_one("id"_c == "members"))->rating, 5);
    EXPECT_EQ(WAIT(Note::find("id"_c == "members").count()), 1);
    EXPECT_FALSE(WAIT(note.remove(coodie::only_if("rating"_c == 1))).applied());
    EXPECT_FALSE(WAIT(note.remove({.timeout = 50s}, coodie::only_if("rating"_c == 1))).applied());
    EXPECT_TRUE(WAIT(note.remove()).applied());
    EXPECT_FALSE(WAIT(Note::find_one("id"_c == "members")));
    EXPECT_EQ(Note::table_name(), "notes");
    EXPECT_TRUE(WAIT(Note::sync_table()).empty());
    const Note created = WAIT(Note::create(note));
    EXPECT_EQ(created, note);
    EXPECT_TRUE(WAIT(Note::find_one("id"_c == "members")));
}

CASE(Operations, GetFindOneFirst) {
    need_table<Note>();
    save_note("reads", 1);
    save_note("reads", 2);
    const auto both = front::find<Note>("id"_c == "reads");
    EXPECT_THROW((void)WAIT(front::get<Note>("id"_c == "reads")), coodie::MultipleDocumentsFound);
    EXPECT_THROW((void)WAIT(front::find_one<Note>("id"_c == "reads")), coodie::MultipleDocumentsFound);
    EXPECT_THROW((void)WAIT(both.get()), coodie::MultipleDocumentsFound);
    EXPECT_THROW((void)WAIT(both.find_one()), coodie::MultipleDocumentsFound);
    EXPECT_EQ(WAIT(both.first())->at, 2);
    const std::string text =
        message_of<coodie::DocumentNotFound>([] { (void)WAIT(front::get<Note>("id"_c == "nothing")); });
    EXPECT_NE(text.find("notes"), std::string::npos) << text;
    EXPECT_FALSE(WAIT(front::find<Note>("id"_c == "nothing").first()));
    EXPECT_THROW((void)WAIT(front::find<Note>("id"_c == "nothing").get()), coodie::DocumentNotFound);
}

CASE(Operations, Cursor) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 7; ++at) save_note("cursor", at);
    auto cursor = front::find<Note>("id"_c == "cursor").fetch_size(3).cursor();
    std::vector<std::int32_t> seen;
    while (const auto note = WAIT(cursor.next())) seen.push_back(note->at);
    EXPECT_EQ(seen, (std::vector<std::int32_t>{6, 5, 4, 3, 2, 1, 0}));
    EXPECT_FALSE(WAIT(cursor.next()));
    auto again = front::find<Note>("id"_c == "cursor").fetch_size(2).cursor();
    Note row;
    std::size_t count = 0;
    while (WAIT(again.read(row))) ++count;
    EXPECT_EQ(count, 7U);
#if !defined(COODIE_CONFORMANCE_AIO)
    for (const Note& note : front::find<Note>("id"_c == "cursor").fetch_size(3)) seen.push_back(note.at);
    EXPECT_EQ(seen.size(), 14U);
#endif
}

CASE(Operations, PartialDocuments) {
    need_table<Note>();
    const Note note{.id = "partial", .rating = 3, .content = "long"};
    WAIT(front::save(note));
    auto partial = WAIT(front::find<Note>("id"_c == "partial").only("rating"_c).get());
    EXPECT_EQ(partial->rating, 3);
    EXPECT_FALSE(partial.has("content"_c));
    EXPECT_TRUE(WAIT(partial.update("rating"_c = 4)).applied());
    before_condition();
    EXPECT_TRUE(WAIT(partial.update(coodie::only_if("rating"_c == 4), "rating"_c = 5)).applied());
    const auto deferred = WAIT(front::find<Note>("id"_c == "partial").defer("content"_c).all());
    ASSERT_EQ(deferred.size(), 1U);
    EXPECT_TRUE(deferred[0].has("rating"_c));
    EXPECT_EQ(deferred[0]->rating, 5);
    EXPECT_EQ(WAIT(front::get<Note>("id"_c == "partial")).content, "long");
    EXPECT_TRUE(WAIT(partial.remove()).applied());
    EXPECT_FALSE(WAIT(front::find_one<Note>("id"_c == "partial")));
}

CASE(Operations, BulkWrites) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 10; ++at) save_note("bulk", at);
    before_condition();
    const auto all = front::find<Note>("id"_c == "bulk");
    WAIT(all.filter("at"_c == 3)
             .ttl(1h)
             .timestamp(coodie::WriteTime{std::chrono::sys_days(std::chrono::year(2040) / 1 / 1)})
             .update("rating"_c = 9));
    EXPECT_EQ(WAIT(all.filter("at"_c == 3).get()).rating, 9);
    EXPECT_TRUE(WAIT(all.filter("at"_c == 4).if_exists().update("rating"_c = 8)).applied());
    EXPECT_FALSE(WAIT(all.filter("at"_c == 40).if_exists().update("rating"_c = 8)).applied());
    EXPECT_TRUE(WAIT(all.filter("at"_c == 4).only_if("rating"_c == 8).update("rating"_c = 7)).applied());
    EXPECT_FALSE(WAIT(all.filter("at"_c == 4).only_if("rating"_c == 8).remove()).applied());
    EXPECT_TRUE(WAIT(all.filter("at"_c == 5).using_({.ttl = 100s}).update("content"_c = "short")).applied());
    EXPECT_GT(*value_of<std::int32_t>("SELECT TTL(content) FROM notes WHERE id = 'bulk' AND at = 5"), 50);
    WAIT(all.filter("at"_c >= 4, "at"_c < 8).remove());
    EXPECT_EQ(ats(WAIT(all.all())), (std::vector<std::int32_t>{9, 8, 3, 2, 1, 0}));
    WAIT(all.filter("at"_c.in(0, 1)).remove());
    EXPECT_EQ(WAIT(all.count()), 4);
    EXPECT_THROW((void)WAIT(front::find<Note>().remove()), coodie::InvalidQueryError);
}

CASE(Operations, Modifiers) {
    need_table<Note>();
    for (std::int32_t at = 0; at < 4; ++at) {
        save_note("modifiers-a", at);
        save_note("modifiers-b", at);
    }
    const auto both = front::find<Note>("id"_c.in("modifiers-a", "modifiers-b"));
    EXPECT_EQ(WAIT(both.per_partition_limit(3).all()).size(), 6U);
    EXPECT_EQ(WAIT(both.consistency(coodie::Consistency::quorum).timeout(50s).limit(5).all()).size(), 5U);
    EXPECT_EQ(WAIT(both.filter("rating"_c == 0).allow_filtering().count()), 8);
    EXPECT_EQ(WAIT(both.on("main").count()), 8);
    EXPECT_NE(both.cql().find("SELECT"), std::string::npos);
    auto page = WAIT(front::find<Note>("id"_c == "modifiers-a").fetch_size(3).paged_all());
    EXPECT_EQ(
        WAIT(front::find<Note>("id"_c == "modifiers-a").fetch_size(3).page(page.paging_state).paged_all())
            .data.size(),
        1U);
}

CASE(Operations, Containment) {
    need_table<Note>();
    const Note note{.id = "contains", .tags = {"a"}, .marks = {5}, .votes = {{"ann", 1}}};
    WAIT(front::save(note));
    const auto query = front::find<Note>("id"_c == "contains").allow_filtering();
    EXPECT_EQ(WAIT(query.filter("tags"_c.contains("a")).count()), 1);
    EXPECT_EQ(WAIT(query.filter("marks"_c.contains(6)).count()), 0);
    EXPECT_EQ(WAIT(query.filter("votes"_c.contains_key("ann")).count()), 1);
    EXPECT_EQ(WAIT(query.filter("votes"_c.contains(1)).count()), 1);
    EXPECT_EQ(WAIT(query.filter("votes"_c["ann"] == 1).count()), 1);
    EXPECT_EQ(WAIT(query.filter("votes"_c["bob"] == 1).count()), 0);
}

CASE(Operations, InsertMany) {
    need_table<Note>();
    std::vector<Note> many;
    for (std::int32_t at = 0; at < 300; ++at)
        many.push_back({.id = "many-" + std::to_string(at % 7), .at = at});
    const auto result = WAIT(front::insert_many(many));
    EXPECT_EQ(result.written(), 300U);
    std::int64_t count = 0;
    for (int i = 0; i < 7; ++i)
        count += WAIT(front::find<Note>("id"_c == "many-" + std::to_string(i)).count());
    EXPECT_EQ(count, 300);
    many[5].content = "\xFF";
    const auto partly = WAIT(front::insert_many(many, {.ttl = 1h, .concurrency = 3}));
    EXPECT_EQ(partly.written(), 299U) << "one that fails stops none of the others";
}

struct Short : front::Document<Short> {
    std::string id;
    static constexpr auto schema() { return coodie::table("shorts").partition_key<&Short::id>(); }
};

CASE(Operations, Truncate) {
    need_table<Short>();
    const Short row{.id = "x"};
    WAIT(front::save(row));
    WAIT(front::truncate<Short>());
    EXPECT_EQ(WAIT(front::find<Short>().count()), 0);
    WAIT(front::save(row));
    EXPECT_EQ(WAIT(front::find<Short>().count()), 1);
}

CASE(Operations, Raw) {
    need_table<Note>();
    raw("INSERT INTO notes (id, at, rating, fixed, votes) VALUES (?, ?, ?, ?, ?)", "raw", std::int64_t{7}, 3,
        std::vector<int>{}, std::map<std::string, int>{{"ann", 1}});
    for (int at = 8; at < 20; ++at) raw("INSERT INTO notes (id, at, rating) VALUES (?, ?, ?)", "raw", at, at);
    EXPECT_THROW(raw("INSERT INTO notes (id, at) VALUES (?, ?)", "x"), coodie::InvalidQueryError);
    front::Rows rows =
        WAIT(front::execute_raw({.fetch_size = 5}, "SELECT id, at, rating FROM notes WHERE id = ?", "raw"));
    ASSERT_EQ(rows.columns().size(), 3U);
    coodie::Row row;
    ASSERT_TRUE(WAIT(rows.next(row)));
    EXPECT_EQ(row["at"].as<std::int64_t>(), 19) << "widened";
    EXPECT_EQ(row[2].to_string(), "19");
    EXPECT_EQ(WAIT(rows.all()).size(), 12U) << "what is left";
    EXPECT_EQ(WAIT(raw("SELECT id, at, rating, votes FROM notes WHERE id = 'raw'").as<Note>()).size(), 13U);
    EXPECT_THROW((void)WAIT(raw("SELECT at FROM notes WHERE id = 'raw'").one<int>()),
                 coodie::MultipleDocumentsFound);
    EXPECT_FALSE(WAIT(raw("SELECT at FROM notes WHERE id = 'nobody'").one<int>()));
    EXPECT_FALSE(raw("INSERT INTO notes (id, at) VALUES ('raw', 7) IF NOT EXISTS").applied());
    EXPECT_EQ(code_of([] { raw("SELEC"); }), coodie::server_code::syntax_error);
    EXPECT_EQ(code_of([] { raw("SELECT * FROM no_such_table"); }), coodie::server_code::invalid);
}

struct Sparse : front::Document<Sparse> {
    std::string id;
    std::optional<std::int32_t> value;
    std::int32_t other = 0;
    std::string cache;  // no column
    static constexpr auto schema() {
        return coodie::table("sparse")
            .partition_key<&Sparse::id>()
            .ignore<&Sparse::cache>()
            .null_as_default<&Sparse::other>()
            .consistency(coodie::Consistency::local_quorum)
            .skip_nulls();
    }
};

CASE(Operations, WhatASchemaSays) {
    need_table<Sparse>();
    const Sparse full{.id = "x", .value = 1, .other = 2, .cache = "c"};
    WAIT(front::save(full));
    const Sparse sparse{.id = "x", .other = 3};
    WAIT(front::save(sparse));
    const Sparse read = WAIT(front::get<Sparse>("id"_c == "x"));
    EXPECT_EQ(read.value, 1) << "skip_nulls";
    EXPECT_EQ(read.other, 3);
    EXPECT_EQ(read.cache, "") << "ignore";
    raw("INSERT INTO sparse (id) VALUES ('null')");
    EXPECT_EQ(WAIT(front::get<Sparse>("id"_c == "null")).other, 0) << "null_as_default";
}

struct Dated : front::Document<Dated, Sparse> {
    coodie::timestamp at{};
    static constexpr auto coodie_fields() { return std::tuple{&Dated::at}; }
    static constexpr auto schema() { return coodie::table("dated").clustering_key<&Dated::at>(); }
};

CASE(Operations, AModelThatInheritsColumns) {
    need_table<Dated>();
    Dated dated;
    dated.id = "x";
    dated.value = 5;
    dated.at = coodie::timestamp(7ms);
    WAIT(front::save(dated));
    EXPECT_EQ(WAIT(front::get<Dated>("id"_c == "x", "at"_c == dated.at)), dated);
}

struct Bound : front::Document<Bound> {
    std::string id;
    static constexpr auto schema() {
        return coodie::table("bound").partition_key<&Bound::id>().connection("r32-bound");
    }
};

CASE(Drivers, Rule32ABoundModelUsesItsConnectionOnly) {
    EXPECT_THROW((void)WAIT(front::sync_table<Bound>()), coodie::ConfigurationError);
    const std::string keyspace = Database::the().keyspace() + "_bound";
    WAIT(front::create_keyspace(keyspace));
    const coodie::Connection connection = Database::the().connect("r32-bound", keyspace);
    EXPECT_FALSE(WAIT(front::sync_table<Bound>()).empty());
    const Bound row{.id = "x"};
    front::BatchQuery batch;
    WAIT(front::save(row, {.batch = &batch}));
    EXPECT_TRUE(WAIT(batch.execute()).applied());
    EXPECT_EQ(WAIT(front::find<Bound>().count()), 1);
    EXPECT_EQ(code_of([] { raw("SELECT id FROM bound"); }), coodie::server_code::invalid)
        << "not in the default one";
    need_table<Item>();
    const Item item{.id = "r32-mixed"};
    EXPECT_THROW(
        {
            front::BatchQuery mixed;
            WAIT(front::save(row, {.batch = &mixed}));
            WAIT(front::save(item, {.batch = &mixed}));
            (void)WAIT(mixed.execute());
        },
        coodie::InvalidQueryError)
        << "models of two drivers";
    WAIT(front::drop_keyspace(keyspace));
    connection.close();
}

// "USE" is a statement like any other: each later one of that driver is about the keyspace that it chose.
CASE(Drivers, UseChoosesTheKeyspace) {
    if (Database::the().scheme() == "judge") GTEST_SKIP() << "the tests' own client does not follow USE";
    const std::string keyspace = Database::the().keyspace() + "_used";
    WAIT(front::create_keyspace(keyspace));
    raw("CREATE TABLE IF NOT EXISTS chosen (id int PRIMARY KEY, place text)");
    raw("CREATE TABLE IF NOT EXISTS " + keyspace + ".chosen (id int PRIMARY KEY, place text)");
    raw("INSERT INTO chosen (id, place) VALUES (1, 'first')");
    raw("INSERT INTO " + keyspace + ".chosen (id, place) VALUES (1, 'second')");
    const coodie::Connection connection = Database::the().connect("r32-use", Database::the().keyspace());
    const coodie::RawOptions there{.driver = "r32-use"};
    const auto place = [&] {
        front::Rows rows = WAIT(front::execute_raw(there, "SELECT place FROM chosen WHERE id = ?", 1));
        return WAIT(rows.template one<std::string>());
    };
    EXPECT_EQ(place(), "first");
    EXPECT_EQ(code_of([&] { (void)WAIT(front::execute_raw(there, "USE no_such_keyspace")); }),
              coodie::server_code::invalid);
    EXPECT_EQ(place(), "first");
    (void)WAIT(front::execute_raw(there, "USE " + keyspace));
    EXPECT_EQ(place(), "second");
    EXPECT_EQ(connection.keyspace(), keyspace);
    EXPECT_EQ(value_of<std::string>("SELECT place FROM chosen WHERE id = 1"), "first") << "of that driver";
    connection.close();
    WAIT(front::drop_keyspace(keyspace));
}

CASE(Drivers, Rule32AModelStaysOnItsConnection) {
    need_table<Item>();
    const Item item{.id = "r32", .value = 1};
    WAIT(front::save(item));
    const coodie::Connection second = Database::the().connect("r32", "system");
    EXPECT_EQ(coodie::get_driver()->keyspace(), Database::the().keyspace()) << "the default is as it was";
    EXPECT_EQ(second.keyspace(), "system");
    EXPECT_EQ(
        WAIT(front::find<Item>("id"_c == "r32").on(second).in_keyspace(Database::the().keyspace()).get()),
        item);
    EXPECT_EQ(WAIT(front::execute_raw({.driver = "r32"}, "SELECT key FROM local")).columns().size(), 1U);
    second.close();
    EXPECT_THROW(
        (void)WAIT(
            front::find<Item>("id"_c == "r32").on(second).in_keyspace(Database::the().keyspace()).all()),
        coodie::CancelledError)
        << "closed";
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r32")), item) << "the other one goes on";
}

CASE(Drivers, Rule33AStatementThatTheServerForgot) {
    need_table<Short>();
    const Short row{.id = "r33"};
    WAIT(front::save(row));
    raw("DROP TABLE shorts");
    raw("CREATE TABLE shorts (id text PRIMARY KEY)");
    WAIT(front::save(row));
    EXPECT_TRUE(WAIT(front::find_one<Short>("id"_c == "r33")));
}

CASE(Drivers, Rule34AClosedConnectionSaysSo) {
    const coodie::Connection third = Database::the().connect("r34", {});
    third.connect();
    third.close();
    third.close();
    EXPECT_FALSE(std::holds_alternative<coodie::Result>(
        third.driver().execute(coodie::Statement(coodie::StatementText("SELECT key FROM system.local")))));
}

}  // namespace
}  // namespace conformance
