// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>

namespace coodie::reflect {

/// One reference with its place. A flat list of these is what reflection gives instead of std::tuple: it
/// instantiates one small class per field, with no recursion.
template <std::size_t I, class F>
struct Ref {
    F& ref;
};

template <class Indexes, class... F>
struct Refs;
template <std::size_t... I, class... F>
struct Refs<std::index_sequence<I...>, F...> : Ref<I, F>... {
    static constexpr std::size_t size = sizeof...(F);
};

template <class... F>
constexpr auto refs_of(F&... field) noexcept {
    return Refs<std::index_sequence_for<F...>, F...>{{field}...};
}

template <std::size_t I, class F>
constexpr F& ref_at(const Ref<I, F>& ref) noexcept {
    return ref.ref;
}

template <std::size_t... I, class... F, std::size_t... J, class... G>
constexpr auto concatenate(const Refs<std::index_sequence<I...>, F...>& a,
                           const Refs<std::index_sequence<J...>, G...>& b) noexcept {
    return Refs<std::make_index_sequence<sizeof...(F) + sizeof...(G)>, F..., G...>{{ref_at<I>(a)}...,
                                                                                   {ref_at<J>(b)}...};
}

}  // namespace coodie::reflect
