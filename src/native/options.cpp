// SPDX-License-Identifier: Apache-2.0
#include "native/options.hpp"

#include "native/option_table.hpp"
#include "native/option_values.hpp"

#include <algorithm>
#include <utility>

namespace coodie::native {
namespace {

// Not Url::display(), which shows the query: somebody may have put a password there.
std::string display_of(const Url& url) {
    std::string text = url.scheme() + "://";
    std::string_view separator;
    for (const Url::Host& host : url.hosts()) {
        const bool brackets = host.name.find(':') != std::string::npos;
        text.append(std::exchange(separator, ",")).append(brackets ? '[' + host.name + ']' : host.name);
        if (host.port != 0) text += ':' + std::to_string(host.port);
    }
    return text + url.path();
}

Error refuse(const NativeOptions& options, const std::string& why) {
    return {ErrorKind::configuration, "cannot use the URL \"" + options.display + "\": " + why};
}

std::string known_options(std::string_view like) {
    const auto options = describe_options();
    std::vector<std::pair<std::size_t, std::size_t>> order;  // distance, position in the table
    for (std::size_t i = 0; i < options.size(); ++i)
        order.emplace_back(spelling_distance(like, options[i].name), i);
    std::sort(order.begin(), order.end());
    std::string list;
    for (const auto& [distance, at] : order) list.append(list.empty() ? "" : ", ").append(options[at].name);
    return list;
}

const OptionRow* find_row(std::string_view name) noexcept {
    for (const OptionRow& row : option_table())
        if (row.description.name == name) return &row;
    return nullptr;
}

// Names that one may look for among the options. Never with their values.
std::string_view place_of(std::string_view name) noexcept {
    if (name == "user" || name == "username" || name == "password")
        return "user and password go before the host: cassandra://user:password@host";
    if (name == "keyspace") return "the keyspace goes behind the host: cassandra://host/keyspace";
    if (name == "host" || name == "hosts")
        return "hosts go before the path: cassandra://host1,host2:9042/keyspace";
    return {};
}

std::string unknown_option(const std::string& name) {
    const std::string_view place = place_of(name);
    if (!place.empty()) return "there is no option \"" + name + "\"; " + std::string(place);
    return "there is no option \"" + name +
           "\"; those that exist, the most similar first: " + known_options(name);
}

std::optional<Error> read_options(const Url& url, NativeOptions& options) {
    for (const auto& [name, value] : url.options()) {
        const OptionRow* row = find_row(name);
        if (row == nullptr) return refuse(options, unknown_option(name));
        if (!row->set(options, value))
            return refuse(options, "the option " + name + " takes " + std::string(row->description.takes) +
                                       ", not \"" + value + '"');
    }
    return std::nullopt;
}

std::optional<Error> check_together(const Url& url, NativeOptions& options) {
    const std::string* tls = url.option("tls");
    for (const OptionRow& row : option_table())
        if (row.tls && tls != nullptr && *tls == "false" && url.option(row.description.name) != nullptr)
            return refuse(options, "the option " + std::string(row.description.name) +
                                       " is about TLS, but tls=false switches it off");
    if (options.tls && options.tls->certificate_file.empty() != options.tls->key_file.empty())
        return refuse(options, "the options cert and key go together");
    if ((options.speculative_delay.count() != 0) != (options.speculative_count != 0))
        return refuse(options, "the options speculative_delay and speculative_count go together");
    return std::nullopt;
}

std::optional<Error> read_hosts(const Url& url, NativeOptions& options) {
    if (url.hosts().empty())
        return refuse(options, "there is no host in it; it looks like cassandra://host1,host2:9042/keyspace");
    for (const Url::Host& host : url.hosts())
        options.contact_points.push_back({host.name, host.port == 0 ? options.port : host.port});
    return std::nullopt;
}

// Cassandra's rule for keyspace names. With it a name can go into USE as it is.
bool is_keyspace_name(std::string_view name) noexcept {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return name.size() <= 48 && std::all_of(name.begin(), name.end(), is_word);
}

std::optional<Error> read_keyspace(const Url& url, NativeOptions& options) {
    const std::string& path = url.path();
    options.keyspace = path.starts_with('/') ? path.substr(1) : path;
    if (is_keyspace_name(options.keyspace)) return std::nullopt;
    return refuse(options,
                  "\"" + options.keyspace +
                      "\" is no keyspace: up to 48 letters, digits and underscores behind the host, as in "
                      "cassandra://host/keyspace");
}

std::optional<Error> read_credentials(const Url& url, NativeOptions& options) {
    options.user = url.user();
    options.password = url.password();
    if (options.user.empty() && !options.password.empty())
        return refuse(options, "there is a password without a user");
    // SASL PLAIN separates the two by NUL (RFC 4616).
    if (options.user.find('\0') != std::string::npos || options.password.find('\0') != std::string::npos)
        return refuse(options, "user and password cannot have a NUL character");
    return std::nullopt;
}

}  // namespace

std::variant<NativeOptions, Error> NativeOptions::parse(const Url& url) {
    NativeOptions options;
    options.display = display_of(url);
    std::optional<Error> error = read_options(url, options);
    if (!error) error = check_together(url, options);
    if (!error) error = read_hosts(url, options);
    if (!error) error = read_keyspace(url, options);
    if (!error) error = read_credentials(url, options);
    if (error) return std::move(*error);
    return options;
}

}  // namespace coodie::native
