// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_peer.hpp"

namespace coodie::native {

std::string TlsPeer::certified_name() const {
    if (host.find(':') != std::string::npos) return host.substr(0, host.find('%'));
    return host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

bool TlsPeer::is_address() const { return inet::parse(certified_name()).has_value(); }

std::string TlsPeer::to_string() const {
    const bool brackets = host.find(':') != std::string::npos;
    return (brackets ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

}  // namespace coodie::native
