// SPDX-License-Identifier: Apache-2.0
// What a folder survives and what it must refuse: other processes, crashes, damaged files.
#include "fixture.hpp"

#include "embedded/storage/log_check.hpp"
#include "embedded/storage/store_impl.hpp"

#include <sys/wait.h>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

namespace coodie::embedded::storage::test {

namespace {

namespace fs = std::filesystem;

constexpr int many_rows = 300;

StoreOptions small(const std::string& folder, SyncMode sync = SyncMode::periodic) {
    return {.folder = folder, .sync = sync, .block_cache_bytes = 1U << 20U, .write_buffer_bytes = 64U << 10U};
}

std::string value_of(int i) {
    return "value " + std::to_string(i) + std::string(200, static_cast<char>('a' + i % 26));
}

/// Rows in tables and in the log, in several files.
void fill(Store& store) {
    TestTable table(store, 1);
    for (int i = 0; i < many_rows; ++i) {
        table.put("partition " + std::to_string(i % 10), {i}, i + 1, value_of(i));
        if (i != many_rows / 2) continue;
        ASSERT_TRUE(store.impl().db->Flush(rocksdb::FlushOptions()).ok());
    }
    WriteBatch batch;
    batch.put_record("record", bytes("content"));
    expect_ok(store.write(batch));
}

/// Copies the folder as a crash would leave it.
void copy_folder(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

/// Leaves out rows without an error?
enum class Found { all, error, less };
Found look(const std::string& folder, std::string& message) {
    auto opened = Store::open(small(folder));
    if (auto* error = std::get_if<Error>(&opened)) {
        message = error->message();
        EXPECT_EQ(error->kind(), ErrorKind::connection) << message;
        EXPECT_NE(message.find(folder), std::string::npos) << message;
        return Found::error;
    }
    Store& store = *std::get<0>(opened);
    auto table = store.open_table(1, {{{TypeId::int_, false}}, 864000});
    if (auto* error = std::get_if<Error>(&table)) {
        message = error->message();
        return Found::error;
    }
    RowReader reader = store.scan(*std::get<0>(table), {}, {});
    int rows = 0;
    for (ReadEvent event = reader.next(); event != ReadEvent::end; event = reader.next()) {
        if (event != ReadEvent::row) continue;
        const auto cells = reader.row().column(1);
        if (cells.size() != 1 || text(cells[0].value) != value_of(static_cast<int>(cells[0].timestamp) - 1)) {
            message = "a wrong row";
            return Found::less;
        }
        ++rows;
    }
    if (reader.error()) {
        message = reader.error()->message();
        return Found::error;
    }
    const auto record = store.get_record("record");
    const bool whole = rows == many_rows && std::holds_alternative<std::optional<Bytes>>(record) &&
                       std::get<0>(record) == bytes("content");
    message = std::to_string(rows) + " rows";
    return whole ? Found::all : Found::less;
}

void flip(const std::string& file, std::size_t at, unsigned mask) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(static_cast<unsigned>(stream.get()) ^ mask);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(byte);
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

/// Flips bits at many places of each file: an error, or everything is there (a byte that means nothing).
void damage_each_file(const std::string& good, const std::string& work,
                      const std::set<std::string>& may_be_harmless) {
    for (const std::string& name : names_in(good)) {
        const auto size = static_cast<std::size_t>(fs::file_size(good + "/" + name));
        if (size == 0 || name == "COODIE.lock") continue;  // the lock's text is for messages only
        const std::size_t step = std::max<std::size_t>(1, size / 20);
        std::size_t errors = 0;
        std::size_t tries = 0;
        for (std::size_t at = 0; at<size; at += at + 64> size ? 7 : step) {
            for (const unsigned mask : {0x01U, 0x80U}) {
                copy_folder(good, work);
                flip(work + "/" + name, at, mask);
                std::string message;
                const Found found = look(work, message);
                EXPECT_NE(found, Found::less) << name << " byte " << at << ": " << message;
                errors += found == Found::error ? 1U : 0U;
                ++tries;
                if (found == Found::all && !may_be_harmless.contains(fs::path(name).extension())) {
                    ADD_FAILURE() << name << " byte " << at << " was not noticed";
                }
            }
        }
        EXPECT_GT(errors, tries / 2) << name;
    }
}

}  // namespace

TEST(FolderTest, WhatWasWrittenIsThereAfterClosing) {
    for (const SyncMode sync : {SyncMode::periodic, SyncMode::always}) {
        const TemporaryFolder folder;
        fill(*open_or_fail(small(folder.path(), sync)));
        for (int round = 0; round < 3; ++round) {
            std::string message;
            EXPECT_EQ(look(folder.path(), message), Found::all) << message;
        }
    }
}

TEST(FolderTest, FlagsTruncationsAndDropsOutliveTheProcess) {
    const TemporaryFolder folder;
    {
        const auto store = open_or_fail(small(folder.path()));
        TestTable a(*store, 1);
        TestTable b(*store, 2);
        TestTable c(*store, 3);
        for (TestTable* table : {&a, &b, &c}) {
            for (int i = 0; i < 5; ++i) table->put("p", {i}, 1, "v");
        }
        a.remove_partition("p", {2, 4'000'000'000});
        a.put("p", {9}, 3, "v");
        a.put_static("p", 3, "s");
        WriteBatch batch;
        batch.truncate(b.table());
        batch.drop(c.table());
        expect_ok(store->write(batch));
        b.put("p", {7}, 1, "v");
    }
    const auto store = open_or_fail(small(folder.path()));
    TestTable a(*store, 1);
    TestTable b(*store, 2);
    TestTable c(*store, 3);
    EXPECT_EQ(a.walk_all(), "p: s=s 9");
    EXPECT_EQ(a.get("p", {1}), "-");
    EXPECT_EQ(b.walk_all(), "p: 7");
    EXPECT_EQ(c.walk_all(), "");
}

TEST(FolderTest, ASecondProcessIsToldFolderAndPid) {
    const TemporaryFolder folder;
    int ready[2];
    int stop[2];
    ASSERT_EQ(pipe(ready), 0);
    ASSERT_EQ(pipe(stop), 0);
    const pid_t child = fork();
    if (child == 0) {
        auto opened = Store::open(small(folder.path()));
        char byte = std::holds_alternative<Error>(opened) ? 'e' : 'o';
        if (write(ready[1], &byte, 1) != 1 || read(stop[0], &byte, 1) != 1) _exit(2);
        _exit(0);  // without closing: the lock goes with the process
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'o');
    auto refused = Store::open(small(folder.path()));
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
    const Error& error = std::get<Error>(refused);
    EXPECT_EQ(error.kind(), ErrorKind::connection);
    EXPECT_NE(error.message().find(folder.path()), std::string::npos) << error.message();
    EXPECT_NE(error.message().find("process " + std::to_string(child) + " "), std::string::npos)
        << error.message();
    ASSERT_EQ(write(stop[1], "x", 1), 1);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(open_or_fail(small(folder.path()))) << "a pid that is gone is no holder";
    for (const int fd : {ready[0], ready[1], stop[0], stop[1]}) close(fd);
}

TEST(FolderTest, TheSameProcessMayNotOpenItTwiceEither) {
    const TemporaryFolder folder;
    const auto store = open_or_fail(small(folder.path()));
    auto refused = Store::open(small(folder.path()));
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
    EXPECT_NE(std::get<Error>(refused).message().find(std::to_string(getpid())), std::string::npos);
}

TEST(FolderTest, WhatIsNoStoreIsRefusedAndLeftAlone) {
    const TemporaryFolder folder;
    fs::create_directory(folder.path());
    std::ofstream(folder.path() + "/photo.jpg") << "x";
    auto refused = Store::open(small(folder.path()));
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
    EXPECT_NE(std::get<Error>(refused).message().find("photo.jpg"), std::string::npos);
    refused = Store::open(small(folder.path() + "/missing/deep"));
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
    EXPECT_EQ(std::get<Error>(refused).kind(), ErrorKind::connection);
    refused = Store::open(small(folder.path() + "/photo.jpg"));
    ASSERT_TRUE(std::holds_alternative<Error>(refused));
}

TEST(FolderTest, FlippedBitsInAnyFileOfAClosedStoreAreAnError) {
    const TemporaryFolder good;
    const TemporaryFolder work;
    fill(*open_or_fail(small(good.path())));
    std::string message;
    copy_folder(good.path(), work.path());
    ASSERT_EQ(look(work.path(), message), Found::all) << message;
    damage_each_file(good.path(), work.path(), {".sst"});
}

TEST(FolderTest, FlippedBitsInAnyFileAfterACrashAreAnError) {
    const TemporaryFolder open;
    const TemporaryFolder good;
    const TemporaryFolder work;
    const auto store = open_or_fail(small(open.path()));
    fill(*store);
    copy_folder(open.path(), good.path());  // the store is still open: as kill -9 leaves it
    std::string message;
    copy_folder(good.path(), work.path());
    ASSERT_EQ(look(work.path(), message), Found::all) << message;
    damage_each_file(good.path(), work.path(), {".sst"});
}

TEST(FolderTest, EachMissingFileIsAnError) {
    const TemporaryFolder good;
    const TemporaryFolder work;
    fill(*open_or_fail(small(good.path())));
    for (const std::string& name : names_in(good.path())) {
        if (name == "COODIE.lock" || name == "LOCK") continue;
        copy_folder(good.path(), work.path());
        fs::remove(work.path() + "/" + name);
        std::string message;
        EXPECT_EQ(look(work.path(), message), Found::error) << name << ": " << message;
    }
}

TEST(FolderTest, ALogThatACrashCutOffOpensWithItsFirstRows) {
    const TemporaryFolder open;
    const TemporaryFolder work;
    const auto store = open_or_fail(small(open.path()));
    TestTable table(*store, 1);
    for (int i = 0; i < 50; ++i) table.put("p", {i}, 1, value_of(i));
    std::string log;
    for (const std::string& name : names_in(open.path())) log = name.ends_with(".log") ? name : log;
    const auto size = static_cast<std::size_t>(fs::file_size(open.path() + "/" + log));
    int last = 0;
    for (std::size_t cut = size / 2; cut <= size; cut += cut + 300 > size ? 10 : 297) {
        copy_folder(open.path(), work.path());
        fs::resize_file(work.path() + "/" + log, cut);
        const auto reopened = open_or_fail(small(work.path()));
        ASSERT_TRUE(reopened) << "cut to " << cut << " of " << size;
        TestTable rows(*reopened, 1);
        int count = 0;
        while (rows.get("p", {count}) != "-") ++count;
        EXPECT_GE(count, last) << "cut to " << cut;
        for (int i = count; i < 50; ++i) EXPECT_EQ(rows.get("p", {i}), "-");
        last = count;
    }
    EXPECT_GE(last, 49);
}

TEST(FolderTest, ALogThatIsCutOffAfterClosingIsDamaged) {
    const TemporaryFolder folder;
    fill(*open_or_fail(small(folder.path())));
    for (const std::string& name : names_in(folder.path())) {
        if (name.ends_with(".log"))
            fs::resize_file(folder.path() + "/" + name, fs::file_size(folder.path() + "/" + name) - 1);
    }
    std::string message;
    EXPECT_EQ(look(folder.path(), message), Found::error);
    EXPECT_NE(message.find(".log"), std::string::npos) << message;
}

TEST(FolderTest, LogCheckTellsACutFromAChangedLength) {
    const TemporaryFolder open;
    const auto store = open_or_fail(small(open.path()));
    TestTable table(*store, 1);
    table.put("p", {1}, 1, "first");
    table.put("p", {2}, 1, "last");
    for (const std::string& name : names_in(open.path())) {
        if (!name.ends_with(".log")) continue;
        const auto log = read_file(open.path() + "/" + name);
        ASSERT_TRUE(log);
        EXPECT_EQ(check_log(*log), std::nullopt);
        for (std::size_t size = 0; size < log->size(); ++size)
            EXPECT_EQ(check_log(log->substr(0, size)), std::nullopt) << size;
        for (std::size_t bit = 0; bit < log->size() * 8; ++bit) {
            std::string changed = *log;
            changed[bit / 8] = static_cast<char>(static_cast<unsigned>(changed[bit / 8]) ^ (1U << bit % 8));
            EXPECT_NE(check_log(changed), std::nullopt) << "bit " << bit;
        }
    }
}

TEST(FolderTest, ManyWritersShareSyncs) {
    const TemporaryFolder folder;
    const auto store = open_or_fail(small(folder.path(), SyncMode::always));
    TestTable table(*store, 1);
    std::vector<std::thread> writers;
    for (int t = 0; t < 8; ++t) {
        writers.emplace_back([&, t] {
            for (int i = 0; i < 25; ++i) table.put("p", {t * 100 + i}, 1, "v");
        });
    }
    for (std::thread& writer : writers) writer.join();
    std::size_t rows = 0;
    RowReader reader = store->read_partition(table.table(), TestTable::partition("p"), {});
    for (ReadEvent event = reader.next(); event != ReadEvent::end; event = reader.next()) {
        rows += event == ReadEvent::row ? 1U : 0U;
    }
    EXPECT_EQ(rows, 200U);
}

}  // namespace coodie::embedded::storage::test
