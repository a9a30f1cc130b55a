// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/policy/retry_policy.hpp"
#include "native/protocol/compression.hpp"
#include "native/protocol/version.hpp"
#include "native/tls/tls_context.hpp"

#include <coodie/driver/options.hpp>
#include <coodie/driver/url.hpp>
#include <coodie/types/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::native {

/// Everything that a `cassandra://` or `scylla://` URL says; docs/driver-options.md is the table.
struct NativeOptions {
    struct ContactPoint {
        std::string host;  ///< a name or an address, without brackets
        std::uint16_t port = 9042;
    };
    std::vector<ContactPoint> contact_points;  ///< at least one
    std::string keyspace;                      ///< "": none
    std::string user;                          ///< "": no authentication
    std::string password;
    /// For messages: the URL without its password.
    std::string display;

    /// The port of hosts without one of their own, and of nodes whose system tables tell none.
    std::uint16_t port = 9042;
    std::optional<TlsOptions> tls;  ///< not set: plain TCP
    Compression compression = Compression::none;
    /// Not set: the highest that both sides know.
    std::optional<ProtocolVersion> protocol_version;
    std::string local_datacenter;     ///< "": the only one there is
    bool remote_datacenters = false;  ///< whether hosts of other datacenters may be asked
    std::uint32_t connections = 1;    ///< per host
    /// Requests per connection before it is "overloaded". Half of the protocol's stream ids: 10,000
    /// coroutines fit, a loop that never waits does not.
    std::uint32_t in_flight = 16384;
    /// Whether a node that has too much to do says so, or stops reading.
    bool throw_on_overload = false;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds request_timeout{12'000};
    std::chrono::milliseconds heartbeat_interval{30'000};  ///< of an idle connection; 0: never
    std::chrono::milliseconds connect_wait{0};  ///< how long connect() goes on trying until a cluster answers
    Consistency consistency = Consistency::local_one;
    Consistency serial_consistency = Consistency::serial;
    std::int32_t page_size = 5000;  ///< 0: everything at once
    RetryPolicy retry = RetryPolicy::standard;
    std::chrono::milliseconds speculative_delay{0};
    std::uint32_t speculative_count = 0;  ///< 0: no speculative executions
    bool metrics = false;                 ///< whether attempts are timed and counted for each node
    bool client_timestamps = true;        ///< whether writes that have no time of their own get the client's

    /// Errors (configuration) name the option, what it takes, and, for one that does not exist, the nearest
    /// that does. No message has the password.
    [[nodiscard]] static std::variant<NativeOptions, Error> parse(const Url& url);
};

/// One row of the table of options, for documentation and tests.
struct OptionDescription {
    std::string_view name;
    std::string_view takes;          ///< "a duration such as 500ms, 1ms to 24h"
    std::string_view default_value;  ///< as one would write it
    std::string_view meaning;
};

/// Every URL option, in the order of the documentation.
[[nodiscard]] std::span<const OptionDescription> describe_options() noexcept;

}  // namespace coodie::native
