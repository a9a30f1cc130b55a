// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/inet.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace coodie::native {

/// Whom a connection is to: the name or address that the certificate has to be for, and the port for
/// messages.
struct TlsPeer {
    std::string host;
    std::uint16_t port = 9042;

    /// The host as certificates have it: without an IPv6 scope ("%eth0") and a name's final dot.
    [[nodiscard]] std::string certified_name() const;
    /// Whether certified_name() is an address.
    [[nodiscard]] bool is_address() const;
    /// "db.example:9042", "[::1]:9042".
    [[nodiscard]] std::string to_string() const;
};

}  // namespace coodie::native
