// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace coodie::query {

/// A string literal as a template argument: the name in `"rating"_c`.
template <std::size_t N>
struct ColumnName {
    char text[N]{};

    consteval ColumnName(
        const char (&literal)[N]) {  // NOLINT(google-explicit-constructor): a literal is a name
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, N - 1}; }
};

}  // namespace coodie::query
