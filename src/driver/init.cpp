// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/init.hpp>

#include <coodie/driver/registry.hpp>
#include <coodie/driver/scheme.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace coodie::detail {
namespace {

std::string_view name_of(const InitOptions& options) noexcept {
    return options.name.empty() ? default_connection_name : options.name;
}

RegisterOptions registration(const InitOptions& options) noexcept {
    return {.make_default = options.make_default || options.name.empty()};
}

bool describes_a_cluster(const InitOptions& options) noexcept {
    return options.hosts.given() != 0 || options.port != 0 || !options.local_dc.empty() ||
           !options.username.empty() || !options.password.empty() || options.tls;
}

[[noreturn]] void refuse(std::string_view why) {
    throw ConfigurationError("init_coodie: " + std::string(why));
}

// "10.0.0.1", "10.0.0.1:9043", "[::1]:9042" or "::1" as a URL has it.
std::string host_in_url(std::string_view host, std::uint16_t port) {
    const auto colons = std::count(host.begin(), host.end(), ':');
    std::string text = colons > 1 && host.front() != '[' ? '[' + std::string(host) + ']' : std::string(host);
    const bool has_port = colons == 1 || text.find("]:") != std::string::npos;
    if (!has_port && port != 0) text += ':' + std::to_string(port);
    return text;
}

std::string cluster_url(const InitOptions& options) {
    std::string text = "cassandra://";
    std::string_view separator;
    for (const std::string_view host : options.hosts.hosts()) {
        if (host.empty()) refuse("a name in .hosts is empty");
        text.append(std::exchange(separator, ",")).append(host_in_url(host, options.port));
    }
    return text;
}

void apply_keyspace(Url& url, std::string_view keyspace) {
    if (keyspace.empty()) return;
    if (url.scheme() == "cassandra" || url.scheme() == "scylla")
        url.set_path('/' + std::string(keyspace));
    else
        url.set_option("keyspace", keyspace);
}

Url parse(std::string_view text) {
    std::variant<Url, Error> parsed = Url::parse(text);
    if (const Error* error = std::get_if<Error>(&parsed)) raise(*error);
    return std::get<Url>(std::move(parsed));
}

Connection open(const Url& url, const InitOptions& options, const ExecutorHandle& executor) {
    OpenedDriver opened = open_driver(url, executor);
    if (const Error* error = std::get_if<Error>(&opened)) raise(*error);
    auto driver = std::get<std::shared_ptr<Driver>>(std::move(opened));
    driver->set_log(options.log);
    driver->set_request_hook(options.request_hook, options.request_hook_context);
    return register_driver(name_of(options), std::move(driver), registration(options));
}

void check_for_ready_driver(const InitOptions& options) {
    if (describes_a_cluster(options) || !options.keyspace.empty() || options.log != nullptr ||
        options.request_hook != nullptr)
        refuse("a ready driver takes .name and .make_default only; give it the rest when you make it");
}

}  // namespace

Connection init(std::string_view url, const InitOptions& options, const ExecutorHandle& executor) {
    if (describes_a_cluster(options))
        refuse(
            "give hosts, port, credentials, local_dc and tls either in the URL or in the options, not in "
            "both");
    Url parsed = parse(url);
    apply_keyspace(parsed, options.keyspace);
    return open(parsed, options, executor);
}

Connection init(const InitOptions& options, const ExecutorHandle& executor) {
    if (options.hosts.given() == 0)
        refuse(
            "nothing to connect to: give a URL such as \"memory:\" or \"embedded:///folder\", .hosts, or a "
            "driver");
    if (options.hosts.given() > HostList::capacity)
        refuse("more than 32 hosts: a few contact points are enough, or give them in a URL");
    Url url = parse(cluster_url(options));
    apply_keyspace(url, options.keyspace);
    url.set_credentials(options.username, options.password);
    if (!options.local_dc.empty()) url.set_option("local_dc", options.local_dc);
    if (options.tls) url.set_option("tls", "true");
    return open(url, options, executor);
}

Connection init(std::shared_ptr<Driver> driver, const InitOptions& options) {
    check_for_ready_driver(options);
    return register_driver(name_of(options), std::move(driver), registration(options));
}

Connection init(Driver& driver, const InitOptions& options) {
    check_for_ready_driver(options);
    return register_driver(name_of(options), driver, registration(options));
}

}  // namespace coodie::detail
