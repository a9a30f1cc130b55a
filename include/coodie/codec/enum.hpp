// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/codec/enum_names.hpp>

#include <type_traits>

namespace coodie {

namespace detail {
/// Names an unnamed value, a name without a value: ValidationError.
[[noreturn]] void refuse_enum_value(std::int64_t value, std::span<const EnumEntry> entries);
[[noreturn]] void refuse_enum_name(std::string_view text, std::span<const EnumEntry> entries);
}  // namespace detail

/// An enumerator's name, as text. A value without a name is a ValidationError both ways.
template <class E>
    requires(std::is_enum_v<E> && !detail::HasAdapter<E>)
struct Codec<E> {
    static constexpr std::string_view name = "text";
    static DataType type() { return TypeId::text; }

    static void encode(const E& value, Bytes& out) {
        const std::string_view text = enum_name(value);
        if (text.empty()) detail::refuse_enum_value(detail::enum_number(value), enum_entries<E>);
        wire::append(out, text.data(), text.size());
    }
    static void decode(BytesView content, E& value) {
        const std::string_view text = wire::as_text(content);
        const std::optional<E> found = enum_value<E>(text);
        if (!found) detail::refuse_enum_name(text, enum_entries<E>);
        value = *found;
    }
};

}  // namespace coodie
