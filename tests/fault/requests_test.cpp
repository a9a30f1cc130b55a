// SPDX-License-Identifier: Apache-2.0
// Requests on a connection that works, or that is slow, cut or split: the right rows or an error, once.
#include "client.hpp"

#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;

class NativeRequests : public testing::TestWithParam<const char*> {
protected:
    stub::Server server_{{.tables = {users()}}};
};

TEST_P(NativeRequests, ReadAndWriteBlockingAndAsynchronously) {
    const auto driver = open(server_, GetParam());
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    EXPECT_EQ(message(driver->execute(write())), "");
    const auto waiting = std::make_shared<Waiting>();
    (void)driver->start(read(), waiting);
    EXPECT_EQ(names(*waiting->wait()), std::vector<std::string>{"user 1"});
    EXPECT_EQ(server_.count(Opcode::prepare), 2U) << "each statement is prepared once";
    EXPECT_EQ(server_.count(Opcode::execute), 3U);
    EXPECT_EQ(server_.malformed(), 0U);
}

TEST_P(NativeRequests, ABatchPreparesWhatItHolds) {
    const auto driver = open(server_, GetParam());
    coodie::BatchStatement batch;
    batch.add(write(1));
    batch.add(write(2));
    batch.add(Statement(StatementText("INSERT INTO ks.users (id) VALUES (3)", StatementKind::other)));
    EXPECT_EQ(message(driver->execute(batch)), "");
    EXPECT_EQ(server_.count(Opcode::prepare), 1U);
    EXPECT_EQ(server_.count(Opcode::batch), 1U);
    server_.forget_prepared();
    EXPECT_EQ(message(driver->execute(batch)), "");
    EXPECT_EQ(server_.count(Opcode::batch), 3U);
    EXPECT_EQ(server_.malformed(), 0U);
}

TEST_P(NativeRequests, AnswersInPiecesAreTheSameAnswers) {
    const auto driver = open(server_, GetParam());
    ASSERT_EQ(message(driver->execute(read())), "");
    for (std::size_t at = 1; at < 60; ++at) {
        server_.on(Opcode::execute).times(1).reply(stub::usual().split_at(at));
        EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"}) << "split at " << at;
    }
    server_.on(Opcode::execute).times(2).reply(stub::usual().byte_by_byte());
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    const auto waiting = std::make_shared<Waiting>();
    (void)driver->start(read(), waiting);
    EXPECT_EQ(names(*waiting->wait()), std::vector<std::string>{"user 1"});
}

TEST_P(NativeRequests, AnAnswerThatIsCutOffIsAnErrorAndTheNextRequestWorks) {
    const auto driver = open(server_, GetParam());
    ASSERT_EQ(message(driver->execute(read())), "");
    for (std::size_t at = 0; at < 40; at += 3) {
        server_.on(Opcode::execute).times(1).reply(stub::usual().cut_at(at).then_close());
        EXPECT_EQ(kind(driver->execute(read())), ErrorKind::connection) << "cut at " << at;
        EXPECT_EQ(names(driver->execute(idempotent(read()))), std::vector<std::string>{"user 1"})
            << "cut at " << at;
    }
    EXPECT_EQ(server_.malformed(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Versions, NativeRequests,
                         testing::Values("protocol_version=4", "protocol_version=5",
                                         "protocol_version=4&compression=lz4",
                                         "protocol_version=5&compression=lz4"),
                         [](const auto& version) {
                             std::string name = version.param;
                             for (char& each : name)
                                 if (std::isalnum(static_cast<unsigned char>(each)) == 0) each = '_';
                             return name;
                         });

// The checksums of v5 find every flipped bit; what is found ends the connection, never a wrong row.
TEST(NativeFaults, NoFlippedBitBecomesAnotherRow) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server, "protocol_version=5");
    const auto expected = names(driver->execute(read()));
    // The answer has 53 bytes: segment header, envelope, checksum.
    for (std::size_t bit = 0; bit < 53U * 8; bit += 7) {
        server.on(Opcode::execute).times(1).reply(stub::usual().flip_bit(bit));
        Statement once = read();
        once.options().timeout = 2s;
        const Outcome outcome = driver->execute(once);
        EXPECT_TRUE(kind(outcome) == ErrorKind::connection || kind(outcome) == ErrorKind::timeout)
            << "bit " << bit << ": " << testing::PrintToString(names(outcome));
        EXPECT_EQ(names(driver->execute(read())), expected);
    }
}

TEST(NativeFaults, ATimeoutLeavesTheConnectionToTheOthers) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(read())), "");
    const std::size_t connections = server.accepted();
    server.on(Opcode::execute).times(1).reply(stub::usual().after(600ms));
    Statement slow = read();
    slow.options().timeout = 100ms;
    const Outcome late = driver->execute(slow);
    EXPECT_EQ(kind(late), ErrorKind::timeout);
    EXPECT_TRUE(contains(message(late), "did not answer within 100 ms")) << message(late);
    // The late answer belongs to nobody: these get their own.
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(server.accepted(), connections);
}

TEST(NativeFaults, AsynchronousTimeoutsAndCancellationsCompleteOnce) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    server.on(Opcode::execute).reply(stub::drop());
    Statement slow = read();
    slow.options().timeout = 100ms;
    const auto late = std::make_shared<Waiting>();
    (void)driver->start(coodie::Statement(slow), late);
    const auto cancelled = std::make_shared<Waiting>();
    const coodie::Ticket ticket = driver->start(read(), cancelled);
    ASSERT_TRUE(server.wait_until([&] { return server.count(Opcode::execute) == 2; }));
    driver->cancel(ticket);
    driver->cancel(ticket);
    EXPECT_EQ(kind(*cancelled->wait()), ErrorKind::cancelled);
    EXPECT_EQ(kind(*late->wait()), ErrorKind::timeout);
    driver->close();
    EXPECT_EQ(late->completions(), 1);
    EXPECT_EQ(cancelled->completions(), 1);
}

TEST(NativeFaults, AnAnswerNobodyAskedForEndsTheConnection) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(message(driver->execute(read())), "");
    server.on(Opcode::execute).times(1).reply(stub::usual().on_stream(777));
    const Outcome outcome = driver->execute(write());
    EXPECT_EQ(kind(outcome), ErrorKind::connection);
    EXPECT_TRUE(contains(message(outcome), "stream nobody asked on")) << message(outcome);
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
}

TEST(NativeFaults, AnAnswerTwiceIsNeverTheNextOnes) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    server.on(Opcode::execute).times(1).reply(stub::usual().repeated(2));
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    for (int i = 0; i < 5; ++i) {
        const Outcome outcome = driver->execute(idempotent(read()));
        EXPECT_TRUE(kind(outcome) == ErrorKind::connection || message(outcome).empty()) << message(outcome);
    }
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
}

// Semantics rule 23.
TEST(NativeFaults, AHundredEmptyPagesAreAllRead) {
    stub::Server server{{.tables = {users(300)}}};
    const auto driver = open(server);
    Statement paged = read();
    paged.options().page_size = 7;
    std::size_t rows = 0;
    int pages = 0;
    for (;;) {
        const Outcome outcome = driver->execute(paged);
        ASSERT_EQ(message(outcome), "");
        const Result& result = std::get<Result>(outcome);
        rows += result.row_count();
        ++pages;
        if (result.paging_state().empty()) break;
        paged.set_paging_state(coodie::Bytes(result.paging_state().begin(), result.paging_state().end()));
    }
    EXPECT_EQ(rows, 300U);
    EXPECT_EQ(pages, 43);
}

TEST(NativeFaults, ManyThreadsShareASession) {
    stub::Server server{{.tables = {users()}, .record = false}};
    const auto driver = open(server);
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 32; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 100; ++i)
                if (names(driver->execute(read())) != std::vector<std::string>{"user 1"}) ++wrong;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(NativeFaults, TenThousandRequestsAtOnceEndOnceEach) {
    stub::Server server{{.tables = {users()}, .record = false}};
    const auto driver = open(server);
    std::vector<std::shared_ptr<Waiting>> all;
    for (int i = 0; i < 10'000; ++i) {
        all.push_back(std::make_shared<Waiting>());
        (void)driver->start(read(), all.back());
    }
    int answered = 0;
    int overloaded = 0;
    for (const auto& each : all) {
        const std::optional<Outcome> outcome = each->wait();
        ASSERT_TRUE(outcome);
        if (message(*outcome).empty())
            ++answered;
        else if (contains(message(*outcome), "overloaded"))
            ++overloaded;
        EXPECT_EQ(each->completions(), 1);
    }
    EXPECT_EQ(answered + overloaded, 10'000);
    EXPECT_GT(answered, 1000);
}

// Semantics rule 34.
TEST(NativeFaults, ClosingUnderLoadCompletesEverything) {
    stub::Server server{{.tables = {users()}, .record = false}};
    for (std::size_t round = 0; round < 5; ++round) {
        auto driver = open(server);
        const std::size_t before = server.count(Opcode::execute);
        std::vector<std::shared_ptr<Waiting>> all;
        std::vector<std::thread> threads;
        std::atomic<bool> stop{false};
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                while (!stop)
                    if (kind(driver->execute(read())) == ErrorKind::cancelled) break;
            });
        for (int i = 0; i < 500; ++i) {
            all.push_back(std::make_shared<Waiting>());
            (void)driver->start(read(), all.back());
        }
        EXPECT_TRUE(server.wait_until([&] { return server.count(Opcode::execute) >= before + 200 * round; }));
        driver->close();
        stop = true;
        for (std::thread& thread : threads) thread.join();
        for (const auto& each : all) {
            ASSERT_TRUE(each->wait());
            EXPECT_EQ(each->completions(), 1);
        }
        EXPECT_EQ(kind(driver->execute(read())), ErrorKind::cancelled);
    }
    EXPECT_TRUE(server.wait_until([&] { return server.open_connections() == 0; }));
}

}  // namespace
