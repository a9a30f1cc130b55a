// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/frozen.hpp>

namespace coodie {

/// One value, never cells: an empty collection stays empty, a null is an error unless optional.
template <CqlValue T>
struct Codec<frozen<T>> {
    static_assert(!is_nullable_v<T>, "coodie: write std::optional<frozen<T>>, not frozen<std::optional<T>>");
    static constexpr std::string_view name = frozen_type_name<T>;
    static constexpr bool collection = is_collection_v<T>;

    static DataType type() { return Codec<T>::type().frozen(); }
    static void encode(const frozen<T>& value, Bytes& out) { Codec<T>::encode(value.get(), out); }
    static void decode(BytesView content, frozen<T>& value) { Codec<T>::decode(content, value.get()); }
};

/// A UDT by its own name; anything else as it is.
template <CqlValue T>
struct Codec<unfrozen<T>> {
    static_assert(!is_nullable_v<T>,
                  "coodie: write std::optional<unfrozen<T>>, not unfrozen<std::optional<T>>");
    static constexpr bool has_other_name = requires { Codec<T>::unfrozen_name; };
    static_assert(has_other_name || is_collection_v<T>, "coodie: unfrozen<T> is for UDTs and collections");
    static constexpr bool multi_cell = true;
    static constexpr bool collection = is_collection_v<T>;
    static constexpr std::string_view name = [] {
        if constexpr (has_other_name)
            return Codec<T>::unfrozen_name;
        else
            return Codec<T>::name;
    }();

    static DataType type() {
        if constexpr (has_other_name)
            return Codec<T>::unfrozen_type();
        else
            return Codec<T>::type();
    }
    static void encode(const unfrozen<T>& value, Bytes& out) { Codec<T>::encode(value.get(), out); }
    static void decode(BytesView content, unfrozen<T>& value) { Codec<T>::decode(content, value.get()); }
    static bool is_null(const unfrozen<T>& value)
        requires detail::KnowsNull<T>
    {
        return Codec<T>::is_null(value.get());
    }
    static void decode_null(unfrozen<T>& value)
        requires detail::ReadsNull<T>
    {
        Codec<T>::decode_null(value.get());
    }
};

}  // namespace coodie
