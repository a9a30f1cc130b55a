// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace coodie {

/// The parts of a connection URL, each checked and percent-decoded:
///
///     scheme://user:password@host1,host2:9042/path?option=value&option=value
///     scheme:path?option=value
///
/// `embedded:///var/lib/app` has no host and the path "/var/lib/app"; `memory:name` the path "name".
class Url {
public:
    struct Host {
        std::string name;        ///< a name or an address; an IPv6 address without its brackets
        std::uint16_t port = 0;  ///< 0: not given
    };

    /// Parses `text`. Errors (configuration) show the text with its password hidden, the position that is
    /// wrong, and why.
    static std::variant<Url, Error> parse(std::string_view text);

    /// Lower case.
    [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }
    [[nodiscard]] const std::string& user() const noexcept { return user_; }
    [[nodiscard]] const std::string& password() const noexcept { return password_; }
    [[nodiscard]] const std::vector<Host>& hosts() const noexcept { return hosts_; }
    /// As written, a leading '/' included: "/var/lib/app", "/catalog", "name", "".
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// Name and value of each query option, in order; no name comes twice.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& options() const noexcept {
        return options_;
    }
    /// The value of an option; nullptr when it is not there.
    [[nodiscard]] const std::string* option(std::string_view name) const noexcept;
    /// For messages: the URL with "***" for its password, and for all that follows an option whose name looks
    /// like a credential's.
    [[nodiscard]] const std::string& display() const noexcept { return display_; }

    /// Adds or replaces an option.
    void set_option(std::string_view name, std::string_view value);
    void set_path(std::string_view path) { path_ = path; }
    void set_credentials(std::string_view user, std::string_view password) {
        user_ = user, password_ = password;
    }

private:
    friend class UrlParser;
    std::string scheme_;
    std::string user_;
    std::string password_;
    std::vector<Host> hosts_;
    std::string path_;
    std::vector<std::pair<std::string, std::string>> options_;
    std::string display_;
};

}  // namespace coodie
