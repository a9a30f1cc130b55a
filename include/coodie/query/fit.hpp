// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/query/stored.hpp>
#include <coodie/types/counter.hpp>
#include <coodie/types/frozen.hpp>
#include <coodie/types/null.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// Which C++ values a column takes, and how they become its type: exact types, integers checked at run time,
/// text in any guise, what converts by itself; nothing that would be narrowed.
namespace coodie::query {

/// A column's type without optional, frozen and unfrozen: what its values are.
template <class F>
struct BareType {
    using type = F;
};
template <class T>
struct BareType<std::optional<T>> : BareType<T> {};
template <class T>
struct BareType<frozen<T>> : BareType<T> {};
template <class T>
struct BareType<unfrozen<T>> : BareType<T> {};
template <class F>
using bare_t = typename BareType<F>::type;

template <class F>
inline constexpr bool is_frozen_v = false;
template <class T>
inline constexpr bool is_frozen_v<frozen<T>> = true;
template <class T>
inline constexpr bool is_frozen_v<std::optional<T>> = is_frozen_v<T>;

template <class V>
inline constexpr bool is_optional_v = false;
template <class T>
inline constexpr bool is_optional_v<std::optional<T>> = true;

template <class B>
concept ListType = detail::ListContainer<B>;
template <class B>
concept SetType = detail::SetContainer<B>;
template <class B>
concept MapType = detail::MapContainer<B>;

template <class V>
concept CharacterType = std::is_same_v<V, char> || std::is_same_v<V, wchar_t> || std::is_same_v<V, char8_t> ||
                        std::is_same_v<V, char16_t> || std::is_same_v<V, char32_t>;
template <class V>
concept WholeNumber = std::is_integral_v<V> && !std::is_same_v<V, bool> && !CharacterType<V>;

/// How well a value of type V fits a column whose bare type is B.
enum class Fit { yes, narrowing, no };

template <class B, class V>
consteval Fit fit();

template <class B, class V>
consteval Fit fit_elements() {
    using Element = range_value_t<V>;
    if constexpr (MapType<B>) {
        if constexpr (requires(const Element& e) { e.first, e.second; }) {
            constexpr Fit key =
                fit<typename B::key_type, std::remove_cvref_t<decltype(std::declval<Element>().first)>>();
            constexpr Fit mapped =
                fit<typename B::mapped_type, std::remove_cvref_t<decltype(std::declval<Element>().second)>>();
            return key != Fit::yes ? key : mapped;
        } else {
            return Fit::no;
        }
    } else {
        return fit<typename B::value_type, Element>();
    }
}

template <class B, class V>
consteval Fit fit() {
    if constexpr (std::is_same_v<B, V>) {
        return Fit::yes;
    } else if constexpr (!std::is_same_v<B, bare_t<B>>) {
        return fit<bare_t<B>, V>();
    } else if constexpr (is_optional_v<V>) {
        return fit<B, typename V::value_type>();
    } else if constexpr (std::is_same_v<B, bool> || std::is_same_v<V, bool>) {
        return Fit::no;
    } else if constexpr (std::is_arithmetic_v<B> || std::is_same_v<B, counter>) {
        if constexpr (WholeNumber<V>)
            return Fit::yes;
        else if constexpr (!std::is_floating_point_v<V>)
            return !std::is_class_v<V> || !std::is_convertible_v<const V&, B> ? Fit::no : Fit::yes;
        else
            return std::is_floating_point_v<B> && sizeof(V) <= sizeof(B) ? Fit::yes : Fit::narrowing;
    } else if constexpr (std::is_same_v<B, std::string>) {
        return TextLike<V> ? Fit::yes : Fit::no;
    } else if constexpr (ListType<B> || SetType<B> || MapType<B>) {
        if constexpr (ValueRange<V>)
            return fit_elements<B, V>();
        else
            return std::is_convertible_v<const V&, B> ? Fit::yes : Fit::no;
    } else if constexpr (std::is_convertible_v<const V&, B>) {
        return std::is_floating_point_v<V> ? Fit::narrowing : Fit::yes;
    } else {
        return Fit::no;
    }
}

/// Throws ValidationError "9007199254740993 does not fit double exactly".
[[noreturn]] void refuse_inexact(std::string_view type, std::int64_t value);

/// `value` as B, which `fit` has found possible; throws ValidationError (the reason only) for an integer out
/// of range.
template <class B, class V>
[[nodiscard]] decltype(auto) convert(const V& value) {
    if constexpr (std::is_same_v<B, V>) {
        return (value);
    } else if constexpr (!std::is_same_v<B, bare_t<B>>) {
        return B(convert<bare_t<B>>(value));
    } else if constexpr (std::is_same_v<B, counter> && WholeNumber<V>) {
        return counter(fit_integer<std::int64_t>(value));
    } else if constexpr (std::is_integral_v<B> && WholeNumber<V>) {
        return fit_integer<B>(value);
    } else if constexpr (std::is_floating_point_v<B> && WholeNumber<V>) {
        const auto wide = fit_integer<std::int64_t>(value);
        constexpr std::int64_t exact = std::int64_t{1} << (sizeof(B) == 4 ? 24 : 53);
        if (wide > exact || wide < -exact) refuse_inexact(Codec<B>::name, wide);
        return static_cast<B>(wide);
    } else if constexpr (std::is_same_v<B, std::string>) {
        return std::string(std::string_view(value));
    } else if constexpr (MapType<B> && ValueRange<V>) {
        B map;
        for (const auto& [key, mapped] : value)
            map.insert_or_assign(convert<typename B::key_type>(key),
                                 convert<typename B::mapped_type>(mapped));
        return map;
    } else if constexpr ((ListType<B> || SetType<B>) && ValueRange<V>) {
        B all;
        for (auto it = value.begin(); it != value.end(); ++it)
            all.insert(all.end(), typename B::value_type(convert<typename B::value_type>(*it)));
        return all;
    } else {
        return static_cast<B>(value);
    }
}

/// Appends `[int] length + content` of `value` as B.
template <class B, class V>
void append_as(const V& value, Bytes& out) {
    if constexpr (std::is_same_v<B, std::string>)
        detail::append_value(std::string_view(value), out);
    else
        detail::append_value(static_cast<const B&>(convert<B>(value)), out);
}

}  // namespace coodie::query
