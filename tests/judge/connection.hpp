// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace coodie::judge {

/// The server cannot be reached, or the connection broke.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class Opcode : std::uint8_t {
    error = 0x00,
    startup = 0x01,
    ready = 0x02,
    query = 0x07,
    result = 0x08,
    prepare = 0x09,
    execute = 0x0A,
    batch = 0x0D,
};

/// One response frame.
struct Response {
    Opcode opcode{};
    std::uint8_t flags = 0;
    Bytes body;
};

/// One blocking TCP connection that speaks native protocol v4, one request at a time. Not thread safe.
class Connection {
public:
    /// @param host an IPv4 address, as text. Throws ConnectionLost.
    Connection(const std::string& host, std::uint16_t port);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Sends a request and waits for its response. Throws ConnectionLost or MalformedFrame; then the
    /// connection is of no more use.
    Response exchange(Opcode opcode, BytesView body);

private:
    void send_all(BytesView bytes);
    void receive_all(std::span<std::byte> bytes);

    int socket_ = -1;
    std::string peer_;
};

}  // namespace coodie::judge
