// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <span>
#include <string>
#include <string_view>

namespace coodie::native::test {

/// "05 00 'abc' 0a" -> bytes: pairs of hexadecimal digits, and text between single quotes.
inline Bytes bytes_of(std::string_view text) {
    Bytes bytes;
    const auto digit = [](char c) {
        return static_cast<unsigned>(c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0');
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ' || text[at] == '\n') {
            ++at;
        } else if (text[at] == '\'') {
            for (++at; text[at] != '\''; ++at) bytes.push_back(static_cast<std::byte>(text[at]));
            ++at;
        } else {
            bytes.push_back(static_cast<std::byte>(digit(text[at]) << 4U | digit(text[at + 1])));
            at += 2;
        }
    }
    return bytes;
}

/// "05 00 61": for messages of tests that fail.
inline std::string hex(BytesView bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : bytes) {
        if (!text.empty()) text += ' ';
        text += digits[std::to_integer<unsigned>(byte) >> 4U];
        text += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return text;
}

inline BytesView view_of(std::string_view text) { return std::as_bytes(std::span(text)); }

}  // namespace coodie::native::test
