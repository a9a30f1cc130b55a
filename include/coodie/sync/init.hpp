// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/init.hpp>

#include <memory>
#include <string_view>

namespace coodie::sync {

/// Makes a driver and registers it; opens nothing yet (see Connection::connect). The URL's scheme chooses the
/// driver: "embedded:///folder", "memory:", "memory:name", ... Throws ConfigurationError: a URL that does not
/// parse, a driver that is not linked, an option that it does not know.
inline Connection init_coodie(std::string_view url, const InitOptions& options = {}) {
    return coodie::detail::init(url, options);
}
/// The same without a URL: `init_coodie({.hosts = {"10.0.0.1"}, .keyspace = "catalog"})`.
inline Connection init_coodie(const InitOptions& options) { return coodie::detail::init(options); }
/// A ready driver.
inline Connection init_coodie(std::shared_ptr<Driver> driver, const InitOptions& options = {}) {
    return coodie::detail::init(std::move(driver), options);
}
/// A ready driver whose lifetime is the caller's.
inline Connection init_coodie(Driver& driver, const InitOptions& options = {}) {
    return coodie::detail::init(driver, options);
}

}  // namespace coodie::sync
