// SPDX-License-Identifier: Apache-2.0
// Lightweight transactions, counters and batches: rules 16 to 21 of semantics.md.
#include "models.hpp"

namespace conformance {
namespace {

CASE(Lwt, Rule16InsertTellsTheRowThatIsThere) {
    need_table<Note>();
    const Note first{.id = "r16", .rating = 1, .tags = {"a"}};
    const Note second{.id = "r16", .rating = 2};
    EXPECT_TRUE(WAIT(front::insert(first)).applied());
    const auto refused = WAIT(front::insert(second));
    ASSERT_FALSE(refused.applied());
    ASSERT_TRUE(refused.existing());
    EXPECT_EQ(**refused.existing(), first);
    EXPECT_THROW(refused.or_throw(), coodie::NotApplied);
}

CASE(Lwt, Rule16AFailedUpdateCarriesTheColumnsOfTheCondition) {
    need_table<Note>();
    Note note{.id = "r16-update", .rating = 1, .content = "c"};
    WAIT(front::save(note));
    before_condition();
    const auto refused = WAIT(front::update(note, coodie::only_if("rating"_c == 2), "rating"_c = 3));
    ASSERT_FALSE(refused.applied());
    ASSERT_TRUE(refused.existing());
    EXPECT_EQ((*refused.existing())["rating"_c], 1);
    EXPECT_FALSE(refused.existing()->has("content"_c));
    EXPECT_EQ(note.rating, 1) << "the document is as it was";
    EXPECT_TRUE(WAIT(front::update(note, coodie::only_if("rating"_c == 1), "rating"_c = 3)).applied());
    EXPECT_EQ(note.rating, 3);
}

CASE(Lwt, Rule16AMissingRowGivesNoExistingRow) {
    need_table<Note>();
    Note missing{.id = "r16-missing"};
    const auto refused = WAIT(front::update(missing, coodie::only_if("rating"_c == 2), "rating"_c = 3));
    EXPECT_FALSE(refused.applied());
    EXPECT_FALSE(refused.existing());
    const auto update = WAIT(front::update(missing, {.if_exists = true}, "rating"_c = 3));
    EXPECT_FALSE(update.applied());
    EXPECT_FALSE(update.existing());
    EXPECT_FALSE(WAIT(front::remove(missing, {.if_exists = true})).applied());
    EXPECT_FALSE(WAIT(front::find<Note>("id"_c == "r16-missing").first()));
}

CASE(Lwt, Rule16Conditions) {
    need_table<Note>();
    Note note{.id = "r16-conditions", .rating = 5};
    WAIT(front::save(note));
    before_condition();
    EXPECT_TRUE(
        WAIT(front::update(note, coodie::only_if("content"_c == coodie::null), "content"_c = "c")).applied());
    EXPECT_TRUE(WAIT(front::update(note, coodie::only_if("rating"_c.in(4, 5)), "rating"_c = 6)).applied());
    EXPECT_TRUE(
        WAIT(front::update(note, coodie::only_if("rating"_c >= 6, "content"_c != "d"), "rating"_c = 7))
            .applied());
    EXPECT_FALSE(WAIT(front::remove(note, coodie::only_if("rating"_c > 7))).applied());
    EXPECT_TRUE(WAIT(front::remove(note, coodie::only_if("rating"_c == 7))).applied());
    EXPECT_FALSE(WAIT(front::find<Note>("id"_c == "r16-conditions").first()));
}

CASE(Lwt, Rule17WhatCannotGoWithAConditionIsRefused) {
    need_table<Note>();
    Note note{.id = "r17"};
    EXPECT_THROW((void)WAIT(front::update(note, {.timestamp = coodie::WriteTime{1us}},
                                          coodie::only_if("rating"_c == 2), "rating"_c = 3)),
                 coodie::InvalidQueryError);
    EXPECT_THROW(WAIT(front::remove(note, {.timestamp = coodie::WriteTime{1us}, .if_exists = true})),
                 coodie::InvalidQueryError);
    EXPECT_THROW(WAIT(front::find<Note>("id"_c.in("a", "b"), "at"_c == 1)
                          .only_if("rating"_c == 1)
                          .update("rating"_c = 2)),
                 coodie::InvalidQueryError);
    EXPECT_EQ(
        code_of([] { raw("INSERT INTO notes (id, at) VALUES ('r17', 1) IF NOT EXISTS USING TIMESTAMP 5"); }),
        coodie::server_code::invalid);
}

CASE(Lwt, Rule17SerialConsistencyIsItsOwnSetting) {
    need_table<Note>();
    const Note note{.id = "r17-serial"};
    EXPECT_TRUE(WAIT(front::insert(note, {.consistency = coodie::Consistency::quorum,
                                          .serial_consistency = coodie::Consistency::local_serial}))
                    .applied());
    EXPECT_EQ(
        WAIT(front::find<Note>("id"_c == "r17-serial").consistency(coodie::Consistency::serial).all()).size(),
        1U);
}

CASE(Lwt, Rule18AConditionalBatchStaysInOnePartition) {
    need_table<Note>();
    const Note one{.id = "r18", .at = 1};
    const Note two{.id = "r18", .at = 2};
    const Note elsewhere{.id = "r18-other", .at = 1};
    // Either joining or executing says so; nothing is sent.
    EXPECT_THROW(
        {
            front::BatchQuery refused;
            (void)WAIT(front::insert(one, {.batch = &refused}));
            WAIT(front::save(elsewhere, {.batch = &refused}));
            (void)WAIT(refused.execute());
        },
        coodie::InvalidQueryError);
    EXPECT_FALSE(WAIT(front::find_one<Note>("id"_c == "r18")));

    front::BatchQuery batch;
    (void)WAIT(front::insert(one, {.batch = &batch}));
    WAIT(front::save(two, {.batch = &batch}));
    EXPECT_TRUE(WAIT(batch.execute()).applied());
    EXPECT_EQ(WAIT(front::find<Note>("id"_c == "r18").count()), 2);
    front::BatchQuery again;
    (void)WAIT(front::insert(one, {.batch = &again}));
    WAIT(front::remove(two, {.batch = &again}));
    const auto result = WAIT(again.execute());
    EXPECT_FALSE(result.applied());
    EXPECT_THROW(result.or_throw(), coodie::NotApplied);
    EXPECT_EQ(WAIT(front::find<Note>("id"_c == "r18").count()), 2) << "nothing of the batch was written";
}

CASE(Counters, Rule20CountersAddUp) {
    need_table<Visits>();
    WAIT(front::find<Visits>("page"_c == "r20").update("hits"_c += 5));
    Visits visits = WAIT(front::get<Visits>("page"_c == "r20"));
    EXPECT_EQ(visits.hits, 5);
    EXPECT_EQ(visits.misses, 0) << "a null counter reads 0";
    WAIT(front::update(visits, "hits"_c -= 7, "misses"_c += 1));
    const Visits read = WAIT(front::get<Visits>("page"_c == "r20"));
    EXPECT_EQ(read.hits, -2);
    EXPECT_EQ(read.misses, 1);
}

CASE(Counters, Rule20WhatACounterDoesNotTake) {
    need_table<Visits>();
    need_table<Item>();
    for (const char* cql :
         {"INSERT INTO visits (page, hits) VALUES ('x', 1)", "UPDATE visits SET hits = 1 WHERE page = 'x'",
          "UPDATE visits USING TTL 5 SET hits = hits + 1 WHERE page = 'x'",
          "UPDATE visits USING TIMESTAMP 5 SET hits = hits + 1 WHERE page = 'x'",
          "UPDATE visits SET hits = hits + 1 WHERE page = 'x' IF hits = 1",
          "BEGIN BATCH UPDATE visits SET hits = hits + 1 WHERE page = 'x'; INSERT INTO items (id) VALUES "
          "('x'); APPLY BATCH"})
        EXPECT_EQ(code_of([&] { raw(cql); }), coodie::server_code::invalid) << cql;
}

CASE(Counters, Rule20CountersInABatchOfTheirOwn) {
    need_table<Visits>();
    Visits a{.page = "r20-a"};
    Visits b{.page = "r20-b"};
    front::BatchQuery batch(coodie::BatchType::counter);
    (void)WAIT(front::update(a, {.batch = &batch}, "hits"_c += 1));
    (void)WAIT(front::update(b, {.batch = &batch}, "hits"_c += 2));
    (void)WAIT(batch.execute());
    EXPECT_EQ(WAIT(front::get<Visits>("page"_c == "r20-b")).hits, 2);
    const Item item{.id = "r20"};
    need_table<Item>();
    EXPECT_THROW(
        {
            front::BatchQuery mixed(coodie::BatchType::counter);
            (void)WAIT(front::update(a, {.batch = &mixed}, "hits"_c += 1));
            WAIT(front::save(item, {.batch = &mixed}));
            (void)WAIT(mixed.execute());
        },
        coodie::CoodieError);
    EXPECT_EQ(WAIT(front::get<Visits>("page"_c == "r20-a")).hits, 1);
}

CASE(Batches, WritesGoTogether) {
    need_table<Note>();
    front::BatchQuery batch;
    const Note one{.id = "batch-1"};
    const Note two{.id = "batch-2"};
    WAIT(front::save(one, {.batch = &batch}));
    WAIT(front::save(two, {.batch = &batch}));
    WAIT(batch.add("UPDATE notes SET rating = ? WHERE id = ? AND at = ?", 7, "batch-1", 0));
    EXPECT_FALSE(WAIT(front::find_one<Note>("id"_c == "batch-1"))) << "nothing is sent before";
    EXPECT_TRUE(WAIT(batch.execute()).applied());
    EXPECT_EQ(WAIT(front::find<Note>("id"_c.in("batch-1", "batch-2")).count()), 2);
    EXPECT_THROW((void)WAIT(batch.execute()), coodie::InvalidQueryError) << "a second time";
    front::BatchQuery empty;
    EXPECT_TRUE(WAIT(empty.execute()).applied());
}

CASE(Batches, OptionsOfTheBatch) {
    need_table<Item>();
    front::BatchQuery batch(coodie::BatchType::unlogged, {.timestamp = coodie::WriteTime{5000us}});
    const Item item{.id = "batch-time", .value = 1};
    WAIT(front::save(item, {.batch = &batch}));
    (void)WAIT(batch.execute());
    EXPECT_EQ(value_of<std::int64_t>("SELECT WRITETIME(value) FROM items WHERE id = 'batch-time'"), 5000);
}

CASE(Batches, Rule21ABatchThatIsTooLarge) {
    if (!Database::the().is_cluster()) GTEST_SKIP() << "the engine has no batch_size_fail_threshold";
    need_table<Item>();
    const Item large{.id = "r21", .text = std::string(40'000, 'x')};
    const Item larger{.id = "r21-b", .text = std::string(40'000, 'y')};
    front::BatchQuery batch(coodie::BatchType::unlogged);
    WAIT(front::save(large, {.batch = &batch}));
    WAIT(front::save(larger, {.batch = &batch}));
    EXPECT_EQ(code_of([&] { (void)WAIT(batch.execute()); }), coodie::server_code::invalid);
    EXPECT_FALSE(WAIT(front::find_one<Item>("id"_c == "r21")));
}

}  // namespace
}  // namespace conformance
