// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/null.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coodie {

namespace query {

/// What reads as text: literals, std::string, std::string_view.
template <class V>
concept TextLike = std::is_convertible_v<const V&, std::string_view> && !std::is_same_v<V, std::nullptr_t>;

/// How an expression keeps a value: text is copied (an expression may outlive what it was made from, a
/// coroutine's argument for one), `std::nullopt` and `nullptr` become `coodie::null`, everything else is kept
/// as it is.
template <class V>
struct StoredAs {
    using type = V;
};
template <class V>
    requires(TextLike<V> && !std::is_same_v<V, std::string>)
struct StoredAs<V> {
    using type =
        std::conditional_t<std::is_class_v<V> && !std::is_same_v<V, std::string_view>, V, std::string>;
};
template <>
struct StoredAs<std::nullopt_t> {
    using type = null_t;
};
template <>
struct StoredAs<std::nullptr_t> {
    using type = null_t;
};
template <class V>
using stored_t = typename StoredAs<std::remove_cvref_t<V>>::type;

template <class V>
[[nodiscard]] constexpr stored_t<V> store(V&& value) {
    if constexpr (std::is_same_v<stored_t<V>, null_t>)
        return null;
    else
        return stored_t<V>(std::forward<V>(value));
}

/// A container to take values from one by one: has begin() and end(), and is no text.
template <class R>
concept ValueRange = !TextLike<R> && requires(const R& range) {
    range.begin() != range.end();
    *range.begin();
};

template <class R>
using range_value_t = std::remove_cvref_t<decltype(*std::declval<const R&>().begin())>;

/// The values of a range as a list of its own.
template <class R>
[[nodiscard]] auto store_all(const R& range) {
    std::vector<stored_t<range_value_t<R>>> list;
    if constexpr (requires { range.size(); }) list.reserve(static_cast<std::size_t>(range.size()));
    for (auto it = range.begin(); it != range.end(); ++it) list.emplace_back(*it);
    return list;
}

template <class First, class... Rest>
[[nodiscard]] auto store_list(First&& first, Rest&&... rest) {
    using Value = stored_t<std::common_type_t<stored_t<First>, stored_t<Rest>...>>;
    std::vector<Value> list;
    list.reserve(1 + sizeof...(rest));
    list.emplace_back(std::forward<First>(first));
    (list.emplace_back(std::forward<Rest>(rest)), ...);
    return list;
}

}  // namespace query
}  // namespace coodie
