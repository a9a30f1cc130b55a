// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/url.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace coodie {

/// Parses one URL, after RFC 3986 with two differences: a comma separates several hosts, and bytes above 0x7F
/// stand for themselves (folder names). No fragment; no control characters, not even percent-encoded.
class UrlParser {
public:
    explicit UrlParser(std::string_view text) : text_(text) {}
    std::variant<Url, Error> parse();

private:
    // Each step returns false after fail(). Positions are 0-based offsets into text_.
    bool check_characters();
    bool parse_scheme(std::size_t& at);
    bool parse_authority(std::size_t begin, std::size_t end);
    bool parse_user(std::size_t begin, std::size_t end);
    bool parse_host(std::size_t begin, std::size_t end);
    bool parse_port(std::size_t begin, std::size_t end, std::uint16_t& port);
    bool parse_query(std::size_t begin);
    bool parse_option(std::size_t begin, std::size_t end);
    bool decode(std::size_t begin, std::size_t end, std::string& out);
    bool fail(std::size_t position, std::string reason);

    std::string_view text_;
    Url url_;
    std::size_t error_position_ = 0;
    std::string error_reason_;
};

}  // namespace coodie
