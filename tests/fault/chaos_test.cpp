// SPDX-License-Identifier: Apache-2.0
// Drops, splits, delays, errors and lost connections by chance: each request ends once, and never with a row
// of another's. The seed is in the test's output; COODIE_CHAOS_SEED repeats one, COODIE_CHAOS_ROUNDS runs
// more.
#include "client.hpp"

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;
namespace code = coodie::server_code;

constexpr int callers = 8;
constexpr int calls_each = 60;

// The answer to an EXECUTE has the id that was bound, so that a row of another request shows.
stub::Reply echo(const stub::Request& request) {
    stub::Table row = users(0);
    const coodie::Bytes id =
        request.values.empty() ? coodie::Bytes() : request.values[0].content.value_or(coodie::Bytes());
    std::int32_t number = 0;
    for (const std::byte each : id) number = number << 8 | std::to_integer<std::int32_t>(each);
    row.rows.push_back({id, stub::value_of("user " + std::to_string(number))});
    return stub::rows(std::move(row));
}

// Called on the server's thread only.
class Mischief {
public:
    explicit Mischief(std::uint64_t seed) : random_(seed) {}

    stub::Reply operator()(const stub::Request& request) {
        switch (pick(40)) {
            case 0: return stub::drop();
            case 1: return echo(request).cut_at(pick(60)).then_close();
            case 2: return stub::reset();
            case 3: return stub::error(code::overloaded, "by chance");
            case 4:
                return stub::error(code::read_timeout, "by chance",
                                   coodie::native::ReadTimeoutDetail{coodie::Consistency::one, 1, 1, false});
            case 5: return echo(request).byte_by_byte();
            case 6:
            case 7:
            case 8: return echo(request).split_at(1 + pick(50));
            case 9:
            case 10:
            case 11:
            case 12: return echo(request).after(std::chrono::milliseconds(pick(150)));
            case 13: return pick(4) == 0 ? echo(request).on_stream(20'000) : echo(request);
            default: return echo(request);
        }
    }

private:
    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }
    std::mt19937_64 random_;
};

struct Ends {
    std::atomic<int> rows{0};
    std::atomic<int> errors{0};
    std::atomic<int> wrong{0};

    void add(const Outcome& outcome, int id) {
        if (kind(outcome))
            ++errors;
        else
            ++(names(outcome) == std::vector<std::string>{"user " + std::to_string(id)} ? rows : wrong);
    }
};

Statement some_read(int id) {
    Statement made = id % 3 == 0 ? read(id) : idempotent(read(id));
    made.options().timeout = 200ms;
    return made;
}

void call(coodie::Driver& driver, int caller, Ends& ends) {
    for (int i = 0; i < calls_each; ++i) {
        const int id = caller * calls_each + i;
        ends.add(driver.execute(some_read(id)), id);
    }
}

// Starts all at once in small waves, cancels some.
void start(coodie::Driver& driver, int caller, Ends& ends) {
    std::mt19937 random(static_cast<unsigned>(caller));
    std::vector<std::pair<int, std::shared_ptr<Waiting>>> all;
    for (int i = 0; i < calls_each; ++i) {
        const int id = 100'000 + caller * calls_each + i;
        all.emplace_back(id, std::make_shared<Waiting>());
        const coodie::Ticket ticket = driver.start(some_read(id), all.back().second);
        if (random() % 8 == 0) driver.cancel(ticket);
        if (i % 10 == 9) std::this_thread::sleep_for(10ms);
    }
    for (const auto& [id, waiting] : all) {
        const std::optional<Outcome> outcome = waiting->wait();
        ASSERT_TRUE(outcome) << "request " << id << " never ended";
        ends.add(*outcome, id);
    }
    std::this_thread::sleep_for(20ms);
    for (const auto& [id, waiting] : all) EXPECT_EQ(waiting->completions(), 1) << "request " << id;
}

void run_round(std::uint64_t seed, const std::string& options) {
    SCOPED_TRACE("COODIE_CHAOS_SEED=" + std::to_string(seed) + ", options " + options);
    stub::Server server{{.nodes = 3, .tables = {users()}, .record = false}};
    const auto driver = open(server, options);
    ASSERT_EQ(message(driver->connect()), "");
    const auto mischief = std::make_shared<Mischief>(seed);
    server.on(Opcode::execute).reply([mischief](const stub::Request& request) {
        return (*mischief)(request);
    });
    Ends ends;
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] { call(*driver, caller, ends); });
        threads.emplace_back([&, caller] { start(*driver, caller, ends); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(ends.wrong, 0) << "rows of another request";
    EXPECT_EQ(ends.rows + ends.errors, 2 * callers * calls_each);
    // How many is a question of the machine's load: each has only so much time.
    EXPECT_GT(ends.rows, 0);
    EXPECT_EQ(server.malformed(), 0U);
    driver->close();
    EXPECT_TRUE(server.wait_until([&] { return server.open_connections() == 0; }));
}

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class NativeChaos : public testing::TestWithParam<const char*> {};

TEST_P(NativeChaos, EachRequestEndsOnceWithItsOwnRow) {
    const std::uint64_t seed = number_of("COODIE_CHAOS_SEED", std::random_device{}());
    const std::uint64_t rounds = number_of("COODIE_CHAOS_ROUNDS", 1);
    RecordProperty("seed", std::to_string(seed));
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round)
        run_round(seed + round, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Options, NativeChaos,
                         testing::Values("protocol_version=4", "protocol_version=5&compression=lz4",
                                         "speculative_delay=20ms&speculative_count=2"),
                         [](const auto& options) { return "Set" + std::to_string(options.index); });

}  // namespace
