// SPDX-License-Identifier: Apache-2.0
// Connections on which nothing comes any more: a node or a network that is gone without a word.
#include "client.hpp"

#include <chrono>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;

class NativeSilence : public testing::TestWithParam<Front> {
protected:
    // With a connection of this front, and the statements prepared.
    std::shared_ptr<coodie::Driver> warm(const std::string& options) {
        auto driver = open(server_, options);
        EXPECT_EQ(names(run(*driver, read(), GetParam())), first_user);
        EXPECT_EQ(message(run(*driver, write(), GetParam())), "");
        return driver;
    }
    // The connections of now give no answer any more; new ones work.
    void silence() {
        for (std::size_t each = 0; each < server_.accepted(); ++each)
            server_.on_any().on_connection(each).reply(stub::drop());
    }
    Outcome write_within(coodie::Driver& driver, std::chrono::milliseconds limit) {
        Statement hurried = write();
        hurried.options().timeout = limit;
        return run(driver, hurried, GetParam());
    }
    // False: its time was over before it was sent.
    bool lose_one(coodie::Driver& driver) {
        const std::size_t before = server_.count(Opcode::execute);
        EXPECT_EQ(kind(write_within(driver, 10ms)), ErrorKind::timeout);
        return server_.wait_until([&] { return server_.count(Opcode::execute) > before; }, 500ms);
    }
    stub::Server server_{{.tables = {users()}}};
};

TEST_P(NativeSilence, IdleConnectionsAreAskedAndKept) {
    const auto driver = warm("heartbeat=100ms");
    const std::size_t connections = server_.accepted();
    std::vector<std::size_t> asked;
    for (std::size_t each = 0; each < connections; ++each)
        asked.push_back(server_.count_on_connection(Opcode::options, each));
    for (std::size_t each = 0; each < connections; ++each)
        EXPECT_TRUE(server_.wait_until([&] {
            return server_.count_on_connection(Opcode::options, each) >= asked[each] + 2;
        })) << "connection "
            << each << ", the control connection among them";
    EXPECT_EQ(server_.accepted(), connections);
}

TEST_P(NativeSilence, WithoutHeartbeatsNothingIsAsked) {
    const auto driver = warm("heartbeat=0ms");
    const std::size_t asked = server_.count(Opcode::options);
    EXPECT_FALSE(server_.wait_until([&] { return server_.count(Opcode::options) > asked; }, 2500ms));
}

// Requests that go on meanwhile, each with its timeout, must not look like life.
TEST_P(NativeSilence, SilentConnectionsAreReplacedWhileRequestsGoOn) {
    const auto driver = warm("heartbeat=200ms");
    const std::size_t connections = server_.accepted();
    silence();
    int timeouts = 0;
    EXPECT_TRUE(eventually([&] {
        const Outcome outcome = write_within(*driver, 100ms);
        if (message(outcome).empty()) return true;
        ++timeouts;
        return false;
    }));
    EXPECT_GT(timeouts, 0);
    EXPECT_LE(timeouts, 256) << "not by the number of lost answers";
    EXPECT_TRUE(server_.wait_until([&] { return server_.count(Opcode::register_) == 2; }))
        << "the control connection, too";
    EXPECT_EQ(server_.accepted(), 2 * connections);
}

// driver.md: more than 256 answers that never came, and the connection is replaced.
TEST_P(NativeSilence, TooManyLostAnswersReplaceTheConnection) {
    const auto driver = warm("heartbeat=0ms");
    const std::size_t connections = server_.accepted();
    server_.on(Opcode::execute).times(257).reply(stub::drop());
    for (int lost = 0; lost < 256;) lost += lose_one(*driver) ? 1 : 0;
    EXPECT_EQ(server_.accepted(), connections) << "256 are borne";
    EXPECT_TRUE(lose_one(*driver));
    EXPECT_EQ(names(run(*driver, read(), GetParam())), first_user);
    EXPECT_EQ(server_.accepted(), connections + 1);
}

INSTANTIATE_TEST_SUITE_P(Fronts, NativeSilence, both_fronts(), front_name);

}  // namespace
