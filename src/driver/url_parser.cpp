// SPDX-License-Identifier: Apache-2.0
#include "driver/url_parser.hpp"

#include "types/scan.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace coodie {
namespace {

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_host_character(char c) noexcept {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool begins_with_port(std::string_view text) noexcept {
    const std::size_t end = text.find_first_not_of("0123456789");
    return end != 0 &&
           (end == std::string_view::npos || text[end] == ',' || text[end] == '/' || text[end] == '?');
}

// Hides what may be a password: from the first ':' after "//" to the last '@' before the query. A text that
// does not parse may have its password anywhere before an '@', so this rather hides too much.
std::string without_password(std::string_view text) {
    const std::size_t slashes = text.find("//");
    if (slashes == std::string_view::npos) return std::string(text);
    const std::size_t colon = text.find(':', slashes);
    if (colon == std::string_view::npos) return std::string(text);
    std::size_t at = text.substr(0, text.find('?')).rfind('@');
    if (at == std::string_view::npos && !begins_with_port(text.substr(colon + 1))) at = text.rfind('@');
    if (at == std::string_view::npos || colon > at) return std::string(text);
    return std::string(text.substr(0, colon + 1)) + "***" + std::string(text.substr(at));
}

bool is_credential(std::string_view option) {
    std::string name;
    for (const char c : option) name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    return has("pass") || has("pwd") || has("secret") || has("token") || has("user") || has("login") ||
           has("auth") || has("cred") || has("%");
}

// Credentials have no place in the query; who puts them there by mistake has them hidden, together with all
// that follows, since an '&' may be part of a password.
std::string without_credentials(std::string text) {
    std::size_t begin = text.find('?');
    while (begin != std::string::npos) {
        const std::size_t equals = text.find('=', begin);
        const std::size_t next = text.find('&', begin + 1);
        if (equals < next && is_credential(std::string_view(text).substr(begin + 1, equals - begin - 1)))
            return text.substr(0, equals + 1) + "***";
        begin = next;
    }
    return text;
}

// Control characters as \xNN: the text goes into an error message.
std::string printable(const std::string& text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        if (!is_control(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

}  // namespace

std::variant<Url, Error> UrlParser::parse() {
    url_.display_ = printable(without_credentials(without_password(text_)));
    std::size_t at = 0;
    bool ok = check_characters() && parse_scheme(at);
    if (ok && text_.substr(at, 2) == "//") {
        const std::size_t end = std::min(text_.find_first_of("/?", at + 2), text_.size());
        ok = parse_authority(at + 2, end);
        at = end;
    }
    const std::size_t question = std::min(text_.find('?', at), text_.size());
    ok = ok && decode(at, question, url_.path_);
    ok = ok && (question == text_.size() || parse_query(question + 1));
    if (ok) return std::move(url_);
    return Error(ErrorKind::configuration,
                 "cannot parse the URL \"" + url_.display_ + "\": " + error_reason_ + " (at character " +
                     std::to_string(error_position_ + 1) +
                     "); a URL looks like scheme://user:password@host:port/path?option=value");
}

bool UrlParser::fail(std::size_t position, std::string reason) {
    error_position_ = position;
    error_reason_ = std::move(reason);
    return false;
}

bool UrlParser::check_characters() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (is_control(text_[i]) || text_[i] == ' ')
            return fail(i, "a space or control character has to be written as %NN");
        if (text_[i] == '#') return fail(i, "a '#' has to be written as %23 (there is no fragment)");
    }
    return true;
}

bool UrlParser::parse_scheme(std::size_t& at) {
    if (text_.empty()) return fail(0, "it is empty");
    const std::size_t colon = text_.find(':');
    if (!is_letter(text_[0])) return fail(0, "it has to begin with a scheme such as \"memory:\"");
    for (std::size_t i = 0; i < std::min(colon, text_.size()); ++i) {
        const char c = text_[i];
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
            return fail(i, "a scheme has no such character");
        url_.scheme_ += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    if (colon == std::string_view::npos) return fail(text_.size(), "a ':' is missing after the scheme");
    at = colon + 1;
    return true;
}

bool UrlParser::parse_authority(std::size_t begin, std::size_t end) {
    const std::size_t sign = text_.substr(0, end).rfind('@');
    if (sign != std::string_view::npos && sign >= begin) {
        if (!parse_user(begin, sign)) return false;
        begin = sign + 1;
        if (begin == end) return fail(begin, "a host is missing after '@'");
    }
    while (begin < end) {
        const std::size_t comma = std::min(text_.find(',', begin), end);
        if (!parse_host(begin, comma)) return false;
        if (comma + 1 == end) return fail(end, "a host is missing after ','");
        begin = comma + 1;
    }
    return true;
}

bool UrlParser::parse_user(std::size_t begin, std::size_t end) {
    const std::size_t colon = std::min(text_.find(':', begin), end);
    if (colon == begin) return fail(begin, "a user name is missing before the password");
    if (!decode(begin, colon, url_.user_)) return false;
    return colon == end || decode(colon + 1, end, url_.password_);
}

bool UrlParser::parse_host(std::size_t begin, std::size_t end) {
    Url::Host host;
    std::size_t at = begin;
    if (begin < end && text_[begin] == '[') {
        at = text_.find(']', begin);
        if (at >= end) return fail(begin, "a ']' is missing after the IPv6 address");
        host.name = text_.substr(begin + 1, at - begin - 1);
        const bool plausible = host.name.find(':') != std::string::npos &&
                               host.name.find_first_not_of("0123456789abcdefABCDEF:.%") == std::string::npos;
        if (!plausible) return fail(begin + 1, "this is no IPv6 address");
        ++at;
    } else {
        while (at < end && is_host_character(text_[at])) ++at;
        host.name = text_.substr(begin, at - begin);
    }
    if (host.name.empty()) return fail(begin, "a host name is missing");
    if (at < end && text_[at] != ':') return fail(at, "a host name has no such character");
    if (at < end && !parse_port(at + 1, end, host.port)) return false;
    url_.hosts_.push_back(std::move(host));
    return true;
}

bool UrlParser::parse_port(std::size_t begin, std::size_t end, std::uint16_t& port) {
    const auto [stop, error] = std::from_chars(text_.data() + begin, text_.data() + end, port);
    if (error == std::errc() && stop == text_.data() + end && port != 0) return true;
    return fail(begin, "a port is a number from 1 to 65535");
}

bool UrlParser::parse_query(std::size_t begin) {
    while (true) {
        const std::size_t ampersand = std::min(text_.find('&', begin), text_.size());
        if (!parse_option(begin, ampersand)) return false;
        if (ampersand == text_.size()) return true;
        begin = ampersand + 1;
    }
}

bool UrlParser::parse_option(std::size_t begin, std::size_t end) {
    const std::size_t equals = text_.find('=', begin);
    if (equals >= end) return fail(begin, "an option is written as name=value");
    if (equals == begin) return fail(begin, "an option's name is missing");
    std::string name;
    std::string value;
    if (!decode(begin, equals, name) || !decode(equals + 1, end, value)) return false;
    if (url_.option(name) != nullptr) return fail(begin, "the option \"" + name + "\" comes twice");
    url_.options_.emplace_back(std::move(name), std::move(value));
    return true;
}

bool UrlParser::decode(std::size_t begin, std::size_t end, std::string& out) {
    for (std::size_t i = begin; i < end; ++i) {
        if (text_[i] != '%') {
            out += text_[i];
            continue;
        }
        const int high = i + 1 < end ? hex_value(text_[i + 1]) : -1;
        const int low = i + 2 < end ? hex_value(text_[i + 2]) : -1;
        if (high < 0 || low < 0) return fail(i, "two hexadecimal digits have to follow '%'");
        const auto c = static_cast<char>(high * 16 + low);
        if (is_control(c)) return fail(i, "a control character has no place in a URL");
        out += c;
        i += 2;
    }
    return true;
}

}  // namespace coodie
