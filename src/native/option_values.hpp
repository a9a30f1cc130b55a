// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace coodie::native {

// How the values of URL options are written. Each gives nullopt for anything else.

/// "true" or "false".
[[nodiscard]] std::optional<bool> parse_switch(std::string_view text) noexcept;

/// Decimal digits, `least`..`most`.
[[nodiscard]] std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t least,
                                                        std::uint32_t most) noexcept;

/// Digits and a unit, "500ms", "2s", "1m", "1h"; "0" needs none.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;

/// "local_quorum", any case.
[[nodiscard]] std::optional<Consistency> parse_consistency(std::string_view text) noexcept;

/// How many letters have to be added, removed, changed or swapped with their neighbour to make one text the
/// other, whatever their case: how far a misspelt option is from one that exists.
[[nodiscard]] std::size_t spelling_distance(std::string_view a, std::string_view b);

}  // namespace coodie::native
