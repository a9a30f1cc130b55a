// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/init.hpp>
#include <coodie/driver/registry.hpp>
#include <coodie/driver/scheme.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <type_traits>

namespace {

using namespace coodie;
using testing::HasSubstr;

// Counts what the registry does to a driver.
class CountingDriver final : public Driver {
public:
    explicit CountingDriver(std::string keyspace = {}) : keyspace_(std::move(keyspace)) { ++alive; }
    ~CountingDriver() override { --alive; }

    Outcome execute(const Statement&) override { return Result(); }
    Outcome execute(const BatchStatement&) override { return Result(); }
    Ticket start(Statement&&, std::shared_ptr<Request> request) override {
        request->complete(Result());
        return Ticket::none;
    }
    Ticket start(BatchStatement&&, std::shared_ptr<Request> request) override {
        request->complete(Result());
        return Ticket::none;
    }
    void cancel(Ticket) noexcept override {}
    std::variant<Description, Error> describe(const StatementText&) override { return Description(); }
    std::string keyspace() const override { return keyspace_; }
    Outcome connect() override {
        ++connects;
        if (keyspace_ == "unreachable") return Error(ErrorKind::connection, "nobody listens");
        return Result();
    }
    void close() noexcept override { ++closes; }
    std::string name() const override { return "counting"; }

    static inline std::atomic<int> alive = 0;
    std::atomic<int> connects = 0;
    std::atomic<int> closes = 0;

private:
    std::string keyspace_;
};

template <class Exception, class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const Exception& error) {
        return error.what();
    }
    return "(nothing thrown)";
}

class Registry : public testing::Test {
protected:
    Registry() { shutdown(); }
    ~Registry() override { shutdown(); }
};

static_assert(std::is_trivially_destructible_v<InitOptions>);

TEST_F(Registry, WithoutAnyDriverTheErrorNamesTheMissingCall) {
    EXPECT_THAT(message_of<ConfigurationError>([] { (void)get_driver(); }), HasSubstr("init_coodie(url)"));
    EXPECT_THAT(message_of<ConfigurationError>([] { (void)get_driver("b"); }),
                HasSubstr("\"b\" (known: none)"));
}

TEST_F(Registry, AnUnknownNameIsAnErrorWithTheKnownNames) {
    register_driver("west", std::make_shared<CountingDriver>());
    register_driver("east", std::make_shared<CountingDriver>());
    const std::string message = message_of<ConfigurationError>([] { (void)get_driver("north"); });
    EXPECT_THAT(message, HasSubstr("\"north\" (known: east, west)"));
    EXPECT_THAT(message, HasSubstr("{.name = \"north\"}"));
    EXPECT_THAT(message_of<ConfigurationError>([] { set_default_driver("north"); }),
                HasSubstr("known: east, west"));
    EXPECT_THAT(driver_names(), testing::ElementsAre("east", "west"));
}

TEST_F(Registry, SemanticsRule32ASecondNamedInitKeepsTheDefault) {
    const auto first = std::make_shared<CountingDriver>();
    const auto second = std::make_shared<CountingDriver>();
    detail::init(first);
    detail::init(second, {.name = "analytics"});
    EXPECT_EQ(get_driver(), first);
    EXPECT_EQ(get_driver("default"), first);
    EXPECT_EQ(get_driver("analytics"), second);
}

TEST_F(Registry, TheFirstDriverBecomesTheDefaultWhateverItsName) {
    const auto only = std::make_shared<CountingDriver>();
    detail::init(only, {.name = "analytics"});
    EXPECT_EQ(get_driver(), only);
}

TEST_F(Registry, MakeDefaultAndSetDefault) {
    const auto a = std::make_shared<CountingDriver>();
    const auto b = std::make_shared<CountingDriver>();
    register_driver("a", a);
    register_driver("b", b, {.make_default = true});
    EXPECT_EQ(get_driver(), b);
    set_default_driver("a");
    EXPECT_EQ(get_driver(), a);
    EXPECT_THROW(set_default_driver(""), ConfigurationError);
}

TEST_F(Registry, ReplacingTheDefaultsNameReplacesTheDefault) {
    register_driver("a", std::make_shared<CountingDriver>());
    const auto replacement = std::make_shared<CountingDriver>();
    register_driver("a", replacement);
    EXPECT_EQ(get_driver(), replacement);
    EXPECT_EQ(CountingDriver::alive, 1);
}

TEST_F(Registry, UnregisterForgetsButDoesNotClose) {
    const auto a = std::make_shared<CountingDriver>();
    register_driver("a", a);
    register_driver("b", std::make_shared<CountingDriver>());
    unregister_driver("a");
    unregister_driver("a");
    EXPECT_EQ(a->closes, 0);
    EXPECT_THAT(
        message_of<ConfigurationError>([] { (void)get_driver(); }),
        testing::AllOf(HasSubstr("no default connection (known: b)"), HasSubstr("set_default_driver")));
}

TEST_F(Registry, ShutdownClosesItsOwnDriversAndForgetsBorrowedOnes) {
    const auto own = std::make_shared<CountingDriver>();
    CountingDriver borrowed;
    register_driver("own", own);
    register_driver("borrowed", borrowed);
    shutdown();
    EXPECT_EQ(own->closes, 1);
    EXPECT_EQ(borrowed.closes, 0);
    EXPECT_TRUE(driver_names().empty());
    detail::init(std::make_shared<CountingDriver>());
    EXPECT_NO_THROW((void)get_driver());
}

TEST_F(Registry, ConnectionClosesAndIsForgotten) {
    const auto driver = std::make_shared<CountingDriver>("ks");
    const Connection connection = detail::init(driver, {.name = "a"});
    EXPECT_EQ(connection.name(), "a");
    EXPECT_EQ(connection.keyspace(), "ks");
    EXPECT_EQ(&connection.driver(), driver.get());
    EXPECT_EQ(driver->connects, 0);
    connection.connect();
    EXPECT_EQ(driver->connects, 1);
    connection.close();
    connection.close();
    EXPECT_EQ(driver->closes, 2);
    EXPECT_TRUE(driver_names().empty());
    EXPECT_THROW((void)get_driver(), ConfigurationError);
}

TEST_F(Registry, ConnectThrowsWhatTheDriverReports) {
    CountingDriver driver("unreachable");
    EXPECT_EQ(message_of<ConnectionError>([&] { detail::init(driver).connect(); }), "nobody listens");
}

TEST_F(Registry, AnEmptyConnectionSaysSo) {
    const Connection none;
    EXPECT_FALSE(none);
    none.close();
    EXPECT_THROW((void)none.driver(), ConfigurationError);
    EXPECT_THROW(none.connect(), ConfigurationError);
}

TEST_F(Registry, RefusesEmptyNamesAndNullDrivers) {
    EXPECT_THROW(register_driver("", std::make_shared<CountingDriver>()), ConfigurationError);
    EXPECT_THROW(register_driver("a", std::shared_ptr<Driver>()), ConfigurationError);
}

TEST_F(Registry, IsThreadSafe) {
    register_driver("default", std::make_shared<CountingDriver>());
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] {
            const std::string name = "t" + std::to_string(t);
            for (int i = 0; i < 500; ++i) {
                register_driver(name, std::make_shared<CountingDriver>());
                EXPECT_NE(get_driver(), nullptr);
                EXPECT_NE(get_driver(name), nullptr);
                unregister_driver(name);
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(CountingDriver::alive, 1);
}

std::string last_url;
OpenedDriver open_counting(const Url& url) {
    last_url = url.display() + " path=" + url.path() + " user=" + url.user() + ":" + url.password();
    for (const auto& [name, value] : url.options()) last_url += ' ' + name + '=' + value;
    for (const auto& host : url.hosts()) last_url += " host=" + host.name + '/' + std::to_string(host.port);
    if (url.option("fail") != nullptr) return Error(ErrorKind::configuration, "told to fail");
    return std::make_shared<CountingDriver>("ks");
}

TEST_F(Registry, ALinkedSchemeOpensItsUrls) {
    register_scheme("counting", open_counting);
    const Connection connection = detail::init("counting:x?a=b", {.name = "c", .keyspace = "k"});
    EXPECT_EQ(last_url, "counting:x?a=b path=x user=: a=b keyspace=k");
    EXPECT_EQ(get_driver("c"), connection.shared_driver());
    EXPECT_EQ(static_cast<CountingDriver&>(connection.driver()).connects, 0) << "connection is lazy";
    EXPECT_EQ(message_of<ConfigurationError>([] { detail::init("counting:?fail=1"); }), "told to fail");
}

TEST_F(Registry, OptionsOfAClusterBecomeAUrl) {
    register_scheme("cassandra", open_counting);
    detail::init({.keyspace = "catalog",
                  .hosts = {"10.0.0.1", "10.0.0.2:9043", "::1"},
                  .port = 9999,
                  .local_dc = "dc1",
                  .username = "ann",
                  .password = "p@ss/word",
                  .tls = true});
    EXPECT_EQ(last_url,
              "cassandra://10.0.0.1:9999,10.0.0.2:9043,[::1]:9999 path=/catalog user=ann:p@ss/word "
              "local_dc=dc1 tls=true"
              " host=10.0.0.1/9999 host=10.0.0.2/9043 host=::1/9999");
    register_scheme("cassandra", nullptr);
}

TEST_F(Registry, RefusesContradictions) {
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init(InitOptions{.name = "x"}); }),
                HasSubstr("nothing to connect to"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("mock:", {.hosts = {"h"}}); }),
                HasSubstr("not in both"));
    EXPECT_THAT(message_of<ConfigurationError>(
                    [] { detail::init(std::make_shared<CountingDriver>(), {.keyspace = "k"}); }),
                HasSubstr("ready driver"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init({.hosts = {"bad host"}}); }),
                HasSubstr("cannot parse the URL"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init({.hosts = {""}}); }), HasSubstr("empty"));
}

TEST_F(Registry, AUrlWhoseDriverIsNotLinkedNamesTheTarget) {
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("memory:"); }),
                HasSubstr("coodie::embedded"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("embedded:///tmp/x"); }),
                HasSubstr("target_link_libraries(my_program PRIVATE coodie::embedded)"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("scylla://h"); }),
                HasSubstr("coodie::native"));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("postgres://h"); }),
                testing::AllOf(HasSubstr("\"postgres:\""), HasSubstr("mock:")));
    EXPECT_THROW(detail::init("not a url"), ConfigurationError);
    EXPECT_TRUE(driver_names().empty());
}

TEST_F(Registry, MockIsAlwaysThere) {
    EXPECT_EQ(detail::init("mock:?keyspace=ks").keyspace(), "ks");
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("mock:?sync=1"); }),
                HasSubstr("\"sync=1\""));
    EXPECT_THAT(message_of<ConfigurationError>([] { detail::init("mock:folder"); }),
                HasSubstr("neither host nor path"));
}

}  // namespace
