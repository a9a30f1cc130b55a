// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/scheme.hpp>

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace coodie {
namespace {

// One of the two.
struct Factory {
    DriverFactory plain = nullptr;
    ExecutorDriverFactory with_executor = nullptr;
};

// Drivers register before main() in any order, and programs may open drivers while the process ends: made at
// first use, never destroyed.
struct SchemeTable {
    std::mutex mutex;
    std::map<std::string, Factory, std::less<>> factories;
};

SchemeTable& table() {
    static SchemeTable& made = *new SchemeTable;
    return made;
}

void add_builtin(std::string_view scheme, DriverFactory factory) {
    SchemeTable& schemes = table();
    const std::lock_guard lock(schemes.mutex);
    schemes.factories.emplace(scheme,
                              Factory{.plain = factory});  // a factory that somebody registered before wins
}

void ensure_builtin_schemes() {
    static const bool done = (detail::register_builtin_schemes(add_builtin), true);
    static_cast<void>(done);
}

void replace(std::string_view scheme, Factory factory) {
    SchemeTable& schemes = table();
    const std::lock_guard lock(schemes.mutex);
    schemes.factories.insert_or_assign(std::string(scheme), factory);
}

Factory find_factory(std::string_view scheme) {
    ensure_builtin_schemes();
    SchemeTable& schemes = table();
    const std::lock_guard lock(schemes.mutex);
    const auto found = schemes.factories.find(scheme);
    return found == schemes.factories.end() ? Factory{} : found->second;
}

std::string known_schemes() {
    SchemeTable& schemes = table();
    const std::lock_guard lock(schemes.mutex);
    std::string names;
    for (const auto& [name, factory] : schemes.factories) names += (names.empty() ? "" : ", ") + name + ":";
    return names;
}

std::string_view target_of(std::string_view scheme) noexcept {
    if (scheme == "embedded" || scheme == "memory") return "coodie::embedded";
    if (scheme == "cassandra" || scheme == "scylla") return "coodie::native";
    return {};
}

Error not_linked(const Url& url) {
    std::string message = "cannot open \"" + url.display() + "\": ";
    const std::string_view target = target_of(url.scheme());
    if (!target.empty()) {
        message.append("the driver for ")
            .append(url.scheme())
            .append(": is not linked; link the CMake target ");
        message.append(target)
            .append(", e.g. target_link_libraries(my_program PRIVATE ")
            .append(target)
            .append(")");
    } else {
        message += "no driver is known for the scheme \"" + url.scheme() +
                   ":\"; known here: " + known_schemes() +
                   " (embedded: and memory: come with the CMake target coodie::embedded, cassandra: and "
                   "scylla: with "
                   "coodie::native)";
    }
    return Error(ErrorKind::configuration, std::move(message));
}

}  // namespace

void register_scheme(std::string_view scheme, DriverFactory factory) { replace(scheme, {.plain = factory}); }

void register_executor_scheme(std::string_view scheme, ExecutorDriverFactory factory) {
    replace(scheme, {.with_executor = factory});
}

OpenedDriver open_driver(std::string_view url) {
    std::variant<Url, Error> parsed = Url::parse(url);
    if (auto* error = std::get_if<Error>(&parsed)) return std::move(*error);
    return open_driver(std::get<Url>(parsed));
}

OpenedDriver open_driver(const Url& url, const ExecutorHandle& executor) {
    const Factory factory = find_factory(url.scheme());
    if (factory.with_executor != nullptr) return factory.with_executor(url, executor);
    if (factory.plain != nullptr) return factory.plain(url);
    return not_linked(url);
}

}  // namespace coodie
