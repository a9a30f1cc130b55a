// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/channel.hpp"
#include "native/options.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace coodie::native {

/// What to connect to, and how. A class with a constructor: it travels in `co_await` expressions.
class ConnectTarget {
public:
    /// @param options outlive the connecting.
    /// @param tls nullptr: plain TCP.
    ConnectTarget(std::string host, std::uint16_t port, std::shared_ptr<const NativeOptions> options,
                  std::shared_ptr<const TlsContext> tls)
        : host_(std::move(host)), port_(port), options_(std::move(options)), tls_(std::move(tls)) {}

    /// A name or an address.
    [[nodiscard]] const std::string& host() const noexcept { return host_; }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] const NativeOptions& options() const noexcept { return *options_; }
    [[nodiscard]] const std::shared_ptr<const TlsContext>& tls() const noexcept { return tls_; }
    /// "10.0.0.1:9042"
    [[nodiscard]] std::string text() const;
    /// Whether the connection is for one keyspace (`USE`); not the control connection's.
    void set_keyspace(std::string keyspace) { keyspace_ = std::move(keyspace); }
    [[nodiscard]] const std::string& keyspace() const noexcept { return keyspace_; }

private:
    std::string host_;
    std::uint16_t port_;
    std::shared_ptr<const NativeOptions> options_;
    std::shared_ptr<const TlsContext> tls_;
    std::string keyspace_;
};

/// Why there is no connection. A constructor: it travels in `co_return` expressions.
struct OpenFailure {
    explicit OpenFailure(Error error, bool is_permanent = false)
        : why(std::move(error)), permanent(is_permanent) {}
    Error why;
    /// Another attempt with the same options fails as well: credentials, keyspace, protocol version,
    /// compression.
    bool permanent;
};
using OpenResult = std::variant<OpenedConnection, OpenFailure>;

/// Resolves, connects, verifies (TLS), shakes hands, on the executor of the coroutine, which must run one
/// handler at a time (a strand). Ends within options().connect_timeout; errors name host and port and what to
/// check.
[[nodiscard]] boost::asio::awaitable<OpenResult> open_connection(ConnectTarget target);

}  // namespace coodie::native
