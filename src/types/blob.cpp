// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/blob.hpp>

#include <algorithm>

#include "types/scan.hpp"

namespace coodie {

blob blob::of(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    return blob(BytesView(bytes, text.size()));
}

std::optional<blob> blob::parse(std::string_view text) {
    if (!text.starts_with("0x") && !text.starts_with("0X")) return std::nullopt;
    text.remove_prefix(2);
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return blob(std::move(bytes));
}

std::string blob::to_string() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "0x";
    text.reserve(2 + 2 * bytes_.size());
    for (const std::byte byte : bytes_) {
        text += digits[std::to_integer<unsigned>(byte >> 4)];
        text += digits[std::to_integer<unsigned>(byte & std::byte{0xf})];
    }
    return text;
}

std::strong_ordering operator<=>(const blob& a, const blob& b) noexcept {
    return std::lexicographical_compare_three_way(a.bytes_.begin(), a.bytes_.end(), b.bytes_.begin(),
                                                  b.bytes_.end());
}

}  // namespace coodie
