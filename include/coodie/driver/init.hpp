// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/connection.hpp>
#include <coodie/driver/scheme.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

namespace coodie {

/// Host names or addresses, up to 32, trivially destructible (options travel in `co_await` expressions).
/// Borrows text.
class HostList {
public:
    static constexpr std::size_t capacity = 32;
    constexpr HostList() noexcept = default;
    constexpr HostList(std::initializer_list<std::string_view> hosts) noexcept : given_(hosts.size()) {
        std::size_t at = 0;
        for (const std::string_view host : hosts)
            if (at < capacity) hosts_[at++] = host;
    }
    /// How many were given; more than `capacity` is refused by init_coodie (a URL takes any number).
    [[nodiscard]] constexpr std::size_t given() const noexcept { return given_; }
    [[nodiscard]] constexpr std::span<const std::string_view> hosts() const noexcept {
        return {hosts_.data(), given_ < capacity ? given_ : capacity};
    }

private:
    std::array<std::string_view, capacity> hosts_{};
    std::size_t given_ = 0;
};

/// How to connect, for `init_coodie`. Trivially destructible; text is borrowed for the call only.
struct InitOptions {
    /// The name in the registry. "": "default", which then is the default connection. With a name of its own
    /// a connection leaves the default as it is (semantics rule 32), unless there is none yet or
    /// `make_default` is set.
    std::string_view name{};
    bool make_default{};
    /// The keyspace of unqualified names; "": as the URL says.
    std::string_view keyspace{};
    /// Told what the driver does besides its requests; nullptr: nobody. Not for a ready driver, which has
    /// set_log().
    LogFunction log{};
    /// Told of each attempt of a request, with this context; nullptr: nobody. As `log`; Driver says how long
    /// both must live.
    RequestHook request_hook{};
    void* request_hook_context{};
    /// The rest describes a cluster and goes with `hosts`, in place of a URL. A host may carry a port:
    /// "10.0.0.1:9043".
    HostList hosts{};
    std::uint16_t port{};  ///< 0: 9042
    std::string_view local_dc{};
    std::string_view username{};
    std::string_view password{};
    bool tls{};
};

namespace detail {

/// What `init_coodie` of each front does. Throws ConfigurationError: a URL that does not parse, no host, a
/// driver that is not linked, an option its driver does not know. Opens nothing: connection is lazy.
/// @param executor for drivers that can run on their user's executor.
Connection init(std::string_view url, const InitOptions& options = {}, const ExecutorHandle& executor = {});
Connection init(const InitOptions& options, const ExecutorHandle& executor = {});
/// A ready driver; the registry shares it.
Connection init(std::shared_ptr<Driver> driver, const InitOptions& options = {});
/// A ready driver whose lifetime is the caller's.
Connection init(Driver& driver, const InitOptions& options = {});

}  // namespace detail
}  // namespace coodie
