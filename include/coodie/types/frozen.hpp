// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <utility>

namespace coodie {

namespace detail {

/// A value with a mark in its type; converts from and to T.
template <class T>
class Marked {
public:
    Marked() = default;
    Marked(T value)
        : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor): a mark, not another value

    [[nodiscard]] const T& get() const noexcept { return value_; }
    [[nodiscard]] T& get() noexcept { return value_; }
    [[nodiscard]] const T& operator*() const noexcept { return value_; }
    [[nodiscard]] T& operator*() noexcept { return value_; }
    [[nodiscard]] const T* operator->() const noexcept { return &value_; }
    [[nodiscard]] T* operator->() noexcept { return &value_; }
    operator const T&() const noexcept { return value_; }  // NOLINT(google-explicit-constructor)

private:
    T value_{};
};

}  // namespace detail

/// A collection or UDT stored as one value: CQL `frozen<...>`. Reading and writing T, but the column takes
/// only whole values. An empty frozen collection is stored as such, a null one needs std::optional (semantics
/// rule 3).
template <class T>
class frozen : public detail::Marked<T> {
public:
    using detail::Marked<T>::Marked;
    friend bool operator==(const frozen& a, const frozen& b)
        requires requires(const T& t) { t == t; }
    {
        return a.get() == b.get();
    }
    friend auto operator<=>(const frozen& a, const frozen& b)
        requires requires(const T& t) { t <=> t; }
    {
        return a.get() <=> b.get();
    }
};

/// A UDT whose fields are cells of their own: what a bare UDT field of a model is not.
template <class T>
class unfrozen : public detail::Marked<T> {
public:
    using detail::Marked<T>::Marked;
    friend bool operator==(const unfrozen& a, const unfrozen& b)
        requires requires(const T& t) { t == t; }
    {
        return a.get() == b.get();
    }
    friend auto operator<=>(const unfrozen& a, const unfrozen& b)
        requires requires(const T& t) { t <=> t; }
    {
        return a.get() <=> b.get();
    }
};

}  // namespace coodie
