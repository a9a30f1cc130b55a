// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/properties.hpp"

#include "embedded/catalog/refuse.hpp"
#include "types/ascii_case.hpp"
#include "types/scan.hpp"

#include <algorithm>
#include <charconv>

namespace coodie::embedded {

std::optional<std::int64_t> parse_integer(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    return coodie::parse_integer<std::int64_t>(text);
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> parse_boolean(std::string_view text) {
    const std::string word = to_lower(text);
    if (word == "1" || word == "true" || word == "yes") return true;
    if (word == "0" || word == "false" || word == "no") return false;
    return std::nullopt;
}

Properties::Properties(const std::vector<ast::Property>& properties,
                       const std::vector<std::string_view>& known)
    : properties_(properties) {
    for (const ast::Property& property : properties) {
        if (std::find(known.begin(), known.end(), property.name.name) == known.end())
            refuse_syntax("Unknown property '" + property.name.name + "'");
        if (find(property.name.name) != &property)
            refuse_syntax("Multiple definitions for property '" + property.name.name + "'");
    }
}

const ast::Property* Properties::find(std::string_view name) const noexcept {
    for (const ast::Property& property : properties_)
        if (property.name.name == name) return &property;
    return nullptr;
}

std::string Properties::text(std::string_view name) const {
    const auto* literal = std::get_if<ast::Literal>(&find(name)->value);
    if (literal == nullptr)
        refuse_syntax("Invalid value for property '" + std::string(name) + "'. It should be a string");
    return literal->text;
}

std::int32_t Properties::integer(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_integer(written);
    if (!value || *value < INT32_MIN || *value > INT32_MAX)
        refuse_syntax("Invalid integer value " + written + " for '" + std::string(name) + "'");
    return static_cast<std::int32_t>(*value);
}

double Properties::number(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_number(written);
    if (!value) refuse_syntax("Invalid double value " + written + " for '" + std::string(name) + "'");
    return *value;
}

bool Properties::boolean(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_boolean(written);
    if (!value)
        refuse_syntax(
            "Invalid boolean value " + written + " for '" + std::string(name) +
            "'. Positive values can be '1', 'true' or 'yes'. Negative values can be '0', 'false' or 'no'.");
    return *value;
}

StringMap Properties::map(std::string_view name) const {
    const auto* entries = std::get_if<std::vector<std::pair<ast::Literal, ast::Literal>>>(&find(name)->value);
    if (entries == nullptr)
        refuse_syntax("Invalid value for property '" + std::string(name) + "'. It should be a map.");
    StringMap made;
    for (const auto& [key, value] : *entries)
        if (!made.emplace(key.text, value.text).second)
            refuse_syntax("Multiple definition for property '" + key.text + "'");
    return made;
}

}  // namespace coodie::embedded
