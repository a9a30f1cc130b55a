// SPDX-License-Identifier: Apache-2.0
#include "native/io/peer_endpoint.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace coodie::native {

Endpoint peer_endpoint(int socket) noexcept {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    Endpoint endpoint;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return endpoint;
    BytesView address;
    if (storage.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
        address = std::as_bytes(std::span(&v4.sin_addr, 1));
        endpoint.port = ntohs(v4.sin_port);
    } else if (storage.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage);
        address = std::as_bytes(std::span(&v6.sin6_addr, 1));
        endpoint.port = ntohs(v6.sin6_port);
    }
    endpoint.address = inet::from_bytes(address).value_or(inet());
    return endpoint;
}

}  // namespace coodie::native
