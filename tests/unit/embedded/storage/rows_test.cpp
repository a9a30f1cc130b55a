// SPDX-License-Identifier: Apache-2.0
// What reads show of writes, deletions and expiry: in memory, on disk, and after compactions with
// gc_grace_seconds 0.
#include "fixture.hpp"

namespace coodie::embedded::storage::test {

namespace {

constexpr std::int64_t minimum = std::numeric_limits<std::int64_t>::min();

/// Runs each test twice: reads before a compaction and after one must agree.
class Rows : public ::testing::TestWithParam<bool> {
protected:
    /// What is asked before and after rewriting everything.
    void settle() {
        if (GetParam()) expect_ok(store_->compact());
    }

    std::unique_ptr<Store> store_ = open_or_fail({});
    TestTable table_{*store_, 1};
};

INSTANTIATE_TEST_SUITE_P(BeforeAndAfterCompaction, Rows, ::testing::Bool());

TEST_P(Rows, AMissingRowDoesNotExist) {
    settle();
    EXPECT_FALSE(table_.row("p", {1}).exists());
    EXPECT_FALSE(table_.row("", {1}).exists());
}

TEST_P(Rows, ShowCellsByColumn) {
    RowMutation mutation;
    mutation.put_cell(7, {.timestamp = 5}, bytes("seven"));
    mutation.put_cell(2, {.timestamp = 6, .ttl = 100, .expiry = 8'000'000'000}, bytes(""));
    mutation.put_marker({.timestamp = 4});
    table_.write("p", {1}, mutation);
    settle();
    const Row row = table_.row("p", {1}, 7'999'999'999);
    ASSERT_EQ(row.cells().size(), 2U);
    EXPECT_EQ(row.liveness(), (Liveness{.timestamp = 4}));
    EXPECT_EQ(row.cells()[0].column, 2);
    EXPECT_EQ(row.cells()[0].ttl, 100);
    EXPECT_EQ(row.cells()[0].expiry, 8'000'000'000);
    EXPECT_EQ(row.cells()[0].timestamp, 6);
    EXPECT_EQ(TestTable::value_of(row, 2), "");
    EXPECT_EQ(TestTable::value_of(row, 7), "seven");
    EXPECT_EQ(row.cells()[1].expiry, never_expires);
    EXPECT_TRUE(row.column(3).empty());
    EXPECT_TRUE(table_.row("p", {1}, 8'000'000'000).column(2).empty()) << "expired";
}

TEST_P(Rows, SemanticsRule9AMarkerMakesARowOfKeysAlone) {
    RowMutation mutation;
    mutation.put_marker({.timestamp = 1});
    table_.write("p", {1}, mutation);
    table_.put("p", {2}, 1, "x");
    table_.remove_cell("p", {2}, {2, 0});
    settle();
    EXPECT_TRUE(table_.row("p", {1}).exists());
    EXPECT_FALSE(table_.row("p", {2}).exists()) << "made by UPDATE alone, its last cell is null";
}

TEST_P(Rows, ALaterTimestampWinsInAnyOrder) {
    table_.put("p", {1}, 20, "new");
    table_.put("p", {1}, 10, "old");
    table_.put("p", {2}, 10, "old");
    table_.put("p", {2}, 20, "new");
    table_.put("p", {3}, minimum + 1, "first");
    table_.put("p", {3}, std::numeric_limits<std::int64_t>::max(), "last");
    settle();
    EXPECT_EQ(table_.get("p", {1}), "new");
    EXPECT_EQ(table_.get("p", {2}), "new");
    EXPECT_EQ(table_.get("p", {3}), "last");
}

TEST_P(Rows, EqualTimestampsGoByTombstoneThenExpiryThenValue) {
    table_.put("p", {1}, 5, "a");
    table_.put("p", {1}, 5, "b");
    table_.put("p", {1}, 5, "\x7f");
    table_.put("p", {1}, 5, "\xff");
    table_.put("p", {1}, 5, "");
    table_.remove_cell("p", {2}, {5, 4'000'000'000});
    table_.put("p", {2}, 5, "z");
    table_.put_expiring("p", {2}, 5, 8'000'000'000, "y");
    table_.put_expiring("p", {3}, 5, 8'000'000'000, "a");
    table_.put("p", {3}, 5, "z");
    table_.put_expiring("p", {4}, 5, 8'000'000'001, "a");
    table_.put_expiring("p", {4}, 5, 8'000'000'000, "z");
    table_.put("p", {5}, 5, "a");
    table_.put("p", {5}, 5, "aa");
    settle();
    EXPECT_EQ(table_.get("p", {1}), "\xff") << "bytes compare unsigned";
    EXPECT_EQ(table_.get("p", {2}), "-") << "a tombstone beats a live cell and an expiring one";
    EXPECT_EQ(table_.get("p", {3}), "a") << "an expiring cell beats one without end";
    EXPECT_EQ(table_.get("p", {4}), "a") << "the later expiry beats the greater value";
    EXPECT_EQ(table_.get("p", {5}), "aa");
}

TEST_P(Rows, AnExpiredCellCountsAsATombstoneOfItsTimestamp) {
    table_.put("p", {1}, 10, "old");
    table_.put_expiring("p", {1}, 20, 100, "short");
    settle();
    EXPECT_EQ(table_.get("p", {1}, 99),
              GetParam() ? "-" : "short");  // a real clock has passed 100 seconds long ago
    EXPECT_EQ(table_.get("p", {1}, 100), "-") << "the older value must not come back";
}

TEST_P(Rows, ARowDeletionCoversWhatIsNotLater) {
    RowMutation mutation;
    mutation.put_marker({.timestamp = 10});
    mutation.put_cell(1, {.timestamp = 10}, bytes("a"));
    mutation.put_cell(2, {.timestamp = 11}, bytes("b"));
    table_.write("p", {1}, mutation);
    table_.remove_row("p", {1}, {10, 4'000'000'000});
    table_.put("p", {1}, 9, "late");
    settle();
    const Row row = table_.row("p", {1});
    EXPECT_FALSE(row.liveness());
    EXPECT_EQ(TestTable::value_of(row, 1), "-");
    EXPECT_EQ(TestTable::value_of(row, 2), "b");
}

TEST_P(Rows, APartitionDeletionCoversRowsAndStatics) {
    table_.put("p", {1}, 10, "a");
    table_.put("p", {2}, 12, "b");
    table_.put("q", {1}, 10, "c");
    table_.put_static("p", 10, "s");
    table_.remove_partition("p", {11, 4'000'000'000});
    table_.put("p", {3}, 11, "late");
    settle();
    EXPECT_EQ(table_.get("p", {1}), "-");
    EXPECT_EQ(table_.get("p", {2}), "b");
    EXPECT_EQ(table_.get("p", {3}), "-");
    EXPECT_EQ(table_.get("q", {1}), "c");
    EXPECT_EQ(table_.walk_partition("p"), "p: 2");
    Row statics;
    expect_ok(store_->get_static(table_.table(), TestTable::partition("p"), 0, statics));
    EXPECT_FALSE(statics.exists());
}

TEST_P(Rows, RangeDeletionsCoverTheirBoundsAsTold) {
    for (int i = 0; i < 10; ++i) table_.put("p", {i}, 10, "v");
    table_.remove_range("p", table_.range({2}, true, {4}, false), {11, 4'000'000'000});  // 2 3
    table_.remove_range("p", table_.range({3}, false, {5}, true), {11, 4'000'000'000});  // 4 5
    table_.remove_range("p", table_.range({8}, false, {}, true), {11, 4'000'000'000});   // 9
    table_.remove_range("p", table_.range({}, true, {0}, true), {11, 4'000'000'000});    // 0
    table_.remove_range("p", table_.range({7}, true, {7}, true), {9, 4'000'000'000});    // too old
    table_.remove_range("p", table_.range({6}, false, {6}, true), {99, 4'000'000'000});  // empty
    settle();
    EXPECT_EQ(table_.walk_partition("p"), "p: 1 6 7 8");
    EXPECT_EQ(table_.walk_partition("p", {.reversed = true}), "p: 8 7 6 1");
    for (const int i : {0, 2, 3, 4, 5, 9}) EXPECT_EQ(table_.get("p", {i}), "-") << i;
    for (const int i : {1, 6, 7, 8}) EXPECT_EQ(table_.get("p", {i}), "v") << i;
}

TEST_P(Rows, OverlappingRangeDeletionsTheStrongestCounts) {
    for (int i = 0; i < 8; ++i) table_.put("p", {i}, 10 + i, "v");
    table_.remove_range("p", table_.range({0}, true, {7}, true), {11, 4'000'000'000});
    table_.remove_range("p", table_.range({0}, true, {3}, true), {12, 4'000'000'000});
    table_.remove_range("p", table_.range({5}, true, {6}, true), {15, 4'000'000'000});
    table_.remove_range("p", table_.range({4}, true, {6}, true), {14, 4'000'000'000});
    settle();
    EXPECT_EQ(table_.walk_partition("p"), "p: 3 6 7");
}

TEST_P(Rows, CollectionElementsHaveCellsOfTheirOwn) {
    const auto path = [](std::string_view name) {
        CellPath out;
        EXPECT_TRUE(CellPath::make(DataType(TypeId::text), bytes(name), out));
        return out;
    };
    RowMutation mutation;
    mutation.put_element(3, path("b"), {.timestamp = 5}, bytes("2"));
    mutation.put_element(3, path("a"), {.timestamp = 5}, bytes("1"));
    mutation.put_element(3, path("c"), {.timestamp = 7}, bytes("3"));
    table_.write("p", {1}, mutation);
    mutation.clear();
    mutation.delete_elements(3, {6, 4'000'000'000});
    mutation.put_element(3, path("d"), {.timestamp = 7}, bytes("4"));
    mutation.put_element(3, path("e"), {.timestamp = 6}, bytes("5"));
    table_.write("p", {1}, mutation);
    mutation.clear();
    mutation.put_element(3, path("z"), {.timestamp = 6}, bytes("late"));
    mutation.delete_element(3, path("d"), {8, 4'000'000'000});
    table_.write("p", {1}, mutation);
    settle();
    const Row row = table_.row("p", {1});
    ASSERT_EQ(row.column(3).size(), 1U);
    Bytes content;
    EXPECT_TRUE(row.column(3)[0].path_content(DataType(TypeId::text), content));
    EXPECT_EQ(text(content), "c");
}

TEST_P(Rows, SemanticsRule10ReplacingACollectionLeavesOnlyItsElements) {
    CellPath path;
    ASSERT_TRUE(CellPath::make(DataType(TypeId::int_), int_bytes(1), path));
    RowMutation mutation;
    mutation.delete_elements(3, {9, 4'000'000'000});
    mutation.put_element(3, path, {.timestamp = 10}, bytes("one"));
    table_.write("p", {1}, mutation);
    ASSERT_TRUE(CellPath::make(DataType(TypeId::int_), int_bytes(-2), path));
    mutation.clear();
    mutation.delete_elements(3, {19, 4'000'000'000});
    mutation.put_element(3, path, {.timestamp = 20}, bytes("two"));
    table_.write("p", {1}, mutation);
    settle();
    const Row row = table_.row("p", {1});
    ASSERT_EQ(row.column(3).size(), 1U);
    EXPECT_EQ(text(row.column(3)[0].value), "two");
}

TEST_P(Rows, CountersAddUp) {
    RowMutation mutation;
    for (int i = 1; i <= 20; ++i) {
        mutation.clear();
        mutation.add_counter(1, i, i % 2 == 0 ? i : -1);
        table_.write("p", {1}, mutation);
    }
    settle();
    const Row row = table_.row("p", {1});
    ASSERT_EQ(row.cells().size(), 1U);
    EXPECT_TRUE(row.cells()[0].is_counter);
    EXPECT_EQ(row.cells()[0].timestamp, 20);
    EXPECT_EQ(counter_of(row.cells()[0].value), 100);
}

TEST_P(Rows, ADeletedCounterRowStartsAgain) {
    RowMutation add;
    add.add_counter(1, 10, 5);
    for (const char* name : {"row", "range", "partition", "cell"}) table_.write(name, {1}, add);
    table_.remove_row("row", {1}, {20, 4'000'000'000});
    table_.remove_range("range", table_.range({1}, true, {1}, true), {20, 4'000'000'000});
    table_.remove_partition("partition", {20, 4'000'000'000});
    table_.remove_cell("cell", {1}, {20, 4'000'000'000});
    settle();
    add.clear();
    add.add_counter(1, 30, 1);
    for (const char* name : {"row", "range", "partition", "cell"}) table_.write(name, {1}, add);
    settle();
    for (const char* name : {"row", "range", "partition"}) {
        const Row row = table_.row(name, {1});
        ASSERT_EQ(row.cells().size(), 1U) << name;
        EXPECT_EQ(counter_of(row.cells()[0].value), 1) << name;
    }
    EXPECT_TRUE(table_.row("cell", {1}).cells().empty())
        << "a counter's tombstone wins for good (CASSANDRA-7346)";
}

TEST_P(Rows, TwoWritesOfOneBatchToOneRowAreReconciled) {
    RowMutation mutation;
    mutation.put_cell(1, {.timestamp = 5}, bytes("a"));
    mutation.put_cell(1, {.timestamp = 5}, bytes("c"));
    mutation.put_cell(1, {.timestamp = 5}, bytes("b"));
    RowMutation other;
    other.put_cell(1, {.timestamp = 5}, bytes("d"));
    WriteBatch batch;
    batch.write_row(table_.table(), TestTable::partition("p"), table_.key({1}), mutation);
    batch.write_row(table_.table(), TestTable::partition("p"), table_.key({1}), other);
    expect_ok(store_->write(batch));
    settle();
    EXPECT_EQ(table_.get("p", {1}), "d");
}

TEST_P(Rows, AKeyThatIsEqualButNotTheSameComesBackAsFirstWritten) {
    TestTable decimals(*store_, 2, {{{TypeId::decimal, true}}, 864000});
    const auto key = [&](const Bytes& content) {
        const BytesView view(content);
        ClusteringKey out;
        EXPECT_TRUE(decimals.table().clustering().encode({&view, 1}, out));
        return out;
    };
    Bytes one_point_zero = int_bytes(1);
    one_point_zero.push_back(std::byte{10});
    Bytes one = int_bytes(0);
    one.push_back(std::byte{1});
    RowMutation mutation;
    mutation.put_cell(1, {.timestamp = 1}, bytes("x"));
    WriteBatch batch;
    batch.write_row(decimals.table(), TestTable::partition("p"), key(one_point_zero), mutation);
    expect_ok(store_->write(batch));
    settle();
    Row row;
    expect_ok(store_->get(decimals.table(), TestTable::partition("p"), key(one).form, 0, row));
    ASSERT_TRUE(row.exists()) << "1 and 1.0 are one key";
    ClusteringValues values;
    ASSERT_TRUE(decimals.table().clustering().decode(key(one).form, row.clustering_original(), values));
    EXPECT_TRUE(std::ranges::equal(values[0], one_point_zero));
}

}  // namespace

}  // namespace coodie::embedded::storage::test
