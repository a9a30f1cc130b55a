// SPDX-License-Identifier: Apache-2.0
// A thousand threads or ten thousand coroutines on one session: nothing hangs, nothing grows, and what is too
// much is "overloaded".
#include "client.hpp"

#include <coodie/aio/init.hpp>
#include <coodie/aio/raw.hpp>
#include <coodie/driver/registry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace asio = boost::asio;

struct Counts {
    std::atomic<int> asked{0};
    std::atomic<int> answered{0};
    std::atomic<int> overloaded{0};
    std::atomic<int> other{0};

    void add(const Outcome& outcome) {
        if (names(outcome) == first_user)
            ++answered;
        else
            ++(kind(outcome) == ErrorKind::connection && contains(message(outcome), "overloaded") ? overloaded
                                                                                                  : other);
    }
};

// The server answers nothing until `holds`, so that requests are there together.
template <class Holds>
void hold_answers(stub::Server& server, const Holds& holds) {
    server.on(Opcode::execute).reply([holds](const stub::Request&) {
        EXPECT_TRUE(eventually(holds));
        return stub::usual();
    });
}

void ask_from_threads(coodie::Driver& driver, int threads, Counts& counts) {
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
        all.emplace_back([&] {
            ++counts.asked;
            counts.add(driver.execute(read()));
        });
    for (std::thread& thread : all) thread.join();
}

TEST(NativeLoad, AThousandThreadsAreAllAnswered) {
    stub::Server server{{.tables = {users()}, .record = false}};
    const auto driver = open(server);
    ASSERT_EQ(names(driver->execute(read())), first_user);
    Counts counts;
    hold_answers(server, [&] { return counts.asked == 1000; });
    ask_from_threads(*driver, 1000, counts);
    EXPECT_EQ(counts.answered, 1000);
    EXPECT_EQ(server.accepted(), 2U) << "the control connection, and the one they share";
}

TEST(NativeLoad, ThreadsBeyondTheLimitAreOverloaded) {
    stub::Server server{{.tables = {users()}, .record = false}};
    const auto driver = open(server, "in_flight=100");
    ASSERT_EQ(names(driver->execute(read())), first_user);
    Counts counts;
    hold_answers(server, [&] { return counts.overloaded > 0; });
    ask_from_threads(*driver, 1000, counts);
    EXPECT_GE(counts.answered, 100);
    EXPECT_GT(counts.overloaded, 0);
    EXPECT_EQ(counts.other, 0);
    EXPECT_EQ(counts.answered + counts.overloaded, 1000);
    server.remove_rules();
    EXPECT_EQ(names(driver->execute(read())), first_user) << "it is over when they are";
}

asio::awaitable<void> ask(int id, Counts& counts) {
    std::string failed;
    try {
        coodie::aio::Rows rows = co_await coodie::aio::execute_raw(
            {.driver = "load"}, "SELECT id, name FROM ks.users WHERE id = ?", id);
        const std::vector<coodie::Row> all = co_await rows.all();
        ++(all.size() == 1 ? counts.answered : counts.other);
        co_return;
    } catch (const std::exception& error) {
        failed = error.what();
    }
    ++(contains(failed, "overloaded") ? counts.overloaded : counts.other);
}

// @returns how many coroutines ended.
int run_coroutines(asio::io_context& context, int number, Counts& counts) {
    int ended = 0;
    for (int i = 0; i < number; ++i)
        asio::co_spawn(context, ask(i, counts), [&](std::exception_ptr) { ++ended; });
    context.restart();
    while (ended < number && context.run_one_for(20s) > 0) {
    }
    return ended;
}

TEST(NativeLoad, TenThousandCoroutinesAreAllAnswered) {
    stub::Server server{{.tables = {users()}, .record = false}};
    asio::io_context context;
    const auto connection = coodie::aio::init_coodie(
        context.get_executor(), "cassandra://" + server.contact_point(), {.name = "load"});
    for (int wave = 0; wave < 3; ++wave) {
        Counts counts;
        EXPECT_EQ(run_coroutines(context, 10'000, counts), 10'000);
        EXPECT_EQ(counts.answered, 10'000)
            << "overloaded " << counts.overloaded << ", other " << counts.other;
    }
    EXPECT_EQ(server.accepted(), 2U);
    EXPECT_EQ(server.count(Opcode::prepare), 1U);
    coodie::shutdown();
}

TEST(NativeLoad, CoroutinesBeyondTheLimitAreOverloaded) {
    stub::Server server{{.tables = {users()}, .record = false}};
    asio::io_context context;
    const auto connection = coodie::aio::init_coodie(
        context.get_executor(), "cassandra://" + server.contact_point() + "/?in_flight=1000",
        {.name = "load"});
    Counts first;
    EXPECT_EQ(run_coroutines(context, 1, first), 1);
    Counts counts;
    hold_answers(server, [&] { return counts.overloaded > 0; });
    EXPECT_EQ(run_coroutines(context, 10'000, counts), 10'000);
    EXPECT_EQ(counts.other, 0);
    EXPECT_GE(counts.answered, 1000);
    EXPECT_GT(counts.overloaded, 0);
    server.remove_rules();
    Counts after;
    EXPECT_EQ(run_coroutines(context, 1000, after), 1000);
    EXPECT_EQ(after.answered, 1000) << "it is over when they are";
    coodie::shutdown();
}

}  // namespace
