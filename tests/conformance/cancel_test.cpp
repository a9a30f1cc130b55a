// SPDX-License-Identifier: Apache-2.0
// Rule 34 of semantics.md: every pending call ends exactly once, whoever ends it.
#include "models.hpp"

#include <atomic>

#if defined(COODIE_CONFORMANCE_AIO)
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#endif

namespace conformance {
namespace {

constexpr int callers = 8;
constexpr int calls_before_the_end = 40;

#if defined(COODIE_CONFORMANCE_AIO)

void run_until(const int& ended, int wanted) {
    context().restart();
    while (ended < wanted) ASSERT_GT(context().run_one(), 0U) << "a call never ends";
}

boost::asio::awaitable<void> read_for_ever(coodie::Connection connection, int& done) {
    const auto query =
        front::find<Item>("id"_c == "r34").on(connection).in_keyspace(Database::the().keyspace());
    while (true) {
        const std::optional<Item> item = co_await query.first();
        EXPECT_TRUE(item && item->value == 34);
        ++done;
    }
}

CASE(Drivers, Rule34ClosingUnderLoad) {
    need_table<Item>();
    const Item item{.id = "r34", .value = 34};
    WAIT(front::save(item));
    const coodie::Connection connection = Database::the().connect("r34-load", {});
    int done = 0;
    int ended = 0;
    for (int i = 0; i < callers; ++i)
        boost::asio::co_spawn(context(), read_for_ever(connection, done),
                              [&](const std::exception_ptr& error) {
                                  EXPECT_THROW(std::rethrow_exception(error), coodie::DriverError);
                                  ++ended;
                              });
    run_until(done, calls_before_the_end);
    connection.close();
    run_until(ended, callers);
    EXPECT_EQ(WAIT(front::get<Item>("id"_c == "r34")), item) << "other connections go on";
}

CASE(Drivers, Rule34CancellingInFlight) {
    need_table<Item>();
    constexpr int writes = 50;
    std::vector<boost::asio::cancellation_signal> signals(writes);
    std::vector<Item> items;
    for (int i = 0; i < writes; ++i) items.push_back({.id = "r34-cancel-" + std::to_string(i), .value = i});
    int ended = 0;
    int cancelled = 0;
    for (std::size_t i = 0; i < writes; ++i)
        boost::asio::co_spawn(
            context(), front::save(items[i]),
            boost::asio::bind_cancellation_slot(signals[i].slot(), [&](const std::exception_ptr& error) {
                ++ended;
                if (error) ++cancelled;
            }));
    context().restart();
    for (int i = 0; i < 5; ++i) context().poll_one();
    for (boost::asio::cancellation_signal& signal : signals)
        signal.emit(boost::asio::cancellation_type::terminal);
    run_until(ended, writes);
    EXPECT_EQ(ended, writes) << "each exactly once";
    std::int64_t written = 0;
    for (const Item& item : items)
        if (WAIT(front::find_one<Item>("id"_c == item.id))) ++written;
    EXPECT_GE(written, writes - cancelled) << "what was not cancelled is there";
}

#else

CASE(Drivers, Rule34ClosingUnderLoad) {
    need_table<Item>();
    const Item item{.id = "r34", .value = 34};
    front::save(item);
    const coodie::Connection connection = Database::the().connect("r34-load", {});
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([&] {
            const auto query =
                front::find<Item>("id"_c == "r34").on(connection).in_keyspace(Database::the().keyspace());
            try {
                while (true) {
                    const std::optional<Item> read = query.first();
                    EXPECT_TRUE(read && read->value == 34);
                    ++done;
                }
            } catch (const coodie::DriverError&) {
                ++refused;
            }
        });
    while (done < calls_before_the_end) std::this_thread::yield();
    connection.close();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(refused, callers) << "each call has ended";
    EXPECT_EQ(front::get<Item>("id"_c == "r34"), item) << "other connections go on";
}

CASE(Drivers, ManyThreadsAtOnce) {
    need_table<Note>();
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([i] {
            const std::string id = "threads-" + std::to_string(i);
            for (std::int32_t at = 0; at < 20; ++at) {
                save_note(id, at, i);
                EXPECT_EQ(front::get<Note>("id"_c == id, "at"_c == at).rating, i) << "no row of another's";
            }
        });
    for (std::thread& thread : threads) thread.join();
    for (int i = 0; i < callers; ++i)
        EXPECT_EQ(front::find<Note>("id"_c == "threads-" + std::to_string(i)).count(), 20);
}

#endif

}  // namespace
}  // namespace conformance
