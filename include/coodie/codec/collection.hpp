// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/codec/text.hpp>
#include <coodie/codec/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

/// Containers are recognised by their shape, so that these headers include none: std::vector, std::deque and
/// std::list are lists; std::set, std::unordered_set and flat sets are sets; maps likewise.
namespace coodie {

namespace detail {

template <class T>
concept ValueContainer = !HasAdapter<T> && requires(const T& container, T& target) {
    typename T::value_type;
    container.begin() != container.end();
    { container.size() } -> std::convertible_to<std::size_t>;
    target.clear();
};
template <class T>
concept ListContainer =
    ValueContainer<T> && !requires { typename T::key_type; } && !requires { typename T::traits_type; } &&
    CqlValue<typename T::value_type> &&
    requires(T& list, typename T::value_type element) { list.push_back(std::move(element)); };
template <class T>
concept MapContainer = ValueContainer<T> && requires { typename T::mapped_type; } &&
                       CqlValue<typename T::key_type> && CqlValue<typename T::mapped_type>;
template <class T>
concept SetContainer = ValueContainer<T> && !requires { typename T::mapped_type; } &&
                       requires { typename T::key_type; } && CqlValue<typename T::key_type>;

inline void append_count(Bytes& out, std::size_t count, std::string_view type) {
    if (count > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        wire::refuse_integer(type, std::uint64_t{count}, 0, std::numeric_limits<std::int32_t>::max());
    wire::append(out, static_cast<std::int32_t>(count));
}

/// An element of a collection; an empty optional is refused (semantics rule 4).
template <class T>
void append_element(const T& element, Bytes& out, std::string_view type) {
    const std::size_t at = out.size();
    encode_nested(element, out);
    if constexpr (is_nullable_v<T>) {
        if (wire::load<std::int32_t>(out.data() + at) < 0) wire::refuse_null_element(type);
    }
}

/// A non-frozen collection as a whole column: empty and null are the same (semantics rule 3).
template <class T>
struct CollectionCodec {
    static constexpr bool multi_cell = true;
    static constexpr bool collection = true;
    static bool is_null(const T& value) noexcept { return value.size() == 0; }
    static void decode_null(T& value) noexcept { value.clear(); }
};

/// Whether a collection of text is ASCII throughout, so that no element has to be looked at: its lengths have
/// no byte above 0x7f either, if none is longer than that.
template <class... T>
[[nodiscard]] bool is_ascii_text(BytesView content) {
    if constexpr ((std::same_as<T, std::string> && ...)) return wire::is_ascii(wire::as_text(content));
    return false;
}

template <class T>
inline constexpr bool is_text_collection = std::same_as<typename T::value_type, std::string>;
template <MapContainer T>
inline constexpr bool is_text_collection<T> =
    std::same_as<typename T::key_type, std::string> && std::same_as<typename T::mapped_type, std::string>;

template <class T, class Visit>
void for_each_text(const T& value, Visit visit) {
    for (const auto& each : value) {
        if constexpr (MapContainer<T>) {
            visit(each.first);
            visit(each.second);
        } else {
            visit(each);
        }
    }
}

/// The elements of a collection of text: grows `out` once, and looks at each only when not all is ASCII.
template <class T>
void append_texts(const T& value, Bytes& out) {
    std::size_t size = 0;
    for_each_text(value, [&](const std::string& text) { size += 4 + text.size(); });
    const std::size_t start = out.size();
    std::byte* to = wire::extend(out, size);
    for_each_text(value, [&](const std::string& text) {
        wire::store(to, static_cast<std::int32_t>(text.size()));
        if (!text.empty()) std::memcpy(to + 4, text.data(), text.size());
        to += 4 + text.size();
    });
    if (is_ascii_text<std::string>(BytesView(out).subspan(start))) return;
    for_each_text(value, [](const std::string& text) {
        if (!wire::is_utf8(text)) wire::refuse_utf8(text);
    });
}

/// What an element is made from in its container: a view of the content if it is text, the value if not.
template <class T>
[[nodiscard]] auto read_element_source(BytesView content, [[maybe_unused]] bool ascii) {
    if constexpr (std::same_as<T, std::string>) {
        return ascii ? wire::as_text(content) : Codec<T>::read(content);
    } else {
        T value{};
        Codec<T>::decode(content, value);
        return value;
    }
}

}  // namespace detail

template <detail::ListContainer T>
struct Codec<T> : detail::CollectionCodec<T> {
    using Element = typename T::value_type;
    static_assert(!is_counter_v<Element>, "coodie: a collection cannot hold counters");
    static constexpr std::string_view name =
        joined_name<list_open_name, frozen_type_name<Element>, close_name>;

    static DataType type() {
        static const DataType type = DataType::list(Codec<Element>::type().frozen());
        return type;
    }
    static void encode(const T& value, Bytes& out) {
        detail::append_count(out, value.size(), name);
        if constexpr (detail::is_text_collection<T>)
            detail::append_texts(value, out);
        else
            for (const Element& element : value) detail::append_element<Element>(element, out, name);
    }
    static void decode(BytesView content, T& value) {
        wire::ValueReader reader(content, name);
        const std::uint32_t count = reader.read_count();
        value.clear();
        if constexpr (requires { value.reserve(count); }) value.reserve(count);
        const bool ascii = detail::is_ascii_text<Element>(content);
        for (std::uint32_t i = 0; i < count; ++i) {
            const BytesView element = reader.read_element();
            if constexpr (std::same_as<Element, bool> || std::same_as<Element, std::string>) {
                value.emplace_back(detail::read_element_source<Element>(element, ascii));
            } else {
                value.emplace_back();
                Codec<Element>::decode(element, value.back());
            }
        }
        reader.finish();
    }
};

template <detail::SetContainer T>
struct Codec<T> : detail::CollectionCodec<T> {
    using Element = typename T::key_type;
    static_assert(!is_counter_v<Element>, "coodie: a collection cannot hold counters");
    static constexpr std::string_view name =
        joined_name<set_open_name, frozen_type_name<Element>, close_name>;

    static DataType type() {
        static const DataType type = DataType::set(Codec<Element>::type().frozen());
        return type;
    }
    static void encode(const T& value, Bytes& out) {
        detail::append_count(out, value.size(), name);
        if constexpr (detail::is_text_collection<T>)
            detail::append_texts(value, out);
        else
            for (const Element& element : value) detail::append_element(element, out, name);
    }
    static void decode(BytesView content, T& value) {
        wire::ValueReader reader(content, name);
        const std::uint32_t count = reader.read_count();
        value.clear();
        if constexpr (requires { value.reserve(count); }) value.reserve(count);
        const bool ascii = detail::is_ascii_text<Element>(content);
        for (std::uint32_t i = 0; i < count; ++i) {
            value.emplace_hint(value.end(),  // the server sends them in order
                               detail::read_element_source<Element>(reader.read_element(), ascii));
        }
        reader.finish();
    }
};

template <detail::MapContainer T>
struct Codec<T> : detail::CollectionCodec<T> {
    using Key = typename T::key_type;
    using Mapped = typename T::mapped_type;
    static_assert(!is_counter_v<Key> && !is_counter_v<Mapped>, "coodie: a collection cannot hold counters");
    static constexpr std::string_view name =
        joined_name<map_open_name, frozen_type_name<Key>, comma_name, frozen_type_name<Mapped>, close_name>;

    static DataType type() {
        static const DataType type =
            DataType::map(Codec<Key>::type().frozen(), Codec<Mapped>::type().frozen());
        return type;
    }
    static void encode(const T& value, Bytes& out) {
        detail::append_count(out, value.size(), name);
        if constexpr (detail::is_text_collection<T>) {
            detail::append_texts(value, out);
        } else {
            for (const auto& [key, mapped] : value) {
                detail::append_element(key, out, name);
                detail::append_element(mapped, out, name);
            }
        }
    }
    static void decode(BytesView content, T& value) {
        wire::ValueReader reader(content, name);
        const std::uint32_t count = reader.read_count(2);
        value.clear();
        if constexpr (requires { value.reserve(count); }) value.reserve(count);
        const bool ascii = detail::is_ascii_text<Key, Mapped>(content);
        for (std::uint32_t i = 0; i < count; ++i) {
            const BytesView key = reader.read_element();
            const BytesView mapped = reader.read_element();
            value.emplace_hint(value.end(), detail::read_element_source<Key>(key, ascii),
                               detail::read_element_source<Mapped>(mapped, ascii));
        }
        reader.finish();
    }
};

}  // namespace coodie
