// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>

#include <iosfwd>
#include <string>
#include <type_traits>
#include <utility>

namespace coodie {

/// The empty base of every `Document<T>`: by it `==` and `<<` are found for models that have one.
template <class T>
struct DocumentBase {};

namespace mapping {
/// T itself is a document (not only one of its base classes).
template <class T>
concept IsDocument = std::is_class_v<T> && std::is_base_of_v<DocumentBase<T>, T>;

template <class T>
constexpr bool equal_fields(const T& a, const T& b);

/// By the type's own `==`, else (a UDT without one) field by field.
template <class T>
constexpr bool equal(const T& a, const T& b) {
    if constexpr (requires { a == b; }) {
        return a == b;
    } else {
        static_assert(UserType<T>, "coodie: a field's type has no operator==, so models cannot be compared");
        return equal_fields(a, b);
    }
}
template <class T>
constexpr bool equal_fields(const T& a, const T& b) {
    const auto left = reflect::refs(a);
    const auto right = reflect::refs(b);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (mapping::equal(reflect::ref_at<I>(left), reflect::ref_at<I>(right)) && ...);
    }(std::make_index_sequence<reflect::field_count<T>>{});
}
}  // namespace mapping

/// Equality of all fields, those that are no columns included.
template <class T>
    requires mapping::IsDocument<T>
[[nodiscard]] constexpr bool operator==(const T& a, const T& b) {
    return mapping::equal_fields(a, b);
}
/// For structs whose own `operator==` is defaulted.
template <class T>
[[nodiscard]] constexpr bool operator==(const DocumentBase<T>&, const DocumentBase<T>&) noexcept {
    return true;
}

/// "Review{product_id: 7, author: 'ann', content: null}": columns as CQL literals.
[[nodiscard]] std::string to_string(const ModelInfo& model, const void* document);

template <class T>
    requires Model<T>
[[nodiscard]] std::string to_string(const T& document) {
    return to_string(mapping::info<T>(), &document);
}

template <class Char, class Traits, class T>
    requires mapping::IsDocument<T>
std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, const T& document) {
    return out << coodie::to_string(mapping::info<T>(), &document);
}

}  // namespace coodie
