// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

/// Names of types, fields and members, taken from what the compiler calls a template's instance.
namespace coodie::reflect {

/// A string_view under another name: GCC would list `std::string_view = ...` within __PRETTY_FUNCTION__.
struct Text {
    const char* begin;
    std::size_t size;
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {begin, size}; }
};

constexpr bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The last identifier of `text`: what follows the last `::`, `.` or `>` once closing brackets are cut off.
constexpr Text last_word(std::string_view text) noexcept {
    std::size_t end = text.size();
    while (end > 0 && !is_word(text[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_word(text[begin - 1])) --begin;
    return {text.data() + begin, end - begin};
}

/// A pointer to a field, as a template argument that also may point into an object without a definition.
template <class F>
struct FieldPointer {
    const F* to;
};
template <class F>
FieldPointer(const F*) -> FieldPointer<F>;

/// "... [with auto P = coodie::reflect::FieldPointer<int>{(&
/// Nowhere<Review>::object.Holder<Review>::value.Review::rating)}]"
template <auto P>
constexpr Text field_text() noexcept {
    return last_word(__PRETTY_FUNCTION__);
}

/// "... [with auto M = &Review::rating]"; Clang writes the same. GCC: `(& Review::rating)` or
/// `&Review::rating`.
template <auto M>
constexpr Text member_text() noexcept {
    return last_word(__PRETTY_FUNCTION__);
}

/// The name of a class without namespaces, enclosing functions and template arguments.
constexpr Text class_word(std::string_view text) noexcept {
    std::size_t end = text.size();
    while (end > 0 && (text[end - 1] == ']' || text[end - 1] == ' ')) --end;
    if (end > 0 && text[end - 1] == '>') {
        std::size_t depth = 0;
        while (end > 0) {
            --end;
            if (text[end] == '>') ++depth;
            if (text[end] == '<' && --depth == 0) break;
        }
    }
    return last_word(text.substr(0, end));
}

/// "... [with T = ns::Review]"
template <class T>
constexpr Text class_text() noexcept {
    return class_word(__PRETTY_FUNCTION__);
}

/// Number of characters of `snake_case(name)`: "HTTPRequestLog" is "http_request_log".
constexpr bool starts_word(std::string_view name, std::size_t i) noexcept {
    const auto upper = [&](std::size_t at) { return name[at] >= 'A' && name[at] <= 'Z'; };
    if (i == 0 || !upper(i) || name[i - 1] == '_') return false;
    return !upper(i - 1) || (i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z');
}

template <std::size_t Capacity>
struct ShortText {
    char text[Capacity + 1]{};
    std::size_t size = 0;
    constexpr void push(char c) noexcept { text[size++] = c; }
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, size}; }
};

/// The snake_case of a class's name, for its table: in static storage.
template <class T>
inline constexpr auto snake_text = [] {
    constexpr std::string_view name = class_text<T>().view();
    ShortText<2 * name.size()> result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (starts_word(name, i)) result.push('_');
        const bool upper = name[i] >= 'A' && name[i] <= 'Z';
        result.push(upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i]);
    }
    return result;
}();

}  // namespace coodie::reflect
