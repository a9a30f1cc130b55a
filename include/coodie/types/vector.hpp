// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <initializer_list>

namespace coodie {

/// Throws ValidationError "vector of 3 dimensions cannot hold 2 elements".
[[noreturn]] void refuse_dimensions(std::size_t dimensions, std::size_t elements);

/// CQL `vector<T, N>` (Cassandra 5): exactly N elements, stored as one value. All zero to begin with.
template <class T, std::size_t N>
class vector {
public:
    static_assert(N > 0, "coodie: a vector has at least one dimension");
    using value_type = T;
    using iterator = typename std::array<T, N>::iterator;
    using const_iterator = typename std::array<T, N>::const_iterator;

    constexpr vector() = default;
    constexpr vector(const std::array<T, N>& elements)
        : elements_(elements) {}  // NOLINT(google-explicit-constructor)
    /// Throws ValidationError unless there are exactly N.
    constexpr vector(std::initializer_list<T> elements) {
        if (elements.size() != N) refuse_dimensions(N, elements.size());
        std::size_t i = 0;
        for (const T& element : elements) elements_[i++] = element;
    }

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
    [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return elements_[i]; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return elements_[i]; }
    [[nodiscard]] constexpr T* data() noexcept { return elements_.data(); }
    [[nodiscard]] constexpr const T* data() const noexcept { return elements_.data(); }
    [[nodiscard]] constexpr iterator begin() noexcept { return elements_.begin(); }
    [[nodiscard]] constexpr iterator end() noexcept { return elements_.end(); }
    [[nodiscard]] constexpr const_iterator begin() const noexcept { return elements_.begin(); }
    [[nodiscard]] constexpr const_iterator end() const noexcept { return elements_.end(); }
    [[nodiscard]] constexpr const std::array<T, N>& array() const noexcept { return elements_; }

    friend constexpr bool operator==(const vector&, const vector&) = default;
    /// Element by element, as CQL orders vectors.
    friend constexpr auto operator<=>(const vector&, const vector&) = default;

private:
    std::array<T, N> elements_{};
};

}  // namespace coodie
