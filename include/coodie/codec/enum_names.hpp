// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

/// Enumerators by reflection: the compiler prints a value that has a name by its name.
namespace coodie {

/// Which values are looked for names: those from `min` to `max` that E can have. Specialise it for an enum
/// with others, with two static constexpr integers `min` and `max` (at most 65536 values).
template <class E>
struct enum_range {
    static constexpr std::int64_t min = -128;
    static constexpr std::int64_t max = 255;
};

/// One enumerator; a second one of the same value is not seen.
struct EnumEntry {
    std::string_view name;
    std::int64_t value;
};

namespace detail {

template <class E>
constexpr std::int64_t enum_number(E value) noexcept {
    return static_cast<std::int64_t>(static_cast<std::underlying_type_t<E>>(value));
}

/// Where the values that E can have and enum_range<E> meet.
template <class E>
constexpr std::pair<std::int64_t, std::int64_t> enum_limits() noexcept {
    using I = std::underlying_type_t<E>;
    using Limits = std::numeric_limits<I>;
    constexpr std::int64_t lowest = std::is_signed_v<I> ? static_cast<std::int64_t>(Limits::min()) : 0;
    constexpr std::int64_t highest =
        sizeof(I) == 8 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(Limits::max());
    return {std::max<std::int64_t>(enum_range<E>::min, lowest),
            std::min<std::int64_t>(enum_range<E>::max, highest)};
}
template <class E>
inline constexpr std::int64_t enum_first = enum_limits<E>().first;
template <class E>
inline constexpr std::int64_t enum_last = enum_limits<E>().second;

/// The compiler's text of many values at once: one instantiation for all of them is quick to compile.
template <class E, E... V>
consteval std::string_view enum_text() noexcept {
    return __PRETTY_FUNCTION__;  // "... [with E = Color; E ...V = {Color::red, (Color)1}; ...]", Clang:
                                 // "<Color::red, ...>"
}

struct EnumNameAt {
    std::size_t index;   ///< of the value among the chunk's
    std::size_t offset;  ///< of the name in the text
    std::size_t size;
};

template <std::size_t Most>
struct EnumNames {
    std::array<EnumNameAt, Most> names{};
    std::size_t count = 0;
    std::size_t letters = 0;
};

constexpr bool is_number_start(char c) noexcept { return c == '-' || (c >= '0' && c <= '9'); }

/// Behind the bracket that closes the one at `at`.
constexpr std::size_t behind_bracket(std::string_view text, std::size_t at) noexcept {
    int depth = 0;
    do {
        const char c = text[at++];
        if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
        if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    } while (depth > 0);
    return at;
}

/// Finds the values that are printed by name. Others are printed as a cast, "(Color)12", whose first part has
/// one length: once known it is jumped over, which keeps compile times low.
template <std::size_t Count>
constexpr EnumNames<Count> find_enum_names(std::string_view text) {
    EnumNames<Count> out;
    std::size_t cast = 0;  // length of "(Color)"; 0: not seen yet
    std::size_t at = text.rfind("V = ") + 5;
    for (std::size_t i = 0; i < Count; ++i, at += 2) {
        if (text[at] == '(') {
            // "(anonymous namespace)::Color::red" starts with a bracket, too.
            if (cast == 0 && is_number_start(text[behind_bracket(text, at)]))
                cast = behind_bracket(text, at) - at;
            if (cast != 0 && text[at + cast - 1] == ')' && is_number_start(text[at + cast])) {
                at += cast + 1;
                while (is_number_start(text[at])) ++at;
                continue;
            }
        }
        std::size_t name = at;
        while (text[at] != ',' && text[at] != '}' && text[at] != '>' && text[at] != ']') {
            if (text[at] == ':') name = at + 1;
            const bool opens = text[at] == '(' || text[at] == '<' || text[at] == '{';
            at = opens ? behind_bracket(text, at) : at + 1;
        }
        out.names[out.count++] = {i, name, at - name};
        out.letters += at - name;
    }
    return out;
}

inline constexpr std::size_t enum_chunk = 64;

template <class E, std::int64_t First, std::size_t... I>
consteval std::string_view enum_chunk_text(std::index_sequence<I...>) noexcept {
    return enum_text<E, static_cast<E>(First + static_cast<std::int64_t>(I))...>();
}

/// The names of up to 64 values from First on, in compact static storage.
template <class E, std::int64_t First, std::size_t Count>
struct EnumChunk {
    static constexpr std::string_view text = enum_chunk_text<E, First>(std::make_index_sequence<Count>());
    static constexpr EnumNames<Count> found = find_enum_names<Count>(text);
    static constexpr std::array<char, found.letters + 1> letters = [] {
        std::array<char, found.letters + 1> out{};
        std::size_t at = 0;
        for (std::size_t i = 0; i < found.count; ++i)
            for (std::size_t j = 0; j < found.names[i].size; ++j) out[at++] = text[found.names[i].offset + j];
        return out;
    }();
    template <std::size_t N>
    static constexpr void fill(std::array<EnumEntry, N>& entries, std::size_t& next) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < found.count; ++i) {
            const EnumNameAt& name = found.names[i];
            entries[next++] = {{letters.data() + at, name.size},
                               First + static_cast<std::int64_t>(name.index)};
            at += name.size;
        }
    }
};

template <class E, std::size_t I>
using EnumChunkAt = EnumChunk<E, enum_first<E> + static_cast<std::int64_t>(I* enum_chunk),
                              (std::size_t{enum_last<E> - enum_first<E> + 1} - I * enum_chunk < enum_chunk
                                   ? std::size_t{enum_last<E> - enum_first<E> + 1} - I * enum_chunk
                                   : enum_chunk)>;

template <class E, std::size_t... I>
consteval auto make_enum_entries(std::index_sequence<I...>) {
    std::array<EnumEntry, (EnumChunkAt<E, I>::found.count + ... + 0)> entries{};
    std::size_t next = 0;
    (EnumChunkAt<E, I>::fill(entries, next), ...);
    return entries;
}

template <class E>
inline constexpr auto enum_table = [] {
    static_assert(enum_first<E> <= enum_last<E>, "coodie: enum_range must not be empty");
    static_assert(enum_last<E> - enum_first<E> < 65536, "coodie: enum_range covers too many values");
    constexpr auto values = static_cast<std::size_t>(enum_last<E> - enum_first<E> + 1);
    return make_enum_entries<E>(std::make_index_sequence<(values + enum_chunk - 1) / enum_chunk>());
}();

[[nodiscard]] const EnumEntry* find_enum_value(std::span<const EnumEntry> entries,
                                               std::int64_t value) noexcept;
[[nodiscard]] const EnumEntry* find_enum_name(std::span<const EnumEntry> entries,
                                              std::string_view name) noexcept;

}  // namespace detail

/// The enumerators of E (an enum with a fixed underlying type) within enum_range<E>, in the order of their
/// values.
template <class E>
inline constexpr std::span<const EnumEntry> enum_entries = detail::enum_table<E>;

/// The enumerator's name; "" when the value has none.
template <class E>
    requires std::is_enum_v<E>
[[nodiscard]] std::string_view enum_name(E value) noexcept {
    const EnumEntry* const entry = detail::find_enum_value(enum_entries<E>, detail::enum_number(value));
    return entry == nullptr ? std::string_view() : entry->name;
}

/// The enumerator of that name (exact); nullopt when there is none.
template <class E>
    requires std::is_enum_v<E>
[[nodiscard]] std::optional<E> enum_value(std::string_view name) noexcept {
    const EnumEntry* const entry = detail::find_enum_name(enum_entries<E>, name);
    if (entry == nullptr) return std::nullopt;
    return static_cast<E>(entry->value);
}

}  // namespace coodie
