// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stub/reply.hpp"
#include "stub/request.hpp"
#include "stub/server_options.hpp"
#include "stub/table.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coodie::stub {

/// A CQL server in the test's process, with a thread of its own: a fake cluster that any driver connects to,
/// and rules that say where it goes wrong. Loopback only. Every function may be called from any thread, those
/// of the rules included.
///
///     stub::Server server({.nodes = 3, .tables = {users}});
///     server.on(Opcode::execute).matching("FROM users").times(1).reply(error(server_code::overloaded,
///     "busy")); server.on(Opcode::query).at_node(2).reply(usual().after(50ms).split_at(5));
///     connect("cassandra://" + server.contact_point() + "/ks");
///     EXPECT_EQ(server.count(Opcode::execute), 2);
///
/// Of several rules that match, the one made last applies. Without one: SUPPORTED, READY (or authentication),
/// system.local, system.peers_v2, system.peers and system_schema.keyspaces of the fake nodes, any PREPARE,
/// the rows of ServerOptions::tables (no rows of unknown tables), void for writes, UNPREPARED for ids that
/// the node does not know.
class Server {
public:
    /// Throws std::runtime_error when it cannot listen.
    explicit Server(ServerOptions options = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] inet address(std::size_t node = 0) const;
    [[nodiscard]] uuid host_id(std::size_t node = 0) const;
    /// "127.0.0.1:34567"
    [[nodiscard]] std::string contact_point(std::size_t node = 0) const;

    /// Says which requests a rule is for; reply() makes the rule.
    class RuleBuilder {
    public:
        /// The text (EXECUTE: the prepared one; BATCH: any of them) contains this.
        RuleBuilder& matching(std::string text) { return text_ = std::move(text), *this; }
        RuleBuilder& at_node(std::size_t node) { return node_ = node, *this; }
        RuleBuilder& on_connection(std::size_t connection) { return connection_ = connection, *this; }
        /// For so many requests only.
        RuleBuilder& times(std::size_t count) { return times_ = count, *this; }
        void reply(Reply reply);
        /// `make` is called on the server's thread.
        void reply(std::function<Reply(const Request&)> make);

    private:
        friend class Server;
        RuleBuilder(Server& server, std::optional<native::Opcode> opcode)
            : server_(server), opcode_(opcode) {}
        Server& server_;
        std::optional<native::Opcode> opcode_;
        std::string text_;
        std::optional<std::size_t> node_;
        std::optional<std::size_t> connection_;
        std::optional<std::size_t> times_;
    };
    [[nodiscard]] RuleBuilder on(native::Opcode opcode) { return {*this, opcode}; }
    [[nodiscard]] RuleBuilder on_any() { return {*this, std::nullopt}; }
    void remove_rules();

    /// Adds or replaces a table.
    void set_table(Table table);
    /// The node answers UNPREPARED until statements are prepared again.
    void forget_prepared(std::size_t node = 0);
    void set_schema_version(std::size_t node, const uuid& version);
    /// Whether the other nodes' system tables have this one; they do until they are told. It listens all the
    /// same. Drivers hear of it by push(topology_change(...)).
    void set_member(std::size_t node, bool member);
    void set_datacenter(std::size_t node, std::string name);

    /// Requests that came so far, those with no answer included. Envelopes of versions that are not spoken do
    /// not count.
    [[nodiscard]] std::size_t count(native::Opcode opcode) const;
    [[nodiscard]] std::size_t count_on_connection(native::Opcode opcode, std::size_t connection) const;
    [[nodiscard]] std::size_t count_at_node(native::Opcode opcode, std::size_t node) const;
    /// In the order of their coming (ServerOptions::record).
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] std::vector<Request> requests(native::Opcode opcode) const;
    /// Connections that were accepted so far, and those that are open.
    [[nodiscard]] std::size_t accepted() const;
    [[nodiscard]] std::size_t accepted_at_node(std::size_t node) const;
    [[nodiscard]] std::size_t open_connections() const;
    /// Times that a client sent what is not the protocol. 0 with a driver that works.
    [[nodiscard]] std::size_t malformed() const;
    /// Waits until `holds` is true; asks after each request and each connection. @returns false when the time
    /// is over.
    [[nodiscard]] bool wait_until(const std::function<bool()>& holds,
                                  std::chrono::milliseconds limit = std::chrono::seconds(10)) const;

    /// Sends an event (status_change(...), ...) to the connections that registered for its type.
    void push(Bytes event);
    /// Sends bytes to every connection.
    void push_raw(Bytes bytes);
    /// Ends all connections of a node; it accepts new ones.
    void close_connections(std::size_t node = 0);
    void reset_connections(std::size_t node = 0);
    /// Refuses new connections (and resets those there are) until start_node. Returns when that is so.
    void stop_node(std::size_t node);
    void start_node(std::size_t node);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace coodie::stub
