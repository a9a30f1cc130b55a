// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stub/core.hpp"
#include "stub/reply_writer.hpp"
#include "stub/request_assembler.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace coodie::stub {

/// One accepted socket. All of it runs on the server's thread.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<Core> core, std::size_t node);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start() { read(); }
    /// FIN; what the client still sends is read and ignored.
    void close();
    /// RST.
    void reset();
    /// An EVENT, if the client registered for its type.
    void push(const Bytes& body);
    /// Bytes as they are.
    void push_raw(Bytes bytes);
    [[nodiscard]] std::size_t node() const noexcept { return node_; }

private:
    void read();
    void consume();
    void handle(const RequestEnvelope& envelope);
    bool handle_fast(const RequestEnvelope& envelope);
    void refuse_version(const RequestEnvelope& envelope);
    void note(const Request& request);
    void deliver(const Reply& reply, const Request& request);
    void flush();
    void write_next();
    void write_front();
    void finish();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer pause_;
    /// Shared: a connection that waits for something dies with the server's context, after everything else of
    /// the server.
    std::shared_ptr<Core> core_;
    std::size_t node_;
    std::size_t number_;
    std::array<std::byte, 65536> chunk_;
    RequestAssembler assembler_;
    ReplyWriter writer_;
    std::deque<Piece> out_;
    native::Compression compression_ = native::Compression::none;
    std::uint8_t version_ = 4;
    std::string used_keyspace_;
    std::vector<std::string> event_types_;
    bool writing_ = false;
    /// What comes in is ignored.
    bool deaf_ = false;
    bool done_ = false;
};

}  // namespace coodie::stub
