// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"
#include "embedded/parser/ast.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

/// ASCII letters only.
/// The whole text, or nullopt.
std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<double> parse_number(std::string_view text);
/// "1", "true", "yes" and their opposites in any case.
std::optional<bool> parse_boolean(std::string_view text);

/// Typed access to a statement's properties; refuses names that are not known, or given twice.
class Properties {
public:
    Properties(const std::vector<ast::Property>& properties, const std::vector<std::string_view>& known);

    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
    /// The functions below want has(name).
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::int32_t integer(std::string_view name) const;
    [[nodiscard]] double number(std::string_view name) const;
    [[nodiscard]] bool boolean(std::string_view name) const;
    [[nodiscard]] StringMap map(std::string_view name) const;

private:
    [[nodiscard]] const ast::Property* find(std::string_view name) const noexcept;
    const std::vector<ast::Property>& properties_;
};

}  // namespace coodie::embedded
