// SPDX-License-Identifier: Apache-2.0
// Slices, scans, paging positions, snapshots, index entries, records and locks.
#include "fixture.hpp"

#include <map>
#include <set>
#include <thread>

namespace coodie::embedded::storage::test {

namespace {

class Reader : public ::testing::Test {
protected:
    std::unique_ptr<Store> store_ = open_or_fail({});
    TestTable table_{*store_, 1, {{{TypeId::int_, false}, {TypeId::int_, true}}, 864000}};
};

TEST_F(Reader, GivesRowsInClusteringOrderBothWays) {
    for (const int a : {3, -1, 2}) {
        for (const int b : {1, 5, -7}) table_.put("p", {a, b}, 1, "v");
    }
    table_.put("q", {0, 0}, 1, "v");
    EXPECT_EQ(table_.walk_partition("p"), "p: -1/5 -1/1 -1/-7 2/5 2/1 2/-7 3/5 3/1 3/-7");
    EXPECT_EQ(table_.walk_partition("p", {.reversed = true}), "p: 3/-7 3/1 3/5 2/-7 2/1 2/5 -1/-7 -1/1 -1/5");
    EXPECT_EQ(table_.walk_partition("none"), "");
    EXPECT_EQ(table_.walk_partition(""), "");
}

TEST_F(Reader, GivesSeveralRangesInTurn) {
    for (int a = 0; a < 6; ++a) {
        for (int b = 0; b < 3; ++b) table_.put("p", {a, b}, 1, "v");
    }
    const std::vector<ClusteringRange> ranges{
        table_.range({0}, true, {0}, true), table_.range({2, 1}, true, {2}, true),
        table_.range({3}, false, {3}, true), table_.range({5, 2}, false, {5, 0}, false)};
    EXPECT_EQ(table_.walk_partition("p", {.ranges = ranges}), "p: 0/2 0/1 0/0 2/1 2/0 5/1");
    EXPECT_EQ(table_.walk_partition("p", {.ranges = ranges, .reversed = true}), "p: 5/1 2/0 2/1 0/0 0/1 0/2");
}

TEST_F(Reader, SemanticsRule22APartitionWithStaticsAloneShows) {
    table_.put_static("p", 1, "s");
    EXPECT_EQ(table_.walk_partition("p"), "p: s=s");
    EXPECT_EQ(table_.walk_partition("p", {.statics = false}), "");
    table_.put("p", {1, 1}, 1, "v");
    EXPECT_EQ(table_.walk_partition("p"), "p: s=s 1/1");
    EXPECT_EQ(table_.walk_partition("p", {.reversed = true}), "p: s=s 1/1");
    EXPECT_EQ(table_.walk_all({.distinct = true}), "p: s=s");
}

TEST_F(Reader, ScansInTokenOrderAndWithinTokens) {
    std::map<std::int64_t, std::string> names;
    for (int i = 0; i < 50; ++i) {
        const std::string name = "partition " + std::to_string(i);
        names[TestTable::partition(name).token] = name;
        table_.put(name, {1, 1}, 1, "v");
        table_.put(name, {2, 1}, 1, "v");
        if (i % 3 == 0) table_.put_static(name, 1, "s");
        if (i % 5 == 0) table_.remove_range(name, table_.range({1}, true, {1}, true), {2, 4'000'000'000});
    }
    std::vector<std::string> seen;
    RowReader reader = store_->scan(table_.table(), {}, {});
    std::size_t rows = 0;
    for (ReadEvent event = reader.next(); event != ReadEvent::end; event = reader.next()) {
        if (event == ReadEvent::partition) seen.push_back(text(reader.partition().key));
        rows += event == ReadEvent::row ? 1U : 0U;
    }
    std::vector<std::string> wanted;
    for (const auto& [token, name] : names) wanted.push_back(name);
    EXPECT_EQ(seen, wanted);
    EXPECT_EQ(rows, 90U);

    const auto middle = std::next(names.begin(), 20);
    const auto last = std::next(names.begin(), 29);
    RowReader part = store_->scan(table_.table(), {middle->first, last->first}, {.distinct = true});
    seen.clear();
    while (part.next() == ReadEvent::partition) seen.push_back(text(part.partition().key));
    EXPECT_EQ(seen, std::vector<std::string>(wanted.begin() + 20, wanted.begin() + 30))
        << "both ends included";
}

TEST_F(Reader, TheExtremeTokensAreReached) {
    const Bytes key = bytes("k");
    RowMutation mutation;
    mutation.put_marker({.timestamp = 1});
    WriteBatch batch;
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t token : {lowest, std::int64_t{-1}, std::int64_t{0}, highest}) {
        batch.write_row(table_.table(), {token, key}, table_.key({1, 1}), mutation);
    }
    expect_ok(store_->write(batch));
    const auto tokens = [&](TokenRange range) {
        std::vector<std::int64_t> seen;
        RowReader reader = store_->scan(table_.table(), range, {.distinct = true});
        while (reader.next() == ReadEvent::partition) seen.push_back(reader.partition().token);
        return seen;
    };
    EXPECT_EQ(tokens({}), (std::vector<std::int64_t>{lowest, -1, 0, highest}));
    EXPECT_EQ(tokens({0, highest}), (std::vector<std::int64_t>{0, highest}));
    EXPECT_EQ(tokens({lowest, -1}), (std::vector<std::int64_t>{lowest, -1}));
    EXPECT_EQ(tokens({highest, highest}), (std::vector<std::int64_t>{highest}));
    EXPECT_EQ(tokens({1, 0}), std::vector<std::int64_t>{});
}

/// Each row of a reader as one text, statics included.
std::vector<std::string> rows_of(RowReader& reader, std::size_t most, std::optional<ScanPosition>& position) {
    std::vector<std::string> out;
    while (out.size() < most) {
        const ReadEvent event = reader.next();
        if (event == ReadEvent::end) {
            position.reset();
            break;
        }
        if (event == ReadEvent::partition) continue;
        out.push_back(text(reader.partition().key) + "/" + TestTable::value_of(reader.static_row(), 9) + "/" +
                      text(reader.clustering()));
        position = reader.position();
    }
    return out;
}

TEST_F(Reader, SemanticsRule25AScanResumesAnywhereWithoutLossOrRepetition) {
    for (int i = 0; i < 12; ++i) {
        const std::string name = "p" + std::to_string(i);
        for (int j = 0; j < i % 5; ++j) table_.put(name, {j, -j}, 1, "v");
        if (i % 2 == 0) table_.put_static(name, 1, "s");
        if (i % 3 == 0) table_.remove_range(name, table_.range({2}, true, {2}, true), {2, 4'000'000'000});
    }
    for (const bool reversed : {false, true}) {
        std::optional<ScanPosition> position;
        RowReader whole = store_->scan(table_.table(), {}, {.reversed = reversed});
        const auto wanted = rows_of(whole, 1000, position);
        ASSERT_GT(wanted.size(), 15U);
        for (std::size_t page = 1; page <= wanted.size(); ++page) {
            std::vector<std::string> seen;
            position.reset();
            do {
                RowReader reader =
                    store_->scan(table_.table(), {}, {.reversed = reversed, .resume = position});
                for (auto& row : rows_of(reader, page, position)) seen.push_back(row);
            } while (position);
            EXPECT_EQ(seen, wanted) << "pages of " << page << (reversed ? ", reversed" : "");
        }
    }
}

TEST_F(Reader, ResumesBehindAWholePartitionAndInsideRanges) {
    for (int i = 0; i < 4; ++i) table_.put("p", {i, 0}, 1, "v");
    table_.put_static("p", 1, "s");
    const PartitionKey p = TestTable::partition("p");
    ReadOptions options;
    options.resume = ScanPosition{p.token, bytes("p"), std::nullopt};
    EXPECT_EQ(table_.walk_partition("p", options), "");
    EXPECT_EQ(table_.walk_all(options), "");
    const std::vector<ClusteringRange> ranges{table_.range({0}, true, {1}, true),
                                              table_.range({3}, true, {3}, true)};
    options.ranges = ranges;
    options.resume->clustering = table_.key({1, 0}).form;
    EXPECT_EQ(table_.walk_partition("p", options), "p: s=s 3/0");
    options.reversed = true;
    EXPECT_EQ(table_.walk_partition("p", options), "p: s=s 0/0");
    options.resume->clustering = table_.key({0, 0}).form;
    EXPECT_EQ(table_.walk_partition("p", options), "") << "no rows left: the partition does not come again";
}

TEST_F(Reader, SkipsTheRestOfAPartition) {
    for (const char* name : {"a", "b", "c"}) {
        for (int i = 0; i < 3; ++i) table_.put(name, {i, 0}, 1, "v");
    }
    RowReader reader = store_->scan(table_.table(), {}, {});
    std::multiset<std::string> seen;
    for (ReadEvent event = reader.next(); event != ReadEvent::end; event = reader.next()) {
        if (event == ReadEvent::partition) continue;
        seen.insert(text(reader.partition().key));
        reader.skip_partition();
    }
    EXPECT_EQ(seen, (std::multiset<std::string>{"a", "b", "c"}));
}

TEST_F(Reader, ASnapshotAndAReaderDoNotSeeLaterWrites) {
    table_.put("p", {1, 0}, 1, "old");
    const Snapshot snapshot = store_->snapshot();
    RowReader reader = store_->read_partition(table_.table(), TestTable::partition("p"), {});
    table_.put("p", {1, 0}, 2, "new");
    table_.put("p", {2, 0}, 2, "new");
    table_.remove_partition("p", {3, 4'000'000'000});
    EXPECT_EQ(TestTable::value_of(table_.row("p", {1, 0}, 0, &snapshot)), "old");
    EXPECT_FALSE(table_.row("p", {1, 0}).exists());
    EXPECT_EQ(table_.walk_partition("p", {.snapshot = &snapshot}), "p: 1/0");
    EXPECT_EQ(table_.walk(std::move(reader)), "p: 1/0");
}

TEST_F(Reader, TablesDoNotMix) {
    TestTable other(*store_, 2, {{{TypeId::int_, false}, {TypeId::int_, true}}, 864000});
    table_.put("p", {1, 0}, 1, "one");
    other.put("p", {2, 0}, 1, "two");
    EXPECT_EQ(table_.walk_all(), "p: 1/0");
    EXPECT_EQ(other.walk_all(), "p: 2/0");
}

TEST_F(Reader, ATableWithoutClusteringHasOneRowPerPartition) {
    TestTable plain(*store_, 3, {{}, 864000});
    plain.put("a", {}, 1, "x");
    EXPECT_EQ(plain.get("a", {}), "x");
    EXPECT_EQ(plain.walk_all(), "a:");
    ReadOptions options;
    const PartitionKey a = TestTable::partition("a");
    options.resume = ScanPosition{a.token, bytes("a"), Bytes()};
    EXPECT_EQ(plain.walk_all(options), "");
}

TEST_F(Reader, IndexEntriesNameRows) {
    auto opened = store_->open_index(7);
    ASSERT_TRUE(std::holds_alternative<std::shared_ptr<StoredTable>>(opened));
    const auto index = std::get<0>(opened);
    const auto value = [](std::string_view word) {
        Bytes form;
        EXPECT_TRUE(append_comparable(TypeId::text, false, bytes(word), form));
        return form;
    };
    WriteBatch batch;
    for (const char* name : {"a", "b", "c"}) {
        batch.put_index_entry(*index, value("red"), TestTable::partition(name), table_.key({1, 2}).form);
        batch.put_index_entry(*index, value("red"), TestTable::partition(name), table_.key({1, 1}).form);
        batch.put_index_entry(*index, value("redder"), TestTable::partition(name), {});
    }
    batch.erase_index_entry(*index, value("red"), TestTable::partition("b"), table_.key({1, 1}).form);
    batch.erase_index_entry(*index, value("green"), TestTable::partition("b"), {});
    expect_ok(store_->write(batch));
    const auto entries = [&](std::string_view word, const PartitionKey* partition,
                             const ScanPosition* resume) {
        std::vector<std::string> out;
        IndexReader reader = store_->read_index(*index, value(word), partition, resume);
        while (reader.next()) {
            EXPECT_EQ(reader.partition().token, TestTable::partition(text(reader.partition().key)).token);
            out.push_back(text(reader.partition().key) + "/" + text(reader.clustering()));
        }
        expect_ok(reader.error());
        return out;
    };
    const auto all = entries("red", nullptr, nullptr);
    EXPECT_EQ(all.size(), 5U);
    EXPECT_EQ(entries("redder", nullptr, nullptr).size(), 3U);
    EXPECT_TRUE(entries("re", nullptr, nullptr).empty());
    const PartitionKey c = TestTable::partition("c");
    EXPECT_EQ(entries("red", &c, nullptr).size(), 2U);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string name = all[i].substr(0, 1);
        const ScanPosition position{TestTable::partition(name).token, bytes(name), bytes(all[i].substr(2))};
        EXPECT_EQ(entries("red", nullptr, &position),
                  std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end()));
    }
    batch.clear();
    batch.truncate(*index);
    expect_ok(store_->write(batch));
    EXPECT_TRUE(entries("red", nullptr, nullptr).empty());
}

TEST_F(Reader, RecordsComeBackByName) {
    WriteBatch batch;
    batch.put_record("table b", bytes("2"));
    batch.put_record("table a", bytes("1"));
    batch.put_record("type a", bytes(""));
    expect_ok(store_->write(batch));
    batch.clear();
    batch.erase_record("table a");
    batch.put_record("table c", bytes("3"));
    expect_ok(store_->write(batch));
    const auto found = store_->records("table ");
    ASSERT_TRUE((std::holds_alternative<std::vector<std::pair<std::string, Bytes>>>(found)));
    EXPECT_EQ(std::get<0>(found),
              (std::vector<std::pair<std::string, Bytes>>{{"table b", bytes("2")}, {"table c", bytes("3")}}));
    EXPECT_EQ(std::get<0>(store_->get_record("type a")), Bytes());
    EXPECT_EQ(std::get<0>(store_->get_record("table a")), std::nullopt);
}

TEST_F(Reader, AKeyThatIsEmptyOrTooLongIsRefusedAndNothingIsWritten) {
    RowMutation mutation;
    mutation.put_marker({.timestamp = 1});
    for (const std::size_t size : {std::size_t{0}, std::size_t{65536}}) {
        const Bytes key(size);
        WriteBatch batch;
        batch.write_row(table_.table(), TestTable::partition("p"), table_.key({1, 1}), mutation);
        batch.write_row(table_.table(), {0, key}, table_.key({1, 1}), mutation);
        const auto error = store_->write(batch);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code(), server_code::invalid);
    }
    EXPECT_EQ(table_.walk_all(), "");
}

TEST_F(Reader, LocksOnManyPartitionsExcludeEachOther) {
    int value = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                std::vector<PartitionLocks::Target> targets{{1, 42}, {1, i % 7}, {2, 1000 - i}, {1, 42}};
                if (t % 2 == 0) std::reverse(targets.begin(), targets.end());
                const auto guard = store_->lock(targets);
                ++value;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(value, 2000);
}

TEST_F(Reader, TheFirstDeletionOfATableIsSeenWithWhatItCameWith) {
    // A batch that deletes a partition and writes a row again must never show the row as missing.
    for (int round = 0; round < 50; ++round) {
        TestTable table(*store_, static_cast<std::uint32_t>(100 + round), {{}, 864000});
        table.put("p", {}, 1, "old");
        std::atomic<bool> done = false;
        std::thread reader([&] {
            while (!done) EXPECT_TRUE(table.row("p", {}).exists());
        });
        WriteBatch batch;
        batch.delete_partition(table.table(), TestTable::partition("p"), {5, 4'000'000'000});
        RowMutation mutation;
        mutation.put_cell(1, {.timestamp = 6}, bytes("new"));
        batch.write_row(table.table(), TestTable::partition("p"), {}, mutation);
        expect_ok(store_->write(batch));
        EXPECT_EQ(table.get("p", {}), "new");
        done = true;
        reader.join();
    }
}

}  // namespace

}  // namespace coodie::embedded::storage::test
