// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/driver/url.hpp>

#include <memory>
#include <string_view>
#include <variant>

namespace coodie {

using OpenedDriver = std::variant<std::shared_ptr<Driver>, Error>;

/// Null, or a `boost::asio::any_io_executor` (just that type) on which a driver should run its connections.
/// Opaque, so that the core needs no Asio.
using ExecutorHandle = std::shared_ptr<const void>;

/// Makes a driver for a URL of its scheme. It checks path and options (an unknown option is an error that
/// names it) and opens nothing: that happens at the first statement or at Driver::connect(). Must not throw.
using DriverFactory = OpenedDriver (*)(const Url& url);

/// Makes URLs of `scheme` (lower case, without ':') work. A driver target calls it when it is linked, before
/// main(); safe then, and from any thread. Registering a scheme again replaces its factory.
void register_scheme(std::string_view scheme, DriverFactory factory);
/// The same for a driver that can run on its user's executor.
using ExecutorDriverFactory = OpenedDriver (*)(const Url& url, const ExecutorHandle& executor);
void register_executor_scheme(std::string_view scheme, ExecutorDriverFactory factory);

/// The driver for a URL; ErrorKind::configuration when the URL does not parse, or when no linked driver knows
/// its scheme: the message then names the CMake target to link.
[[nodiscard]] OpenedDriver open_driver(std::string_view url);
/// @param executor for drivers that can use one; the others have threads of their own.
[[nodiscard]] OpenedDriver open_driver(const Url& url, const ExecutorHandle& executor = {});

namespace detail {
/// Registers the schemes that are always there (mock:). Called once by the scheme table; lives in src/mock.
void register_builtin_schemes(void (*add)(std::string_view scheme, DriverFactory factory));
}  // namespace detail

}  // namespace coodie
