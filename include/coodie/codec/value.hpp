// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>

#include <cstdint>
#include <optional>
#include <utility>

namespace coodie {

/// Holds T or null. The empty optional is null; so is an engaged one that holds an empty non-frozen
/// collection.
template <class T>
struct Codec<std::optional<T>> {
    static_assert(!is_nullable_v<T>, "coodie: an optional of an optional has no CQL type");
    static_assert(!is_counter_v<T>, "coodie: a counter is never null (a missing one reads as 0)");
    static constexpr std::string_view name = Codec<T>::name;
    static constexpr bool nullable = true;
    static constexpr bool multi_cell = is_multi_cell_v<T>;
    static constexpr bool collection = is_collection_v<T>;

    static DataType type() { return Codec<T>::type(); }
    static void encode(const std::optional<T>& value, Bytes& out) {
        if (!value) wire::refuse_null(name);
        Codec<T>::encode(*value, out);
    }
    static void decode(BytesView content, std::optional<T>& value) {
        if constexpr (detail::ZeroIsNull<T>) {
            if (content.empty()) return value.reset();
        }
        if (!value) value.emplace();
        Codec<T>::decode(content, *value);
    }
    static bool is_null(const std::optional<T>& value) {
        if constexpr (detail::KnowsNull<T>)
            return !value || Codec<T>::is_null(*value);
        else
            return !value;
    }
    static void decode_null(std::optional<T>& value) noexcept { value.reset(); }
};

namespace detail {

template <class T>
void append_value(const T& value, Bytes& out) {
    if constexpr (FixedSize<T>) {
        constexpr std::size_t size = Codec<T>::fixed_size;
        std::byte* const to = wire::extend(out, 4 + size);
        wire::store(to, static_cast<std::int32_t>(size));
        Codec<T>::store(value, to + 4);
    } else if constexpr (KnownSize<T>) {
        const std::size_t size = Codec<T>::content_size(value);
        if (size > wire::longest_value) wire::refuse_size(size);
        std::byte* const to = wire::extend(out, 4 + size);
        wire::store(to, static_cast<std::int32_t>(size));
        Codec<T>::store(value, to + 4);
    } else {
        const std::size_t at = wire::begin_length(out);
        Codec<T>::encode(value, out);
        wire::end_length(out, at);
    }
}

}  // namespace detail

/// Whether a whole column of this value is null: an empty optional, an empty non-frozen collection.
template <class T>
[[nodiscard]] bool is_null_value(const T& value) {
    if constexpr (detail::KnowsNull<T>) return Codec<T>::is_null(value);
    return false;
}

/// Appends [int] length + content, or length -1 for a null: a bound value, a cell of a row. Throws
/// ValidationError (the reason only) when the value does not fit its type; `out` then has bytes of it at its
/// end.
template <class T>
void encode_value(const T& value, Bytes& out) {
    if constexpr (detail::KnowsNull<T>) {
        if (Codec<T>::is_null(value)) return wire::append(out, wire::null_length);
    }
    if constexpr (requires {
                      value.has_value();
                      *value;
                  } && detail::Nullable<T>)
        detail::append_value(*value, out);
    else
        detail::append_value(value, out);
}

/// The same for a field of a tuple or UDT, where everything is frozen: only an empty optional is null, an
/// empty collection is one.
template <class T>
void encode_nested(const T& value, Bytes& out) {
    if constexpr (requires {
                      value.has_value();
                      *value;
                  } && detail::Nullable<T>) {
        if (value)
            encode_nested(*value, out);
        else
            wire::append(out, wire::null_length);
    } else if constexpr (requires { Codec<T>::encode_nested(value, out); }) {
        Codec<T>::encode_nested(value, out);
    } else {
        detail::append_value(value, out);
    }
}

/// Stores a cell: a null reads as nullopt, as an empty collection, as a counter of 0; else it is a
/// ValidationError (semantics rule 8b). Throws ValidationError (the reason only); `value` is then valid but
/// unspecified.
template <class T>
void decode_value(Cell cell, T& value) {
    if (!cell.is_null()) return Codec<T>::decode(cell.content(), value);
    if constexpr (detail::ReadsNull<T>)
        Codec<T>::decode_null(value);
    else
        wire::refuse_null(Codec<T>::name);
}

}  // namespace coodie
