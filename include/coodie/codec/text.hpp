// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace coodie {

namespace detail {

/// UTF-8, checked on the way out and on the way in (semantics rule 4).
struct TextCodec {
    static constexpr std::string_view name = "text";
    static DataType type() { return TypeId::text; }
    static std::size_t content_size(std::string_view value) noexcept { return value.size(); }
    static void store(std::string_view value, std::byte* to) {
        if (!wire::is_utf8(value)) wire::refuse_utf8(value);
        if (!value.empty()) std::memcpy(to, value.data(), value.size());
    }
    static void encode(std::string_view value, Bytes& out) { store(value, wire::extend(out, value.size())); }
    [[nodiscard]] static std::string_view read(BytesView content) {
        const std::string_view text = wire::as_text(content);
        if (!wire::is_utf8(text)) wire::refuse_utf8(text);
        return text;
    }
};

}  // namespace detail

template <>
struct Codec<std::string> : detail::TextCodec {
    static void decode(BytesView content, std::string& value);
};

/// Borrows: what was read lives as long as the bytes it was read from.
template <>
struct Codec<std::string_view> : detail::TextCodec {
    static void decode(BytesView content, std::string_view& value) { value = read(content); }
};

/// Text to write only.
template <>
struct Codec<const char*> : detail::TextCodec {};
template <>
struct Codec<char*> : detail::TextCodec {};
/// A literal: text up to its terminating NUL, which is not part of it.
template <std::size_t N>
struct Codec<char[N]> : detail::TextCodec {
    static std::size_t content_size(const char (&)[N]) noexcept { return N - 1; }
    static void store(const char (&value)[N], std::byte* to) { TextCodec::store({value, N - 1}, to); }
    static void encode(const char (&value)[N], Bytes& out) { TextCodec::encode({value, N - 1}, out); }
};

}  // namespace coodie
