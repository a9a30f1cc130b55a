// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/identifier.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace coodie::cql {

/// `name = value` of a table option. The names that exist are plain lower-case words; anything else is
/// quoted, so that it stays one name.
inline std::string option_assignment(std::string_view name, std::string_view cql_value) {
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
    return (plain ? std::string(name) : quote(name)) + " = " + std::string(cql_value);
}

}  // namespace coodie::cql
