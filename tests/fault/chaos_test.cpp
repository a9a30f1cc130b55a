// SPDX-License-Identifier: Apache-2.0
// Splits, delays, errors, lost connections and silence by chance: each request ends once, with its own answer
// or with an error that the server's side explains. The seed is in the test's output; COODIE_CHAOS_SEED
// repeats one, COODIE_CHAOS_ROUNDS runs more.
#include "mischief.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace {

using namespace fault;
namespace code = coodie::server_code;
using Answer = Mischief::Answer;

constexpr int callers = 8;
constexpr int calls_each = 60;
constexpr int wave_size = 10;

/// A request that ended.
struct Ending {
    Call call;
    Outcome outcome;
    bool cancelled = false;  ///< by the test
};
using Endings = std::vector<Ending>;

void call(coodie::Driver& driver, int caller, Endings& endings) {
    for (int i = 0; i < calls_each; ++i) {
        const Call each{caller * calls_each + i};
        endings.push_back({each, driver.execute(each.statement())});
    }
}

struct Started {
    Call call;
    std::shared_ptr<Waiting> waiting = std::make_shared<Waiting>();
    bool cancelled = false;
};

// Starts them in waves, cancels some.
void start(coodie::Driver& driver, int caller, std::vector<Started>& all) {
    std::mt19937 random(static_cast<unsigned>(caller));
    for (int i = 0; i < calls_each; ++i) {
        all.push_back({.call = {100'000 + caller * calls_each + i}});
        Started& last = all.back();
        const coodie::Ticket ticket = driver.start(last.call.statement(), last.waiting);
        last.cancelled = random() % 8 == 0;
        if (last.cancelled) driver.cancel(ticket);
        if (i % wave_size == wave_size - 1) static_cast<void>(all[all.size() - wave_size].waiting->wait());
    }
    for (const Started& each : all) static_cast<void>(each.waiting->wait(std::chrono::minutes(2)));
}

// The driver is closed: nothing completes any more.
void add_ended(const std::vector<Started>& all, Endings& endings) {
    for (const Started& each : all) {
        EXPECT_EQ(each.waiting->completions(), 1) << "request " << each.call.id;
        if (const std::optional<Outcome> outcome = each.waiting->wait())
            endings.push_back({each.call, *outcome, each.cancelled});
    }
}

/// Compares how requests ended with what the server did.
class Judge {
public:
    explicit Judge(const Mischief& mischief) : mischief_(mischief) {}

    void judge(const Ending& ending) {
        SCOPED_TRACE("request " + std::to_string(ending.call.id) + ": " + message(ending.outcome));
        EXPECT_LE(mischief_.attempts(ending.call).size(), most_attempts(ending.call));
        const Error* error = std::get_if<Error>(&ending.outcome);
        if (error != nullptr) return judge_error(ending, *error);
        ++answered_;
        EXPECT_TRUE(was_sent(ending.call, Answer::whole) || was_sent(ending.call, Answer::cut))
            << "no answer was sent";
        const bool has_rows = std::get<Result>(ending.outcome).has_rows();
        EXPECT_EQ(has_rows, !ending.call.writes()) << "the answer of another kind of request";
        if (!has_rows) return;
        EXPECT_EQ(names(ending.outcome), std::vector{ending.call.name()}) << "the row of another request";
    }
    [[nodiscard]] int answered() const noexcept { return answered_; }
    [[nodiscard]] const std::map<ErrorKind, int>& errors() const noexcept { return errors_; }

private:
    void judge_error(const Ending& ending, const Error& error) {
        ++errors_[error.kind()];
        switch (error.kind()) {
            case ErrorKind::cancelled: EXPECT_TRUE(ending.cancelled); break;
            case ErrorKind::timeout: EXPECT_TRUE(ending.call.is_unanswered()); break;
            case ErrorKind::connection:
                EXPECT_FALSE(was_answered_for_certain(ending.call)) << "on a connection that did not end";
                break;
            case ErrorKind::server:
                EXPECT_TRUE(was_sent(
                    ending.call, error.code() == code::overloaded ? Answer::overloaded : Answer::timed_out));
                EXPECT_TRUE(error.code() == code::overloaded ||
                            error.code() == (ending.call.writes() ? code::write_timeout : code::read_timeout))
                    << error.code();
                break;
            default: ADD_FAILURE() << "no such error was made";
        }
    }
    // Semantics rule 15. A read of which the coordinator says that a replica was late is asked once more.
    [[nodiscard]] std::size_t most_attempts(const Call& call) const {
        if (call.is_idempotent()) return SIZE_MAX;
        return !call.writes() && was_sent(call, Answer::timed_out) ? 2 : 1;
    }
    [[nodiscard]] bool was_sent(const Call& call, Answer answer) const {
        return std::ranges::any_of(mischief_.attempts(call),
                                   [&](const Mischief::Attempt& each) { return each.answer == answer; });
    }
    [[nodiscard]] bool was_answered_for_certain(const Call& call) const {
        return std::ranges::any_of(mischief_.attempts(call), [&](const Mischief::Attempt& each) {
            return each.answer == Answer::whole && !mischief_.has_ended(each.connection);
        });
    }

    const Mischief& mischief_;
    int answered_ = 0;
    std::map<ErrorKind, int> errors_;
};

// What the callers saw, in no order.
Endings run_all(coodie::Driver& driver) {
    std::vector<Endings> blocking(callers);
    std::vector<std::vector<Started>> started(callers);
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        const auto at = static_cast<std::size_t>(caller);
        threads.emplace_back([&, caller, at] { call(driver, caller, blocking[at]); });
        threads.emplace_back([&, caller, at] { start(driver, caller, started[at]); });
    }
    for (std::thread& thread : threads) thread.join();
    driver.close();
    Endings all;
    for (Endings& each : blocking) std::ranges::move(each, std::back_inserter(all));
    for (const std::vector<Started>& each : started) add_ended(each, all);
    return all;
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
    const Endings endings = run_all(*driver);
    ASSERT_TRUE(server.wait_until([&] { return server.open_connections() == 0; }));
    EXPECT_EQ(endings.size(), 2U * callers * calls_each);
    Judge judge(*mischief);
    for (const Ending& each : endings) judge.judge(each);
    std::string tally = std::to_string(judge.answered()) + " answered";
    for (const auto& [kind, count] : judge.errors())
        tally += ", " + std::to_string(count) + " of error kind " + std::to_string(static_cast<int>(kind));
    testing::Test::RecordProperty("tally", tally);
    EXPECT_GT(judge.answered(), 0) << tally;
    EXPECT_EQ(server.malformed(), 0U);
}

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class NativeChaos : public testing::TestWithParam<const char*> {};

TEST_P(NativeChaos, EachRequestEndsOnceWithItsOwnAnswer) {
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
