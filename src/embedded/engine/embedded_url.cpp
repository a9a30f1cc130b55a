// SPDX-License-Identifier: Apache-2.0
// URLs of this driver, and its registration.
#include "embedded/engine/embedded_driver.hpp"

#include <string>
#include <utility>

/// Called before main() by every program that links coodie::embedded.
bool coodie_link_embedded();

namespace coodie::embedded {

namespace {

Error bad_url(const Url& url, const std::string& reason) {
    return Error(ErrorKind::configuration, "cannot use the URL " + url.display() + ": " + reason);
}

std::optional<Error> check(const Url& url, bool on_disk) {
    if (!url.hosts().empty())
        return bad_url(url, on_disk ? "'" + url.hosts().front().name +
                                          "' stands where a host does; a folder takes three slashes "
                                          "(embedded:///var/lib/app)"
                                    : "a database in memory has no host (memory: or memory:name)");
    if (!url.user().empty()) return bad_url(url, "the embedded engine knows no users");
    for (const auto& [name, value] : url.options()) {
        if (name == "keyspace") continue;
        if (name == "sync" && on_disk) {
            if (value != "periodic" && value != "always")
                return bad_url(url, "sync is '" + value + "'; it must be periodic or always");
            continue;
        }
        return bad_url(url, "it has an unknown option '" + name + "'; known are keyspace" +
                                (on_disk ? " and sync" : ""));
    }
    return std::nullopt;
}

OpenedDriver make(const Url& url, Location location) {
    const auto* keyspace = url.option("keyspace");
    return std::make_shared<EmbeddedDriver>(std::move(location), url.display(),
                                            keyspace != nullptr ? *keyspace : std::string());
}

}  // namespace

OpenedDriver make_embedded_driver(const Url& url) {
    if (auto error = check(url, true)) return std::move(*error);
    if (url.path().empty() || url.path() == "/")
        return bad_url(url, "it names no folder (embedded:///var/lib/app)");
    const auto* sync = url.option("sync");
    const bool always = sync != nullptr && *sync == "always";
    return make(url, {Location::Kind::folder, url.path(),
                      always ? storage::SyncMode::always : storage::SyncMode::periodic});
}

OpenedDriver make_memory_driver(const Url& url) {
    if (auto error = check(url, false)) return std::move(*error);
    using enum Location::Kind;
    return make(url, {url.path().empty() ? private_memory : shared_memory, url.path()});
}

}  // namespace coodie::embedded

bool coodie_link_embedded() {
    coodie::register_scheme("embedded", coodie::embedded::make_embedded_driver);
    coodie::register_scheme("memory", coodie::embedded::make_memory_driver);
    return true;
}
