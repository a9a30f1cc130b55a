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
    template <class... N>
        requires((std::is_arithmetic_v<N> || std::is_enum_v<N> || std::is_pointer_v<N>) && ...)
    ShapeKey& add(N... values) {
        char* at = extend((sizeof(N) + ...));
        ((std::memcpy(at, &values, sizeof(N)), at += sizeof(N)), ...);
        return *this;
    }
    ShapeKey& add(std::string_view text) {
        add(static_cast<std::uint32_t>(text.size()));
        if (!text.empty()) std::memcpy(extend(text.size()), text.data(), text.size());
        return *this;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), bytes_.size()}; }

private:
    [[nodiscard]] char* extend(std::size_t size) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + size, boost::container::default_init);
        return bytes_.data() + at;
    }

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
