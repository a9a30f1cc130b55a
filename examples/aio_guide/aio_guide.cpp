// SPDX-License-Identifier: Apache-2.0
// Every snippet of the chapter on coroutines in docs/guide.md, run as a test on memory:. usage: aio_guide
// [URL]
#include <coodie/aio.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using namespace coodie::literals;
using namespace std::chrono_literals;

// [model]
struct Sensor : coodie::aio::Document<Sensor> {
    std::string site;
    std::int32_t number = 0;
    double value = 0;
    std::map<std::string, std::int32_t> limits;

    static constexpr auto schema() {
        return coodie::table("sensors")
            .keyspace("aio_guide")
            .partition_key<&Sensor::site>()
            .clustering_key<&Sensor::number>();
    }
};
// [end]

static void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

// [operations]
static asio::awaitable<void> write_and_read() {
    Sensor sensor{.site = "roof", .number = 1, .value = 20.5};
    co_await sensor.save();
    co_await sensor.update("value"_c = 21.0, "limits"_c = coodie::map_of("low", -10, "high", 40));
    const Sensor read = co_await Sensor::get("site"_c == "roof", "number"_c == 1);
    const auto none = co_await Sensor::find_one("site"_c == "roof", "number"_c == 99);
    const auto first_ten = co_await Sensor::find("site"_c == "roof").limit(10).all();
    // [end]
    require(read == sensor && read.limits.at("high") == 40 && !none && first_ten.size() == 1,
            "what was written is read");
}

// [cursor]
static asio::awaitable<double> highest(std::string site) {
    double most = 0;
    auto sensors = Sensor::find("site"_c == site).fetch_size(100).cursor();
    while (const auto sensor = co_await sensors.next()) most = std::max(most, sensor->value);
    co_return most;
}
// [end]

// [owns]
static asio::awaitable<void> saving(std::int32_t number) {
    const Sensor sensor{.site = "roof", .number = number, .value = 22};
    return sensor.save();  // checked and encoded here: `sensor` may go
}
// [end]

// [written_back]
static asio::awaitable<void> correct(Sensor& sensor) {
    co_await sensor.update("value"_c = 23.0);  // `sensor` is changed when the answer is here: it has to live
}
// [end]

// [names]
static asio::awaitable<void> safe_with_gcc_12() {
    const Sensor sensor{.site = "roof", .number = 3};  // not: co_await Sensor{...}.save()
    co_await sensor.save();
    const auto some = co_await Sensor::find("site"_c == "roof", "number"_c.in(1, 2, 3)).all();  // no braces
    require(some.size() == 3, "three sensors");
}
// [end]

// [workers]
static asio::awaitable<void> read_some(const std::vector<std::int32_t>& numbers, std::size_t& next,
                                       std::vector<Sensor>& found) {
    while (next < numbers.size()) {
        const std::int32_t number = numbers[next++];
        found.push_back(co_await Sensor::get("site"_c == "cellar", "number"_c == number));
    }
}

static void read_all(asio::io_context& context, const std::vector<std::int32_t>& numbers,
                     std::vector<Sensor>& found) {
    std::size_t next = 0;
    int workers = 64;
    for (int worker = workers; worker > 0; --worker)
        asio::co_spawn(context, read_some(numbers, next, found), [&](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
            if (--workers == 0) context.stop();
        });
    context.restart();
    context.run();
}
// [end]

// [insert_many]
static asio::awaitable<void> fill(const std::vector<Sensor>& sensors) {
    const auto result = co_await Sensor::insert_many(sensors, {.concurrency = 128});
    for (const auto& failure : result.failures())
        std::printf("sensor %d: %s\n", sensors[failure.index].number, failure.error.message().c_str());
}
// [end]

// [timeout]
static asio::awaitable<void> within_two_seconds(const Sensor& sensor) {
    try {
        co_await sensor.save({.timeout = 2s});
        const auto all = co_await Sensor::find("site"_c == "roof").timeout(2s).all();
    } catch (const coodie::TimeoutError& error) {
        std::printf("%s\n", error.what());
    }
}
// [end]

static asio::awaitable<void> walk_for_ever() {
    while (true) co_await Sensor::find("site"_c == "roof").all();
}

static void cancel(asio::io_context& context) {
    std::exception_ptr ended;
    // [cancel]
    asio::cancellation_signal stop;
    const auto on_end = [&](std::exception_ptr error) {
        ended = error;
        context.stop();
    };
    asio::co_spawn(context, walk_for_ever(), asio::bind_cancellation_slot(stop.slot(), on_end));
    context.restart();
    context.run_for(20ms);
    stop.emit(asio::cancellation_type::terminal);
    context.run();  // until the coroutine has ended, with a coodie::CancelledError
    // [end]
    require(ended != nullptr, "it was cancelled");
}

// [run]
// Runs a coroutine to its end; throws what it throws. An open connection keeps the context at work: it has to
// be stopped, or the connection closed.
static void run(asio::io_context& context, asio::awaitable<void> work) {
    std::exception_ptr failure;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr error) {
        failure = error;
        context.stop();
    });
    context.restart();
    context.run();
    if (failure) std::rethrow_exception(failure);
}
// [end]

static asio::awaitable<void> make_tables() {
    co_await coodie::aio::create_keyspace("aio_guide", {.replication_factor = 1});
    co_await Sensor::sync_table();
    co_await Sensor::truncate();
}

static asio::awaitable<void> chapters() {
    co_await write_and_read();
    co_await saving(2);
    Sensor sensor = co_await Sensor::get("site"_c == "roof", "number"_c == 2);
    co_await correct(sensor);
    const double most = co_await highest("roof");
    require(most == 23, "the highest value");
    co_await safe_with_gcc_12();
    co_await within_two_seconds(sensor);
}

int main(int argc, char** argv) {
    try {
        const char* url = argc > 1 ? argv[1] : "memory:";
        // [init]
        asio::io_context context;
        auto db = coodie::aio::init_coodie(context.get_executor(), url);
        // [end]
        run(context, make_tables());
        run(context, chapters());
        std::vector<Sensor> sensors;
        std::vector<std::int32_t> numbers;
        for (std::int32_t number = 0; number < 1000; ++number) {
            sensors.push_back({.site = "cellar", .number = number});
            numbers.push_back(number);
        }
        run(context, fill(sensors));
        std::vector<Sensor> found;
        read_all(context, numbers, found);
        require(found.size() == 1000, "a thousand sensors");
        cancel(context);
        db.close();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "aio_guide: %s\n", error.what());
        return 1;
    }
    return 0;
}
