// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/inet.hpp>

#include <arpa/inet.h>

#include <algorithm>

namespace coodie {

std::optional<inet> inet::from_bytes(BytesView bytes) noexcept {
    if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
    inet address;
    std::ranges::copy(bytes, address.bytes_.begin());
    address.size_ = static_cast<std::uint8_t>(bytes.size());
    return address;
}

std::optional<inet> inet::parse(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return std::nullopt;
    const std::string terminated(text);
    inet address;
    address.size_ = text.find(':') == std::string_view::npos ? 4 : 16;
    if (::inet_pton(address.is_v4() ? AF_INET : AF_INET6, terminated.c_str(), address.bytes_.data()) != 1)
        return std::nullopt;
    return address;
}

std::string inet::to_string() const {
    char text[INET6_ADDRSTRLEN];
    return ::inet_ntop(is_v4() ? AF_INET : AF_INET6, bytes_.data(), text, sizeof text);
}

std::strong_ordering operator<=>(const inet& a, const inet& b) noexcept {
    return std::lexicographical_compare_three_way(a.bytes().begin(), a.bytes().end(), b.bytes().begin(),
                                                  b.bytes().end());
}

}  // namespace coodie
