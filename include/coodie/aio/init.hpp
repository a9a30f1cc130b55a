// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/init.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string_view>
#include <utility>

namespace coodie::aio {

using boost::asio::awaitable;

/// A coodie::Connection whose `connect` is awaited. `close()` is the base's: it completes everything that is
/// pending, and may wait for what is being executed.
class Connection : public coodie::Connection {
public:
    Connection() = default;
    explicit Connection(coodie::Connection connection) : coodie::Connection(std::move(connection)) {}

    /// Reaches the database now, not at the first statement. Throws ConfigurationError at once when this
    /// refers to nothing, and (awaited) what the driver reports. Owns what it needs.
    [[nodiscard]] awaitable<void> connect() const;
};

/// Makes a driver and registers it; never awaited, it opens nothing yet (see Connection::connect). The URL's
/// scheme chooses the driver: "cassandra://host/keyspace", "embedded:///folder", "memory:", ... Throws
/// ConfigurationError: a URL that does not parse, a driver that is not linked, an option that it does not
/// know.
///
/// With an executor, `cassandra:` connections run on it, so that no call of its coroutines hops threads; the
/// executor's context must then outlive the connection, and its `run()` returns only after `close()`: an open
/// connection is work. Without one they run on a thread of the driver's own.
/// Drivers in the process use threads of their own in either case. Wherever a driver runs, a coroutine goes
/// on on its own executor.
inline Connection init_coodie(std::string_view url, const InitOptions& options = {}) {
    return Connection(coodie::detail::init(url, options));
}
/// The same without a URL: `init_coodie({.hosts = {"10.0.0.1"}, .keyspace = "catalog"})`.
inline Connection init_coodie(const InitOptions& options) {
    return Connection(coodie::detail::init(options));
}
/// A ready driver.
inline Connection init_coodie(std::shared_ptr<Driver> driver, const InitOptions& options = {}) {
    return Connection(coodie::detail::init(std::move(driver), options));
}
/// A ready driver whose lifetime is the caller's.
inline Connection init_coodie(Driver& driver, const InitOptions& options = {}) {
    return Connection(coodie::detail::init(driver, options));
}
[[nodiscard]] Connection init_coodie(const boost::asio::any_io_executor& executor, std::string_view url,
                                     const InitOptions& options = {});
[[nodiscard]] Connection init_coodie(const boost::asio::any_io_executor& executor,
                                     const InitOptions& options);

}  // namespace coodie::aio
