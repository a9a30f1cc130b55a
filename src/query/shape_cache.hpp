// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace coodie::query {

/// Everything that decides a statement's text, as bytes. Most keys need no allocation.
class ShapeKey {
public:
    template <class N>
        requires(std::is_arithmetic_v<N> || std::is_enum_v<N> || std::is_pointer_v<N>)
    ShapeKey& add(N value) {
        char bytes[sizeof(N)];
        std::memcpy(bytes, &value, sizeof(N));
        bytes_.insert(bytes_.end(), bytes, bytes + sizeof(N));
        return *this;
    }
    ShapeKey& add(std::string_view text) {
        add(static_cast<std::uint32_t>(text.size()));
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        return *this;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), bytes_.size()}; }

private:
    boost::container::small_vector<char, 192> bytes_;
};

/// The text kept under a key; none when there is none. Thread safe.
[[nodiscard]] StatementText find_shape(std::string_view key);
/// Keeps a text and returns it, or the one that another thread kept in the meantime.
StatementText keep_shape(std::string_view key, StatementText text);

/// The text of a shape: from the cache, else made by `render()`.
template <class Render>
[[nodiscard]] StatementText shape_text(const ShapeKey& key, Render render) {
    StatementText text = find_shape(key.view());
    return text ? text : keep_shape(key.view(), render());
}

/// How many texts the cache holds; for tests.
[[nodiscard]] std::size_t shape_count();

}  // namespace coodie::query
