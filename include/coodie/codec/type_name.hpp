// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// Composition of CQL type names at compile time.
namespace coodie {

inline constexpr std::string_view frozen_open_name = "frozen<";
inline constexpr std::string_view list_open_name = "list<";
inline constexpr std::string_view set_open_name = "set<";
inline constexpr std::string_view map_open_name = "map<";
inline constexpr std::string_view tuple_open_name = "frozen<tuple<";
inline constexpr std::string_view vector_open_name = "vector<";
inline constexpr std::string_view comma_name = ", ";
inline constexpr std::string_view close_name = ">";
inline constexpr std::string_view close_twice_name = ">>";

namespace detail {

template <const std::string_view&... Parts>
struct JoinedName {
    static constexpr auto make() noexcept {
        std::array<char, (Parts.size() + ... + 0) + 1> chars{};
        std::size_t at = 0;
        const auto add = [&](std::string_view part) {
            for (const char c : part) chars[at++] = c;
        };
        (add(Parts), ...);
        return chars;
    }
    static constexpr auto text = make();
    static constexpr std::string_view value{text.data(), text.size() - 1};
};

template <std::size_t N>
struct NumberName {
    static constexpr auto make() noexcept {
        std::array<char, 20> chars{};
        std::size_t at = chars.size();
        std::size_t rest = N;
        do {
            chars[--at] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        return chars;
    }
    static constexpr auto text = make();
    static constexpr std::size_t digits() noexcept {
        std::size_t count = 1;
        for (std::size_t rest = N / 10; rest != 0; rest /= 10) ++count;
        return count;
    }
    static constexpr std::string_view value{text.data() + text.size() - digits(), digits()};
};

}  // namespace detail

/// The parts one after the other, in static storage.
template <const std::string_view&... Parts>
inline constexpr std::string_view joined_name = detail::JoinedName<Parts...>::value;

/// A number in decimal, in static storage.
template <std::size_t N>
inline constexpr std::string_view number_name = detail::NumberName<N>::value;

}  // namespace coodie
