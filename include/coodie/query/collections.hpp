// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/stored.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>

/// Collections of a few values, for conditions and assignments: `"tags"_c = list_of("a", "b")`. GCC 12 takes
/// no braces within a co_await expression, and the braces of a map tell no types anywhere.
namespace coodie {

/// A list of the values, copied; text is kept as std::string.
template <class First, class... Rest>
[[nodiscard]] auto list_of(First&& first, Rest&&... rest) {
    return query::store_list(std::forward<First>(first), std::forward<Rest>(rest)...);
}

/// A set of the values likewise.
template <class First, class... Rest>
[[nodiscard]] auto set_of(First&& first, Rest&&... rest) {
    using Element = query::stored_t<std::common_type_t<query::stored_t<First>, query::stored_t<Rest>...>>;
    std::set<Element> values;
    values.emplace(std::forward<First>(first));
    (values.emplace(std::forward<Rest>(rest)), ...);
    return values;
}

/// A map of keys and values in turn: `"votes"_c += map_of("ann", 1, "bob", 2)`. Of equal keys the last one
/// counts.
template <class... KeysAndValues>
    requires(sizeof...(KeysAndValues) > 0 && sizeof...(KeysAndValues) % 2 == 0)
[[nodiscard]] auto map_of(KeysAndValues&&... keys_and_values) {
    using All = std::tuple<query::stored_t<KeysAndValues>...>;
    All all(std::forward<KeysAndValues>(keys_and_values)...);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        using Key = std::common_type_t<std::tuple_element_t<2 * I, All>...>;
        using Mapped = std::common_type_t<std::tuple_element_t<2 * I + 1, All>...>;
        std::map<Key, Mapped> map;
        (map.insert_or_assign(Key(std::get<2 * I>(std::move(all))),
                              Mapped(std::get<2 * I + 1>(std::move(all)))),
         ...);
        return map;
    }(std::make_index_sequence<sizeof...(KeysAndValues) / 2>{});
}

}  // namespace coodie
