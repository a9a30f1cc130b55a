// SPDX-License-Identifier: Apache-2.0
#include "stub/server.hpp"

#include "stub/connection.hpp"
#include "stub/core.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

namespace coodie::stub {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

tcp::endpoint endpoint_of(std::size_t node, std::uint16_t port) {
    return {asio::ip::address_v4(0x7F000001U + static_cast<std::uint32_t>(node)), port};
}

void listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, error_code& error) {
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
}

/// All nodes on one port, which is free on each address.
std::vector<tcp::acceptor> listen_all(asio::io_context& context, std::size_t nodes, std::uint16_t wanted) {
    error_code error;
    for (int attempt = 0; attempt < 50; ++attempt) {
        std::vector<tcp::acceptor> acceptors;
        std::uint16_t port = wanted;
        for (std::size_t node = 0; node < nodes; ++node) {
            acceptors.emplace_back(context);
            listen(acceptors.back(), endpoint_of(node, port), error);
            if (error) break;
            port = acceptors.back().local_endpoint().port();
        }
        if (!error) return acceptors;
        if (wanted != 0) break;
    }
    throw std::runtime_error("the stub server cannot listen: " + error.message());
}

}  // namespace

struct Server::State {
    explicit State(const ServerOptions& options)
        : acceptors(listen_all(context, options.nodes, options.port)),
          port(acceptors.at(0).local_endpoint().port()),
          core(std::make_shared<Core>(options, port)),
          work(context.get_executor()) {
        for (std::size_t node = 0; node < options.nodes; ++node) accept(node);
        thread = std::thread([this] { context.run(); });
    }
    ~State() {
        context.stop();
        thread.join();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void accept(std::size_t node) {
        acceptors[node].async_accept([this, node](error_code error, tcp::socket socket) {
            if (error == asio::error::operation_aborted || !acceptors[node].is_open()) return;
            if (!error) {
                const auto connection = std::make_shared<Connection>(std::move(socket), core, node);
                std::erase_if(connections, [](const auto& each) { return each.expired(); });
                connections.push_back(connection);
                connection->start();
            }
            accept(node);
        });
    }

    template <class Use>
    void for_each(Use use) {
        for (const auto& each : std::vector(connections))
            if (const auto connection = each.lock()) use(*connection);
    }

    /// On the server's thread; waits for it unless this is that thread.
    template <class Do>
    void run(Do action) {
        if (std::this_thread::get_id() == thread.get_id()) return action();
        std::promise<void> done;
        asio::post(context, [&] {
            action();
            done.set_value();
        });
        done.get_future().wait();
    }

    // Destroyed last, with the connections that still wait for something; they hold the core themselves.
    asio::io_context context{1};
    std::vector<tcp::acceptor> acceptors;
    std::uint16_t port;
    std::shared_ptr<Core> core;
    std::vector<std::weak_ptr<Connection>> connections;
    asio::executor_work_guard<asio::io_context::executor_type> work;
    std::thread thread;
};

Server::Server(ServerOptions options) : state_(std::make_unique<State>(options)) {}
Server::~Server() = default;

std::uint16_t Server::port() const noexcept { return state_->port; }
inet Server::address(std::size_t node) const { return FakeCluster::address_of(node); }
uuid Server::host_id(std::size_t node) const { return FakeCluster::host_id_of(node); }
std::string Server::contact_point(std::size_t node) const {
    return address(node).to_string() + ":" + std::to_string(port());
}

void Server::RuleBuilder::reply(Reply reply) {
    this->reply([reply = std::move(reply)](const Request&) { return reply; });
}
void Server::RuleBuilder::reply(std::function<Reply(const Request&)> make) {
    server_.state_->core->add_rule({.opcode = opcode_,
                                    .text = text_,
                                    .node = node_,
                                    .connection = connection_,
                                    .left = times_.value_or(static_cast<std::size_t>(-1)),
                                    .make = std::move(make)});
}
void Server::remove_rules() { state_->core->remove_rules(); }

void Server::set_table(Table table) {
    state_->core->change_cluster([&](FakeCluster& cluster) { cluster.add_table(std::move(table)); });
}
void Server::forget_prepared(std::size_t node) {
    state_->core->change_cluster([&](FakeCluster& cluster) { cluster.forget_prepared(node); });
}
void Server::set_schema_version(std::size_t node, const uuid& version) {
    state_->core->change_cluster([&](FakeCluster& cluster) { cluster.set_schema_version(node, version); });
}
void Server::set_member(std::size_t node, bool member) {
    state_->core->change_cluster([&](FakeCluster& cluster) { cluster.set_member(node, member); });
}
void Server::set_datacenter(std::size_t node, std::string name) {
    state_->core->change_cluster(
        [&](FakeCluster& cluster) { cluster.set_datacenter(node, std::move(name)); });
}

std::size_t Server::count(native::Opcode opcode) const {
    std::size_t count = 0;
    for (const auto& each : state_->core->counts())
        count += each.by_opcode.at(static_cast<std::size_t>(opcode));
    return count;
}
std::size_t Server::count_on_connection(native::Opcode opcode, std::size_t connection) const {
    return state_->core->counts().at(connection).by_opcode.at(static_cast<std::size_t>(opcode));
}
std::size_t Server::count_at_node(native::Opcode opcode, std::size_t node) const {
    std::size_t count = 0;
    for (const auto& each : state_->core->counts())
        if (each.node == node) count += each.by_opcode.at(static_cast<std::size_t>(opcode));
    return count;
}
std::vector<Request> Server::requests() const { return state_->core->requests(); }
std::vector<Request> Server::requests(native::Opcode opcode) const {
    std::vector<Request> requests = state_->core->requests();
    std::erase_if(requests, [opcode](const Request& each) { return each.opcode != opcode; });
    return requests;
}
std::size_t Server::accepted() const { return state_->core->counts().size(); }
std::size_t Server::accepted_at_node(std::size_t node) const {
    std::size_t count = 0;
    for (const auto& each : state_->core->counts()) count += each.node == node ? 1 : 0;
    return count;
}
std::size_t Server::open_connections() const { return state_->core->open_connections(); }
std::size_t Server::malformed() const { return state_->core->malformed(); }
bool Server::wait_until(const std::function<bool()>& holds, std::chrono::milliseconds limit) const {
    return state_->core->wait_until(holds, limit);
}

void Server::push(Bytes event) {
    state_->run([&] { state_->for_each([&](Connection& each) { each.push(event); }); });
}
void Server::push_raw(Bytes bytes) {
    state_->run([&] { state_->for_each([&](Connection& each) { each.push_raw(bytes); }); });
}
void Server::close_connections(std::size_t node) {
    state_->run([&] {
        state_->for_each([&](Connection& each) {
            if (each.node() == node) each.close();
        });
    });
}
void Server::reset_connections(std::size_t node) {
    state_->run([&] {
        state_->for_each([&](Connection& each) {
            if (each.node() == node) each.reset();
        });
    });
}
void Server::stop_node(std::size_t node) {
    state_->run([&] {
        error_code ignored;
        state_->acceptors[node].close(ignored);
    });
    reset_connections(node);
}
void Server::start_node(std::size_t node) {
    state_->run([&] {
        error_code error;
        listen(state_->acceptors[node], endpoint_of(node, state_->port), error);
        if (error) throw std::runtime_error("the stub node cannot listen again: " + error.message());
        state_->accept(node);
    });
}

}  // namespace coodie::stub
