// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace coodie::judge {
namespace {

constexpr std::uint8_t request_version = 0x04;
constexpr std::uint8_t response_version = 0x84;
constexpr std::int32_t max_body = 256 * 1024 * 1024;  // what the specification allows
constexpr time_t answer_seconds = 120;

}  // namespace

Connection::Connection(const std::string& host, std::uint16_t port)
    : peer_(host + ":" + std::to_string(port)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
        throw ConnectionLost("'" + host + "' is not an IPv4 address");
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{answer_seconds, 0};
    const int on = 1;
    if (socket_ < 0 || ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const std::string reason = std::strerror(errno);
        if (socket_ >= 0) ::close(socket_);
        throw ConnectionLost("cannot connect to " + peer_ + ": " + reason);
    }
}

Connection::~Connection() { ::close(socket_); }

Response Connection::exchange(Opcode opcode, BytesView body) {
    WireWriter request;
    request.write_byte(request_version);
    request.write_byte(0);   // flags
    request.write_short(0);  // the one stream
    request.write_byte(static_cast<std::uint8_t>(opcode));
    request.write_bytes(body);
    send_all(request.bytes());

    std::array<std::byte, 9> header_bytes;
    receive_all(header_bytes);
    WireReader header(header_bytes);
    if (header.read_byte() != response_version)
        throw MalformedFrame(peer_ + " does not answer in protocol v4");
    Response response;
    response.flags = header.read_byte();
    if (header.read_short() != 0) throw MalformedFrame(peer_ + " answers on another stream");
    response.opcode = static_cast<Opcode>(header.read_byte());
    const std::int32_t length = header.read_int();
    if (length < 0 || length > max_body)
        throw MalformedFrame(peer_ + " announces a frame of impossible length");
    response.body.resize(static_cast<std::size_t>(length));
    receive_all(response.body);
    return response;
}

void Connection::send_all(BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) throw ConnectionLost("sending to " + peer_ + ": " + std::strerror(errno));
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
}

void Connection::receive_all(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t received = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (received < 0 && errno == EINTR) continue;
        if (received == 0) throw ConnectionLost(peer_ + " closed the connection");
        if (received < 0) throw ConnectionLost("receiving from " + peer_ + ": " + std::strerror(errno));
        bytes = bytes.subspan(static_cast<std::size_t>(received));
    }
}

}  // namespace coodie::judge
