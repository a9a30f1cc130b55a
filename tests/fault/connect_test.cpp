// SPDX-License-Identifier: Apache-2.0
// Connecting to what is not there, or not what it should be: an error within its time that says what to
// check.
#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace {

using namespace fault;
using namespace std::chrono_literals;

// A listening socket that answers each connection with `said`, or with silence.
class Stranger {
public:
    explicit Stranger(std::string said) : said_(std::move(said)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
        ::listen(socket_, 8);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        if (!said_.empty())
            thread_ = std::thread([this] {
                for (;;) {
                    const int client = ::accept(socket_, nullptr, nullptr);
                    if (client < 0) return;
                    (void)::send(client, said_.data(), said_.size(), MSG_NOSIGNAL);
                    clients_.push_back(client);
                }
            });
    }
    ~Stranger() {
        ::shutdown(socket_, SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
        for (const int client : clients_) ::close(client);
        ::close(socket_);
    }
    [[nodiscard]] std::string url() const { return "cassandra://" + peer() + "/?connect_timeout=300ms"; }
    [[nodiscard]] std::string peer() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    std::string said_;
    int socket_;
    std::uint16_t port_ = 0;
    std::thread thread_;
    std::vector<int> clients_;
};

void expect_error(const std::string& url, ErrorKind expected, const std::string& part) {
    const auto driver = open(url);
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = driver->execute(read());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_EQ(kind(outcome), expected);
    EXPECT_TRUE(contains(message(outcome), part)) << message(outcome);
    EXPECT_FALSE(contains(message(outcome), "secret")) << message(outcome);
    const auto waiting = std::make_shared<Waiting>();
    (void)driver->start(read(), waiting);
    const std::optional<Outcome> told = waiting->wait();
    ASSERT_TRUE(told);
    EXPECT_EQ(kind(*told), expected) << message(*told);
}

TEST(NativeConnect, NoServer) {
    expect_error("cassandra://127.0.0.1:1/ks", ErrorKind::connection, "127.0.0.1:1");
}

TEST(NativeConnect, AServerThatNeverAnswers) {
    const Stranger silent{""};
    expect_error(silent.url(), ErrorKind::connection, "no answer within 300 ms");
}

TEST(NativeConnect, APortThatIsNotCql) {
    const Stranger web{"HTTP/1.1 400 Bad Request\r\n\r\n"};
    expect_error(web.url(), ErrorKind::connection, web.peer());
}

TEST(NativeConnect, AReplyWhoseLengthLies) {
    const Stranger liar{std::string("\x84\x00\x00\x00\x06\x7f\xff\xff\xff", 9)};
    expect_error(liar.url(), ErrorKind::connection, liar.peer());
}

TEST(NativeConnect, AWrongPassword) {
    stub::Server server{{.user = "ann", .password = "right"}};
    expect_error("cassandra://ann:secret@" + server.contact_point(), ErrorKind::server, "check");
}

TEST(NativeConnect, ARightPassword) {
    stub::Server server{{.user = "ann", .password = "right", .tables = {users()}}};
    const auto driver = open("cassandra://ann:right@" + server.contact_point());
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
}

// What cannot become better by waiting ends at once, whatever connect_wait says.
TEST(NativeConnect, APermanentRefusalIsNotWaitedFor) {
    stub::Server locked{{.user = "ann", .password = "right"}};
    EXPECT_EQ(kind(open("cassandra://ann:secret@" + locked.contact_point() + "/?connect_wait=1h")->connect()),
              ErrorKind::server);
    EXPECT_EQ(locked.accepted(), 1U);
    stub::Server old{{.versions = {coodie::native::ProtocolVersion::v4}}};
    const Outcome outcome = open(old, "protocol_version=5&connect_wait=1h")->connect();
    EXPECT_TRUE(contains(message(outcome), "version")) << message(outcome);
    EXPECT_EQ(old.accepted(), 1U);
}

TEST(NativeConnect, AnUnknownKeyspaceIsNamedAndNotTriedForever) {
    stub::Server server{{.tables = {users()}}};
    server.on(Opcode::query)
        .matching("USE")
        .reply(stub::error(coodie::server_code::invalid, "Keyspace 'nowhere' does not exist"));
    const auto driver = open("cassandra://" + server.contact_point() + "/nowhere?connect_wait=1h");
    for (int i = 0; i < 3; ++i) {
        const Outcome outcome = driver->execute(read());
        EXPECT_TRUE(contains(message(outcome), "has no keyspace \"nowhere\"")) << message(outcome);
    }
    const std::size_t connections = server.accepted();
    EXPECT_EQ(connections, 2U) << "the control connection, and one that was refused";
    std::this_thread::sleep_for(1500ms);  // longer than the pause before a host is tried again
    EXPECT_EQ(server.accepted(), connections) << "nobody asked";
    server.remove_rules();
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
}

TEST(NativeConnect, NewConnectionsUseTheKeyspaceOfTheUrl) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open("cassandra://" + server.contact_point() + "/ks");
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    server.close_connections();
    (void)driver->execute(read());  // may be the one that notices
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    const auto executed = server.requests(Opcode::execute);
    ASSERT_GE(executed.size(), 2U);
    EXPECT_NE(executed.front().connection, executed.back().connection);
    for (const stub::Request& each : executed) EXPECT_EQ(each.used_keyspace, "ks");
}

TEST(NativeConnect, AStatementsKeyspaceGoesWithItOrIsRefused) {
    stub::Server server{{.tables = {users()}}};
    Statement elsewhere = statement("SELECT id, name FROM users WHERE id = ?", StatementKind::select);
    elsewhere.set_keyspace("ks");
    EXPECT_EQ(names(open(server, "protocol_version=5")->execute(elsewhere)),
              std::vector<std::string>{"user 1"});
    EXPECT_EQ(server.requests(Opcode::prepare).back().keyspace, "ks");
    const std::size_t before = server.count(Opcode::prepare);
    const auto old = open(server, "protocol_version=4");
    const Outcome refused = old->execute(elsewhere);
    EXPECT_EQ(kind(refused), ErrorKind::unsupported);
    EXPECT_TRUE(contains(message(refused), "\"ks\"") && contains(message(refused), "version 4"))
        << message(refused);
    EXPECT_EQ(server.count(Opcode::prepare), before) << "never sent: it would have been another table";
    // The connection's own needs no place.
    const auto there = open("cassandra://" + server.contact_point() + "/ks?protocol_version=4");
    EXPECT_EQ(names(there->execute(elsewhere)), std::vector<std::string>{"user 1"});
}

Statement use(const char* keyspace) { return Statement(StatementText(std::string("USE ") + keyspace)); }

TEST(NativeConnect, UseChoosesTheKeyspaceOfAllRequestsThatFollow) {
    stub::Table other = users();
    other.keyspace = "elsewhere";
    stub::Server server{{.tables = {users(), other}}};
    const auto driver = open("cassandra://" + server.contact_point() + "/ks?protocol_version=5");
    EXPECT_EQ(names(driver->execute(read())), first_user);
    EXPECT_EQ(server.requests(Opcode::prepare).back().keyspace, "");
    EXPECT_EQ(message(driver->execute(use("elsewhere"))), "");
    EXPECT_EQ(driver->keyspace(), "elsewhere");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(names(driver->execute(read())), first_user);
    ASSERT_EQ(server.count(Opcode::prepare), 2U) << "once for each keyspace";
    EXPECT_EQ(server.requests(Opcode::prepare).back().keyspace, "elsewhere");
    // A statement's own comes first.
    Statement there = read();
    there.set_keyspace("ks");
    EXPECT_EQ(names(driver->execute(there)), first_user);
    EXPECT_EQ(server.requests(Opcode::prepare).back().keyspace, "ks");
    (void)driver->execute(Statement(StatementText("TRUNCATE users", StatementKind::truncate)));
    EXPECT_EQ(server.requests(Opcode::query).back().keyspace, "elsewhere");
}

TEST(NativeConnect, AUseThatIsRefusedChangesNothing) {
    stub::Server server{{.tables = {users()}}};
    const auto driver = open("cassandra://" + server.contact_point() + "/ks?protocol_version=5");
    EXPECT_EQ(message(driver->connect()), "");
    server.on(Opcode::query)
        .matching("USE nowhere")
        .reply(stub::error(coodie::server_code::invalid, "Keyspace 'nowhere' does not exist"));
    EXPECT_EQ(kind(driver->execute(use("nowhere"))), ErrorKind::server);
    EXPECT_EQ(driver->keyspace(), "ks");
}

TEST(NativeConnect, UseIsRefusedWhereRequestsHaveNoPlaceForAKeyspace) {
    stub::Server server;
    const auto driver = open(server, "protocol_version=4");
    for (const char* cql : {"USE ks", " use\tks"}) {
        const Outcome outcome = driver->execute(Statement(StatementText(cql)));
        EXPECT_EQ(kind(outcome), ErrorKind::unsupported);
        EXPECT_TRUE(contains(message(outcome), "name it in the URL")) << message(outcome);
    }
    for (const stub::Request& each : server.requests(Opcode::query))
        EXPECT_FALSE(each.query.starts_with("USE"));
}

TEST(NativeConnect, OverloadIsToldOnRequest) {
    stub::Server server;
    const auto told = [&](const std::string& options) {
        EXPECT_EQ(message(open(server, options)->connect()), "");
        const auto startup = server.requests(Opcode::startup).back();
        const std::string body(reinterpret_cast<const char*>(startup.body.data()), startup.body.size());
        return contains(body, std::string("THROW_ON_OVERLOAD\0\1"
                                          "1",
                                          20));
    };
    EXPECT_FALSE(told(""));
    EXPECT_TRUE(told("throw_on_overload=true"));
}

TEST(NativeConnect, AnUnknownOptionIsNamed) {
    const coodie::OpenedDriver opened = coodie::open_driver("cassandra://127.0.0.1/ks?conections=3");
    ASSERT_TRUE(std::holds_alternative<Error>(opened));
    EXPECT_TRUE(contains(std::get<Error>(opened).message(), "connections"))
        << std::get<Error>(opened).message();
}

TEST(NativeConnect, AnOlderServerIsSpokenToInItsVersion) {
    stub::Server server{{.versions = {coodie::native::ProtocolVersion::v4}, .tables = {users()}}};
    const auto driver = open(server);
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
}

TEST(NativeConnect, SeveralDatacentersNeedAChoice) {
    stub::Server server{{.nodes = 2, .datacenters = {"east", "west"}, .tables = {users()}}};
    const Outcome outcome = open(server)->execute(read());
    EXPECT_EQ(kind(outcome), ErrorKind::configuration);
    EXPECT_TRUE(contains(message(outcome), "east") && contains(message(outcome), "west")) << message(outcome);
    EXPECT_EQ(message(open(server, "local_dc=west")->execute(read())), "");
}

TEST(NativeConnect, WaitsForAClusterThatStartsLater) {
    stub::Server server{{.tables = {users()}}};
    server.stop_node(0);
    const auto driver = open(server, "connect_wait=10s&connect_timeout=300ms");
    std::thread later([&] {
        EXPECT_TRUE(eventually([&] { return driver->counters().connections_failed > 0; }));
        server.start_node(0);
    });
    EXPECT_EQ(names(driver->execute(read())), std::vector<std::string>{"user 1"});
    later.join();
}

}  // namespace
