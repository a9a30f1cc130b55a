// SPDX-License-Identifier: Apache-2.0
// Every acknowledged write survives kill -9, and no batch shows in part.
#include "load.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

namespace coodie::durability {

namespace {

constexpr int rounds = 12;

/// By thread: the batch behind the last one that was acknowledged.
using Counts = std::array<int, threads>;

/// Starts the writer, kills it after a while, and gives the batches that it acknowledged.
Counts write_and_kill(const std::string& folder, const std::string& sync, int first,
                      std::chrono::milliseconds life) {
    int pipe_ends[2];
    EXPECT_EQ(pipe(pipe_ends), 0);
    const std::string number = std::to_string(first);
    const pid_t child = fork();
    if (child == 0) {
        dup2(pipe_ends[1], STDOUT_FILENO);
        close(pipe_ends[0]);
        close(pipe_ends[1]);
        execl(COODIE_WRITER, COODIE_WRITER, folder.c_str(), sync.c_str(), number.c_str(), nullptr);
        _exit(5);
    }
    close(pipe_ends[1]);
    Counts acknowledged;
    acknowledged.fill(first);
    std::thread killer;
    std::int32_t said[2];
    while (read(pipe_ends[0], said, sizeof said) == static_cast<ssize_t>(sizeof said)) {
        // The clock starts with the first acknowledgement: opening takes as long as it takes.
        if (!killer.joinable()) {
            killer = std::thread([=] {
                std::this_thread::sleep_for(life);
                kill(child, SIGKILL);
            });
        }
        EXPECT_EQ(acknowledged[static_cast<std::size_t>(said[0])], said[1])
            << "acknowledgements come in order";
        acknowledged[static_cast<std::size_t>(said[0])] = said[1] + 1;
    }
    if (killer.joinable()) killer.join();
    close(pipe_ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        << "the writer ended by itself: " << status;
    return acknowledged;
}

bool exists(st::Store& store, const Tables& tables, const std::string& name, int thread, int n) {
    st::Row row;
    const auto error = store.get(*tables.rows, partition(name), key(tables, n).form, 0, row);
    EXPECT_FALSE(error) << error->message();
    if (!row.exists()) return false;
    EXPECT_TRUE(std::ranges::equal(row.column(1)[0].value, view(value_of(thread, n)))) << name << " " << n;
    return true;
}

/// The batches that one thread has written: [first, last) per round.
struct Written {
    std::vector<std::pair<int, int>> rounds;

    [[nodiscard]] bool has(int n) const {
        return std::ranges::any_of(rounds,
                                   [n](const auto& round) { return n >= round.first && n < round.second; });
    }
    [[nodiscard]] std::int64_t count() const {
        std::int64_t sum = 0;
        for (const auto& [first, last] : rounds) sum += last - first;
        return sum;
    }
};

void check_batches(st::Store& store, const Tables& tables, int thread, const Written& written, int from,
                   int to) {
    const std::string left = "left " + std::to_string(thread);
    const std::string right = "right " + std::to_string(thread);
    for (int n = std::max(0, from); n < to; ++n) {
        const bool deleted = n % 7 == 0 && written.has(n + deleted_after);
        const bool wanted = written.has(n) && !deleted;
        EXPECT_EQ(exists(store, tables, left, thread, n), wanted) << left << " " << n;
        EXPECT_EQ(exists(store, tables, right, thread, n), wanted) << right << " " << n << ": half a batch";
    }
}

std::int64_t count_of(st::Store& store, const Tables& tables, int thread) {
    st::Row row;
    const auto error = store.get(*tables.counters, partition("left " + std::to_string(thread)), {}, 0, row);
    EXPECT_FALSE(error) << error->message();
    std::uint64_t count = 0;
    if (row.cells().empty()) return 0;
    for (const std::byte byte : row.cells()[0].value) count = count << 8U | static_cast<std::uint8_t>(byte);
    return static_cast<std::int64_t>(count);
}

class Kill : public ::testing::TestWithParam<const char*> {};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Durability, Kill, ::testing::Values("periodic", "always"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(Kill, LosesNoAcknowledgedWriteAndLeavesNoHalfBatch) {
    const std::string folder =
        (std::filesystem::temp_directory_path() / ("coodie-kill-" + std::to_string(getpid()))).string();
    std::filesystem::remove_all(folder);
    std::mt19937 random(5);
    int first = 0;
    std::array<Written, threads> written;
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        const auto life = std::chrono::milliseconds(20 + random() % 300);
        const Counts acknowledged = write_and_kill(folder, GetParam(), first, life);
        auto opened = st::Store::open(options(folder, GetParam()));
        if (auto* error = std::get_if<Error>(&opened))
            FAIL() << "round " << round << ": " << error->message();
        st::Store& store = *std::get<0>(opened);
        const Tables tables = std::get<0>(open_tables(store));
        int next = first;
        for (int t = 0; t < threads; ++t) {
            const auto at = static_cast<std::size_t>(t);
            // One more may be stored, whose acknowledgement did not get out any more.
            int last = acknowledged[at];
            if (exists(store, tables, "left " + std::to_string(t), t, last)) ++last;
            written[at].rounds.emplace_back(first, last);
            check_batches(store, tables, t, written[at], first - 300, last + 3);
            check_batches(store, tables, t, written[at], 0, 300);
            EXPECT_EQ(count_of(store, tables, t), written[at].count()) << "the counter of thread " << t;
            next = std::max(next, last);
        }
        if (round % 4 == 3) {
            const auto error = store.compact();
            EXPECT_FALSE(error) << error->message();
        }
        first = next + 100;  // a gap, so that no batch is written twice
    }
    std::filesystem::remove_all(folder);
}

}  // namespace coodie::durability
