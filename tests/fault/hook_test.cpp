// SPDX-License-Identifier: Apache-2.0
// How a program comes by the request hook, and what it may do there.
#include "client.hpp"
#include "told.hpp"

#include <coodie/driver/init.hpp>
#include <coodie/driver/registry.hpp>

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <memory>
#include <set>

namespace {

using namespace fault;
using namespace std::chrono_literals;
using coodie::AttemptReport;

TEST(NativeHook, InitGivesItToTheDriver) {
    stub::Server server{{.tables = {users()}}};
    Told told;
    const coodie::Connection connection =
        coodie::detail::init("cassandra://" + server.contact_point(),
                             {.name = "hooked", .request_hook = Told::hear, .request_hook_context = &told});
    EXPECT_EQ(names(connection.driver().execute(read())), first_user);
    connection.driver().close();
    coodie::shutdown();
    ASSERT_EQ(told.attempts().size(), 2U) << "PREPARE and EXECUTE";
    EXPECT_EQ(told.attempts()[1].statement, "SELECT id, name FROM ks.users WHERE id = ?");
    EXPECT_EQ(told.attempts()[1].node, server.contact_point());
}

// With the request's lock held this would never end.
TEST(NativeHook, AHookMayCancelTheRequestItIsToldOf) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open(server);
    ASSERT_EQ(names(driver->execute(read())), first_user);
    struct Canceller {
        coodie::Driver& driver;
        std::atomic<coodie::Ticket> ticket{coodie::Ticket::none};
        std::atomic<int> told{0};
        static void hear(void* context, const AttemptReport&) noexcept {
            auto& self = *static_cast<Canceller*>(context);
            ++self.told;
            self.driver.cancel(self.ticket);
        }
    };
    Canceller canceller{*driver};
    driver->set_request_hook(Canceller::hear, &canceller);
    server.on(Opcode::execute).times(1).reply(stub::usual().after(200ms));
    const auto waiting = std::make_shared<Waiting>();
    canceller.ticket = driver->start(read(), waiting);
    EXPECT_EQ(kind(waiting->wait().value()), ErrorKind::cancelled);
    driver->close();
    EXPECT_EQ(waiting->completions(), 1);
    EXPECT_EQ(canceller.told, 1);
}

// Several threads end attempts at once: each is told once, and before its request completes.
TEST(NativeHook, IsToldOnEachThreadOfAnExecutor) {
    constexpr int requests = 2000;
    stub::Server server{{.nodes = 3, .tables = {users()}, .record = false}};
    boost::asio::thread_pool pool(3);
    const auto driver = open(server, "metrics=true", pool.get_executor());
    ASSERT_TRUE(driver);
    for (int id = 0; id < 16; ++id) ASSERT_EQ(names(driver->execute(idempotent(read(id)))), first_user);
    Told told;
    driver->set_request_hook(Told::hear, &told);
    std::vector<std::shared_ptr<Waiting>> waiting;
    for (int i = 0; i < requests; ++i) {
        waiting.push_back(std::make_shared<Waiting>());
        (void)driver->start(read(i), waiting.back());
    }
    for (const auto& each : waiting) {
        const std::optional<Outcome> outcome = each->wait();
        ASSERT_TRUE(outcome);
        EXPECT_EQ(names(*outcome), first_user);
    }
    const std::vector<Told::Attempt> attempts = told.attempts();
    std::set<std::string> nodes;
    for (const Told::Attempt& each : attempts) nodes.insert(each.node);
    EXPECT_EQ(attempts.size(), static_cast<std::size_t>(requests));
    EXPECT_EQ(nodes.size(), 3U);
    for (const auto& each : waiting) EXPECT_EQ(each->completions(), 1);
    driver->close();
    pool.join();
}

}  // namespace
