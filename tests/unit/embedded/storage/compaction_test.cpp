// SPDX-License-Identifier: Apache-2.0
// Compactions with gc_grace_seconds 0 drop what is deleted or expired, and never let an older value come
// back.
#include "fixture.hpp"

#include "embedded/storage/keys.hpp"
#include "embedded/storage/store_impl.hpp"

#include <rocksdb/perf_context.h>

namespace coodie::embedded::storage::test {

namespace {

class Compaction : public ::testing::Test {
protected:
    void compact() { expect_ok(store_->compact()); }
    /// Makes a file of what has been written so far, without compacting.
    void flush() { ASSERT_TRUE(store_->impl().db->Flush(rocksdb::FlushOptions()).ok()); }
    /// Keys of the table that are stored in whatever form.
    std::size_t keys() {
        std::string start;
        append_object(start, table_.table().state().object);
        const std::unique_ptr<rocksdb::Iterator> it(store_->impl().db->NewIterator(rocksdb::ReadOptions()));
        std::size_t count = 0;
        for (it->Seek(start); it->Valid() && it->key().starts_with(start); it->Next()) ++count;
        return count;
    }
    std::size_t stored_bytes() {
        std::string start;
        append_object(start, table_.table().state().object);
        const std::unique_ptr<rocksdb::Iterator> it(store_->impl().db->NewIterator(rocksdb::ReadOptions()));
        std::size_t size = 0;
        for (it->Seek(start); it->Valid() && it->key().starts_with(start); it->Next())
            size += it->value().size();
        return size;
    }

    std::unique_ptr<Store> store_ = open_or_fail({});
    TestTable table_{*store_, 1, {{{TypeId::int_, false}}, 0}};
};

constexpr std::int64_t long_ago = 1000;
constexpr std::int64_t far_off = 8'000'000'000;

}  // namespace

TEST_F(Compaction, DropsDeletedAndExpiredCellsAndRows) {
    table_.put("p", {1}, 10, "a");
    table_.remove_cell("p", {1}, {11, long_ago});
    table_.put_expiring("p", {2}, 10, long_ago, "b");
    table_.put("p", {3}, 10, "c");
    table_.remove_row("p", {3}, {11, long_ago});
    RowMutation marker;
    marker.put_marker({.timestamp = 5, .ttl = 7, .expiry = long_ago});
    table_.write("p", {4}, marker);
    table_.put("p", {5}, 10, "stays");
    EXPECT_EQ(keys(), 5U);
    compact();
    EXPECT_EQ(keys(), 1U);
    EXPECT_EQ(table_.walk_partition("p"), "p: 5");
}

TEST_F(Compaction, KeepsWhatIsYoungerThanGcGrace) {
    const TestTable patient(*store_, 1, {{{TypeId::int_, false}}, far_off});
    table_.put("p", {1}, 10, "a");
    table_.remove_cell("p", {1}, {11, long_ago});
    compact();
    EXPECT_EQ(keys(), 1U);
    table_.put("p", {1}, 9, "late");
    EXPECT_EQ(table_.get("p", {1}), "-");
}

TEST_F(Compaction, ATombstoneGoesWithTheOlderValueInALowerLevel) {
    table_.put("p", {1}, 10, "old");
    compact();
    table_.remove_cell("p", {1}, {20, long_ago});
    flush();
    EXPECT_EQ(table_.get("p", {1}), "-");
    compact();
    EXPECT_EQ(table_.get("p", {1}), "-");
    EXPECT_EQ(keys(), 0U);
}

TEST_F(Compaction, AnExpiredCellHidesAnOlderOneBeforeAndAfter) {
    table_.put("p", {1}, 10, "old");
    compact();
    table_.put_expiring("p", {1}, 20, long_ago, "short");
    flush();
    EXPECT_EQ(table_.get("p", {1}, long_ago), "-");
    compact();
    EXPECT_EQ(table_.get("p", {1}, long_ago), "-");
    compact();
    EXPECT_EQ(table_.get("p", {1}, long_ago), "-");
    EXPECT_EQ(keys(), 0U);
}

TEST_F(Compaction, AWholeTombstoneStaysWhileALaterWriteNeedsIt) {
    table_.remove_cell("p", {1}, {20, far_off});
    compact();  // a whole row with a tombstone that may not go yet
    table_.put("p", {1}, 10, "late, with an older timestamp");
    flush();
    EXPECT_EQ(table_.get("p", {1}), "-");
    // Compact only the lower level: the later write is not part of it.
    rocksdb::DB& db = *store_->impl().db;
    std::vector<rocksdb::LiveFileMetaData> files;
    db.GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
        if (file.level == 0) continue;
        const rocksdb::Status status = db.CompactFiles(rocksdb::CompactionOptions(), {file.name}, file.level);
        EXPECT_TRUE(status.ok()) << status.ToString();
    }
    EXPECT_EQ(table_.get("p", {1}), "-");
}

TEST_F(Compaction, ATombstoneInALowerLevelIsNotPurgedUnderAnOlderWriteAbove) {
    // As above, but the tombstone is old enough to go: only the write above keeps it.
    rocksdb::DB& db = *store_->impl().db;
    const TestTable patient(*store_, 1, {{{TypeId::int_, false}}, far_off});
    table_.remove_cell("p", {1}, {20, long_ago});
    compact();
    ASSERT_EQ(keys(), 1U);
    const TestTable impatient(*store_, 1, {{{TypeId::int_, false}}, 0});
    table_.put("p", {1}, 10, "late, with an older timestamp");
    flush();
    std::vector<rocksdb::LiveFileMetaData> files;
    db.GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
        if (file.level == 0) continue;
        const rocksdb::Status status = db.CompactFiles(rocksdb::CompactionOptions(), {file.name}, file.level);
        EXPECT_TRUE(status.ok()) << status.ToString();
    }
    EXPECT_EQ(table_.get("p", {1}), "-") << "the older value came back";
    compact();
    EXPECT_EQ(table_.get("p", {1}), "-");
    EXPECT_EQ(keys(), 0U);
}

TEST_F(Compaction, PartitionDeletionsStayAsLongAsTheyCoverSomething) {
    for (int i = 0; i < 5; ++i) table_.put("p", {i}, 10, "v");
    table_.put("p", {9}, 30, "later");
    table_.put_static("p", 10, "s");
    compact();
    table_.remove_partition("p", {20, long_ago});
    EXPECT_EQ(table_.walk_partition("p"), "p: 9");
    for (int i = 0; i < 3; ++i) {
        compact();
        EXPECT_EQ(table_.walk_partition("p"), "p: 9") << i;
    }
    EXPECT_EQ(keys(), 1U) << "the deletion and all that it covered are gone";
}

TEST_F(Compaction, RangeDeletionsStayAsLongAsTheyCoverSomething) {
    for (int i = 0; i < 6; ++i) table_.put("p", {i}, 10, "v");
    compact();
    table_.remove_range("p", table_.range({2}, true, {4}, true), {20, long_ago});
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(table_.walk_partition("p"), "p: 0 1 5") << i;
        compact();
    }
    EXPECT_EQ(keys(), 3U);
}

TEST_F(Compaction, TruncatedAndDroppedTablesLeaveNothing) {
    TestTable other(*store_, 2);
    for (int i = 0; i < 100; ++i) {
        table_.put("p", {i}, 10, "v");
        other.put("p", {i}, 10, "v");
    }
    flush();
    WriteBatch batch;
    batch.truncate(table_.table());
    expect_ok(store_->write(batch));
    EXPECT_EQ(table_.walk_all(), "");
    EXPECT_FALSE(table_.row("p", {1}).exists());
    EXPECT_EQ(other.get("p", {1}), "v");
    table_.put("p", {1}, 1, "again");
    EXPECT_EQ(table_.get("p", {1}), "again") << "older timestamps are fine after TRUNCATE";
    batch.clear();
    batch.drop(other.table());
    batch.erase_record("table other");
    expect_ok(store_->write(batch));
    compact();
    const std::unique_ptr<rocksdb::Iterator> it(store_->impl().db->NewIterator(rocksdb::ReadOptions()));
    std::size_t rows = 0;
    for (it->SeekToFirst(); it->Valid(); it->Next())
        rows += object_at(it->key().ToStringView(), 0) != 0 ? 1 : 0;
    EXPECT_EQ(rows, 1U);
}

TEST_F(Compaction, ARowWritten10000TimesReadsAsOneWrittenOnce) {
    const auto merges_of_a_read = [&](std::initializer_list<int> key) {
        rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableCount);
        rocksdb::get_perf_context()->Reset();
        EXPECT_EQ(table_.row("p", key).cells().size(), 1U);
        rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
        return rocksdb::get_perf_context()->internal_merge_count;
    };
    table_.put("p", {1}, 1, "once");
    const auto once = merges_of_a_read({1});
    for (int i = 0; i < 10000; ++i) table_.put("p", {2}, i, "value " + std::to_string(i));
    EXPECT_EQ(table_.get("p", {2}), "value 9999");
    EXPECT_LE(merges_of_a_read({2}), once + 8) << "writes that a read of the row has to fold";
    flush();
    EXPECT_LE(merges_of_a_read({2}), once + 8);
    compact();
    EXPECT_EQ(merges_of_a_read({2}), 0U);
    EXPECT_LT(stored_bytes(), 200U);
}

TEST_F(Compaction, ManyCollectionElementsWrittenOneByOneFold) {
    for (int i = 0; i < 2000; ++i) {
        CellPath path;
        ASSERT_TRUE(CellPath::make(DataType(TypeId::int_), int_bytes(i % 100), path));
        RowMutation mutation;
        mutation.put_element(3, path, {.timestamp = i}, int_bytes(i));
        table_.write("p", {1}, mutation);
    }
    const Row row = table_.row("p", {1});
    ASSERT_EQ(row.column(3).size(), 100U);
    EXPECT_EQ(counter_of(row.column(3)[99].value), 1999);
    compact();
    EXPECT_EQ(table_.row("p", {1}).column(3).size(), 100U);
}

}  // namespace coodie::embedded::storage::test
