// SPDX-License-Identifier: Apache-2.0
// A full disk: a small tmpfs, which only root can mount.
#include "fixture.hpp"

#include <sys/mount.h>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

namespace coodie::embedded::storage::test {

namespace {

namespace fs = std::filesystem;

class FullDisk : public ::testing::TestWithParam<SyncMode> {
protected:
    void SetUp() override {
        fs::create_directory(mount_point());
        mounted_ = mount("tmpfs", mount_point().c_str(), "tmpfs", 0, "size=16m") == 0;
        if (!mounted_) GTEST_SKIP() << "a small tmpfs cannot be mounted here (root only)";
        open();
    }
    void TearDown() override {
        close();
        if (mounted_) {
            EXPECT_EQ(umount(mount_point().c_str()), 0);
        }
    }

    [[nodiscard]] const std::string& mount_point() const { return folder_.path(); }
    [[nodiscard]] StoreOptions options() const {
        return {.folder = mount_point() + "/store",
                .sync = GetParam(),
                .block_cache_bytes = 1U << 20U,
                .write_buffer_bytes = 64U << 10U};
    }
    void open() {
        store_ = open_or_fail(options());
        ASSERT_TRUE(store_);
        table_.emplace(*store_, 1);
    }
    void close() {
        table_.reset();
        store_.reset();
    }

    /// Writes batch `i`, a row in each of two partitions.
    std::optional<Error> put(int i) {
        RowMutation mutation;
        std::string noise;  // does not compress
        for (int k = 0; k < 2000; ++k)
            noise.push_back(static_cast<char>(
                static_cast<unsigned>(i + 1) * 2654435761U * static_cast<unsigned>(k + 1) >> 13U));
        mutation.put_cell(1, {.timestamp = 1}, bytes(noise));
        WriteBatch batch;
        batch.write_row(table_->table(), TestTable::partition("p"), table_->key({i}), mutation);
        batch.write_row(table_->table(), TestTable::partition("q"), table_->key({i}), mutation);
        auto error = store_->write(batch);
        const std::lock_guard lock(mutex_);
        (error ? refused_ : written_).insert(i);
        return error;
    }
    /// Most of the disk is somebody else's: with it back, there is room for compactions, too.
    void take_space() const {
        std::ofstream(mount_point() + "/ballast") << std::string(std::size_t{10} << 20U, 'x');
    }
    /// Writes until it is refused, and goes on for a while.
    void fill_up() {
        take_space();
        std::optional<Error> error;
        for (const int last = next_ + 5000; next_ < last && !error;) error = put(next_++);
        ASSERT_TRUE(error) << "the disk never got full";
        expect_full(*error);
        for (int refusals = 0, tries = 0; refusals < 20; ++tries) {
            ASSERT_LT(tries, 2000);
            // Room that a compaction gave back goes to somebody else.
            std::ofstream(mount_point() + "/filler", std::ios::app) << std::string(1U << 20U, 'x');
            if (auto again = put(next_++)) expect_full(*again), ++refusals;
        }
    }
    void expect_full(const Error& error) const {
        EXPECT_EQ(error.kind(), ErrorKind::server);
        EXPECT_EQ(error.code(), server_code::write_failure);
        for (const char* part : {"cannot write to the store in folder", mount_point().c_str(),
                                 "the disk is full", "Make room and try again"})
            EXPECT_NE(error.message().find(part), std::string::npos) << error.message();
    }
    void free_space() const {
        fs::remove(mount_point() + "/filler");
        fs::remove(mount_point() + "/ballast");
    }
    void put_soon() {
        std::optional<Error> error;
        for (int tries = 0; tries < 250; ++tries) {
            error = put(next_++);
            if (!error) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        ADD_FAILURE() << error->message();
    }
    /// What was acknowledged is there, what was refused is not, and no half of a batch is.
    void check() {
        for (const char* partition : {"p", "q"}) {
            for (const int key : written_)
                ASSERT_TRUE(table_->row(partition, {key}).exists()) << partition << key;
            for (const int key : refused_)
                ASSERT_FALSE(table_->row(partition, {key}).exists()) << partition << key;
        }
    }

    TemporaryFolder folder_;
    bool mounted_ = false;
    std::unique_ptr<Store> store_;
    std::optional<TestTable> table_;
    std::mutex mutex_;
    std::set<int> written_;
    std::set<int> refused_;
    int next_ = 0;
};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Storage, FullDisk, ::testing::Values(SyncMode::periodic, SyncMode::always),
                         [](const auto& each) {
                             return std::string(each.param == SyncMode::always ? "always" : "periodic");
                         });

TEST_P(FullDisk, IsAnErrorAndWritesWorkAgainWithSpace) {
    fill_up();
    check();
    free_space();
    put_soon();
    check();
    fill_up();
    check();
    close();
    free_space();
    open();
    check();
}

TEST_P(FullDisk, LosesNothingWhenTheStoreIsClosedAndOpenedOnIt) {
    fill_up();
    close();
    {
        // Opening needs a little room: with it the store opens, without it an error says so.
        const auto opened = Store::open(options());
        if (const auto* error = std::get_if<Error>(&opened)) {
            EXPECT_EQ(error->kind(), ErrorKind::connection);
            EXPECT_NE(error->message().find(mount_point()), std::string::npos) << error->message();
            EXPECT_NE(error->message().find("No space left"), std::string::npos) << error->message();
        }
    }
    free_space();
    open();
    check();
    put_soon();
    check();
}

TEST_P(FullDisk, RefusesManyWritersAtOnce) {
    take_space();
    std::vector<std::thread> writers;
    for (int t = 0; t < 4; ++t) {
        writers.emplace_back([&, t] {
            int refusals = 0;
            for (int i = 0; i < 3000 && refusals < 20; ++i) refusals += put(t * 10000 + i) ? 1 : 0;
        });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_GE(refused_.size(), 20U);
    check();
    free_space();
    next_ = 100000;
    put_soon();
    close();
    open();
    check();
}

}  // namespace coodie::embedded::storage::test
