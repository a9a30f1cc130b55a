// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/url.hpp>

#include "driver/url_parser.hpp"

#include <algorithm>

namespace coodie {

std::variant<Url, Error> Url::parse(std::string_view text) { return UrlParser(text).parse(); }

const std::string* Url::option(std::string_view name) const noexcept {
    const auto found =
        std::find_if(options_.begin(), options_.end(), [&](const auto& o) { return o.first == name; });
    return found == options_.end() ? nullptr : &found->second;
}

void Url::set_option(std::string_view name, std::string_view value) {
    const auto found =
        std::find_if(options_.begin(), options_.end(), [&](const auto& o) { return o.first == name; });
    if (found == options_.end())
        options_.emplace_back(name, value);
    else
        found->second = value;
}

}  // namespace coodie
