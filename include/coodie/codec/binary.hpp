// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/ascii.hpp>
#include <coodie/types/blob.hpp>
#include <coodie/types/inet.hpp>

namespace coodie {

template <>
struct Codec<ascii> {
    static constexpr std::string_view name = "ascii";
    static DataType type() { return TypeId::ascii; }
    static void encode(const ascii& value, Bytes& out) {
        if (!wire::is_ascii(value.str())) wire::refuse_ascii(value.str());
        wire::append(out, value.str().data(), value.str().size());
    }
    static void decode(BytesView content, ascii& value) {
        const std::string_view text = wire::as_text(content);
        if (!wire::is_ascii(text)) wire::refuse_ascii(text);
        value.str().assign(text);
    }
};

template <>
struct Codec<blob> {
    static constexpr std::string_view name = "blob";
    static DataType type() { return TypeId::blob; }
    static void encode(const blob& value, Bytes& out) { wire::append(out, value.bytes()); }
    static void decode(BytesView content, blob& value) {
        value.bytes().assign(content.begin(), content.end());
    }
};

/// Plain bytes are a blob.
template <>
struct Codec<Bytes> {
    static constexpr std::string_view name = "blob";
    static DataType type() { return TypeId::blob; }
    static void encode(const Bytes& value, Bytes& out) { wire::append(out, value); }
    static void decode(BytesView content, Bytes& value) { value.assign(content.begin(), content.end()); }
};

/// Borrows: what was read lives as long as the bytes it was read from.
template <>
struct Codec<BytesView> {
    static constexpr std::string_view name = "blob";
    static DataType type() { return TypeId::blob; }
    static void encode(BytesView value, Bytes& out) { wire::append(out, value); }
    static void decode(BytesView content, BytesView& value) noexcept { value = content; }
};

template <>
struct Codec<inet> {
    static constexpr std::string_view name = "inet";
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::inet; }
    static void encode(const inet& value, Bytes& out) { wire::append(out, value.bytes()); }
    static void decode(BytesView content, inet& value);
};

}  // namespace coodie
