// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/enum.hpp>

#include <algorithm>
#include <string>

namespace coodie::detail {

namespace {
std::string names(std::span<const EnumEntry> entries) {
    constexpr std::size_t limit = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(entries.size(), limit); ++i) {
        if (i > 0) text += ", ";
        text += entries[i].name;
    }
    return entries.size() > limit ? text + ", ..." : text;
}
}  // namespace

const EnumEntry* find_enum_value(std::span<const EnumEntry> entries, std::int64_t value) noexcept {
    const auto found = std::ranges::lower_bound(entries, value, {}, &EnumEntry::value);
    return found == entries.end() || found->value != value ? nullptr : &*found;
}

const EnumEntry* find_enum_name(std::span<const EnumEntry> entries, std::string_view name) noexcept {
    const auto found = std::ranges::find(entries, name, &EnumEntry::name);
    return found == entries.end() ? nullptr : &*found;
}

void refuse_enum_value(std::int64_t value, std::span<const EnumEntry> entries) {
    wire::refuse("enum value " + std::to_string(value) + " has no name (known: " + names(entries) +
                 "); coodie::enum_range widens the values that are looked at");
}

void refuse_enum_name(std::string_view text, std::span<const EnumEntry> entries) {
    wire::refuse("'" + std::string(text.substr(0, 60)) + "' is no enumerator (known: " + names(entries) +
                 ")");
}

}  // namespace coodie::detail
