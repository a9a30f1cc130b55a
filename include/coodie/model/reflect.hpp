// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/bindings.hpp>
#include <coodie/model/refs.hpp>
#include <coodie/model/type_text.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// Number, types, names and references of an aggregate's fields, without a macro.
namespace coodie::reflect {

// --- counting
// ------------------------------------------------------------------------------------------------------

/// Converts to anything; never called, so not defined.
struct AnyField {
    template <class F>
    operator F() const noexcept;  // NOLINT(google-explicit-constructor)
};
/// Converts to empty (or else non-empty) base classes of T.
template <class T, bool Empty>
struct AnyBase {
    template <class B>
        requires(std::is_class_v<B> && std::is_base_of_v<B, T> && !std::same_as<B, T> &&
                 std::is_empty_v<B> == Empty)
    operator B() const noexcept;  // NOLINT(google-explicit-constructor)
};
/// Converts to base classes of T that have more data than B.
template <class T, class B>
struct BiggerBase {
    template <class C>
        requires(std::is_base_of_v<B, C> && std::is_base_of_v<C, T> && !std::same_as<C, T> &&
                 (sizeof(C) > sizeof(B)))
    operator C() const noexcept;  // NOLINT(google-explicit-constructor)
};
/// Converts to nothing: only a greedy constructor takes it.
struct NoField {};

template <class T, std::size_t... I>
constexpr bool takes_any(std::index_sequence<I...>) {
    return requires { T{(static_cast<void>(I), AnyField{})...}; };
}
template <class T, class First, std::size_t... I>
constexpr bool takes_first(std::index_sequence<I...>) {
    return requires { T{First{}, (static_cast<void>(I), AnyField{})...}; };
}

/// The largest N for which T{{} * N} is valid, when it is valid for all smaller N.
template <class T, std::size_t Low, std::size_t High>
constexpr std::size_t search_braces() {
    if constexpr (Low == High) {
        return Low;
    } else {
        constexpr std::size_t middle = (Low + High + 1) / 2;
        if constexpr (Braces<middle>::template fit<T>)
            return search_braces<T, middle, High>();
        else
            return search_braces<T, Low, middle - 1>();
    }
}

/// Downward, because T{} * N may be invalid for every N below the number of elements.
template <class T, std::size_t N>
constexpr std::size_t search_down() {
    if constexpr (N == 0 || takes_any<T>(std::make_index_sequence<N>{}))
        return N;
    else
        return search_down<T, N - 1>();
}

/// Number of elements (base classes and fields) of an aggregate; `too_many` when there are more than can be
/// counted. A struct whose fields all take `{}` is counted by that, in a binary search (and C arrays count as
/// one field); other structs by AnyField, downward.
template <class T>
constexpr std::size_t element_count() {
    constexpr std::size_t highest = sizeof(T) + 2 < max_braces ? sizeof(T) + 2 : max_braces;
    if constexpr (Braces<0>::fit<T>) {
        constexpr std::size_t n = search_braces<T, 0, highest>();
        if constexpr (n == max_braces)
            return n;
        else if constexpr (!Braces<n>::template fit_more<T, AnyField>)
            return n;
        else
            return search_down<T, highest>();
    } else {
        return search_down<T, highest>();
    }
}

/// Whether T's first element can be made from a Probe (and not just from anything).
template <class T, std::size_t Elements, class Probe>
constexpr bool first_takes() {
    if constexpr (Elements == 0) {
        return false;
    } else if constexpr (Braces<0>::fit<T>) {
        return Braces<0>::fit_more<T, Probe> && !Braces<0>::fit_more<T, NoField>;
    } else {
        using Rest = std::make_index_sequence<Elements - 1>;
        return takes_first<T, Probe>(Rest{}) && !takes_first<T, NoField>(Rest{});
    }
}
template <class T, std::size_t Elements>
constexpr bool second_is_base() {
    if constexpr (Elements < 2)
        return false;
    else
        return (Braces<1>::fit_more<T, AnyBase<T, true>> || Braces<1>::fit_more<T, AnyBase<T, false>>) &&
               !Braces<1>::fit_more<T, NoField>;
}

template <class T>
concept ListsFields = requires { T::coodie_fields(); };
/// `coodie_base` is the class whose columns T inherits, or void.
template <class T>
struct BaseOf {
    using type = void;
};
template <class T>
    requires requires { typename T::coodie_base; }
struct BaseOf<T> {
    using type = typename T::coodie_base;
};

/// What counting found out about T.
template <class T>
struct Shape {
    static constexpr bool aggregate = std::is_aggregate_v<T>;
    static constexpr std::size_t elements = [] {
        if constexpr (aggregate)
            return element_count<T>();
        else
            return std::size_t{0};
    }();
    /// A base with data, which a structured binding cannot span. (Looked for first: an empty base of that
    /// base would do as the first element, too, by brace elision.)
    static constexpr bool data_base = [] {
        if constexpr (aggregate)
            return first_takes<T, elements, AnyBase<T, false>>();
        else
            return false;
    }();
    static constexpr bool empty_base = [] {
        if constexpr (aggregate && !data_base)
            return first_takes<T, elements, AnyBase<T, true>>();
        else
            return false;
    }();
    static constexpr bool two_bases = [] {
        if constexpr (empty_base || data_base)
            return second_is_base<T, elements>();
        else
            return false;
    }();
    static constexpr std::size_t own_fields = elements - (empty_base || data_base ? 1 : 0);
};

// --- references
// ----------------------------------------------------------------------------------------------------

template <class T, class Class, class F>
constexpr bool is_member_of(F Class::*) noexcept {
    return std::same_as<T, Class>;
}

/// Columns listed by the class itself: pointers to members.
template <class T>
struct Listed {
    static constexpr auto members = T::coodie_fields();
    static constexpr std::size_t size = std::tuple_size_v<std::remove_const_t<decltype(members)>>;
    /// Whether all are T's own members (a list may be inherited by mistake).
    static constexpr bool own =
        std::apply([](auto... member) { return (is_member_of<T>(member) && ...); }, members);

    template <class U>
    static constexpr auto of(U& t) noexcept {
        return std::apply([&](auto... member) { return reflect::refs_of(t.*member...); }, members);
    }
};

/// Whether B holds the columns that T, which has a base class with data, inherits.
template <class T, class B>
constexpr bool inherits_from() {
    if constexpr (std::is_void_v<B>)
        return false;
    else
        return std::is_base_of_v<B, T> && !first_takes<T, Shape<T>::elements, BiggerBase<T, B>>();
}

/// Whether T's fields can be bound; otherwise model checks say why not (see check.hpp).
template <class T>
constexpr bool is_bindable() {
    using S = Shape<T>;
    using Base = typename BaseOf<T>::type;
    if constexpr (!S::aggregate) {
        return false;
    } else if constexpr (!S::data_base) {
        return ListsFields<T> || (!S::two_bases && S::own_fields > 0 && S::own_fields <= max_fields);
    } else if constexpr (!inherits_from<T, Base>()) {
        return false;
    } else if constexpr (S::own_fields == 0) {
        return is_bindable<Base>();
    } else {
        if constexpr (ListsFields<T>)
            return Listed<T>::own && Listed<T>::size == S::own_fields && is_bindable<Base>();
        else
            return false;
    }
}

/// References to all fields of T, those of `coodie_base` first; to none when !is_bindable<T>(). T may be
/// const.
template <class T>
constexpr auto refs(T& t) noexcept {
    using Plain = std::remove_const_t<T>;
    using S = Shape<Plain>;
    if constexpr (!is_bindable<Plain>()) {
        return reflect::refs_of();
    } else if constexpr (S::data_base) {
        using Base = typename BaseOf<Plain>::type;
        using BaseRef = std::conditional_t<std::is_const_v<T>, const Base, Base>;
        const auto inherited = reflect::refs<BaseRef>(static_cast<BaseRef&>(t));
        if constexpr (S::own_fields == 0)
            return inherited;
        else
            return reflect::concatenate(inherited, Listed<Plain>::of(t));
    } else if constexpr (ListsFields<Plain>) {
        return Listed<Plain>::of(t);
    } else {
        return Binding<S::own_fields>::of(t);
    }
}

template <class T>
using RefsOf = decltype(reflect::refs(std::declval<T&>()));

/// Number of fields, inherited ones included; 0 when they cannot be bound.
template <class T>
inline constexpr std::size_t field_count = RefsOf<T>::size;

/// The C++ type of field I.
template <class T, std::size_t I>
using FieldAt = std::remove_cvref_t<decltype(ref_at<I>(std::declval<RefsOf<T>>()))>;

// --- names
// ---------------------------------------------------------------------------------------------------------

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

template <class T>
struct Holder {
    T value;
};
/// Never defined: only addresses within it are looked at, at compile time. A static member of a class
/// template, so that types without linkage work, too.
template <class T>
struct Nowhere {
    static const Holder<T> object;
};

template <class T, std::size_t... I>
consteval auto bound_names(std::index_sequence<I...>) {
    constexpr auto fields = reflect::refs(Nowhere<T>::object.value);
    return std::array<std::string_view, sizeof...(I)>{
        field_text<FieldPointer{&ref_at<I>(fields)}>().view()...};
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class T, std::size_t... I>
consteval auto listed_names(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{
        member_text<std::get<I>(Listed<T>::members)>().view()...};
}

template <class T>
consteval auto make_field_names();
/// The names of all fields, in order.
template <class T>
inline constexpr auto field_names = make_field_names<T>();

template <class T>
consteval auto make_field_names() {
    using S = Shape<T>;
    if constexpr (!is_bindable<T>()) {
        return std::array<std::string_view, 0>{};
    } else if constexpr (S::data_base && S::own_fields == 0) {
        return field_names<typename BaseOf<T>::type>;
    } else if constexpr (S::data_base) {
        std::array<std::string_view, field_count<T>> names{};
        std::size_t at = 0;
        for (const std::string_view name : field_names<typename BaseOf<T>::type>) names[at++] = name;
        for (const std::string_view name : listed_names<T>(std::make_index_sequence<Listed<T>::size>{}))
            names[at++] = name;
        return names;
    } else if constexpr (ListsFields<T>) {
        return listed_names<T>(std::make_index_sequence<Listed<T>::size>{});
    } else {
        return bound_names<T>(std::make_index_sequence<field_count<T>>{});
    }
}

}  // namespace coodie::reflect
