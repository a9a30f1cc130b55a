// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `inet`: an IPv4 or IPv6 address, without port or scope. 0.0.0.0 to begin with.
class inet {
public:
    constexpr inet() = default;
    /// inet::v4(192, 0, 2, 1)
    static constexpr inet v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) noexcept {
        inet address;
        address.bytes_ = {std::byte{a}, std::byte{b}, std::byte{c}, std::byte{d}};
        return address;
    }
    static constexpr inet v6(const std::array<std::uint8_t, 16>& bytes) noexcept {
        inet address;
        for (std::size_t i = 0; i < 16; ++i) address.bytes_[i] = std::byte{bytes[i]};
        address.size_ = 16;
        return address;
    }
    /// nullopt unless there are 4 or 16 bytes.
    static std::optional<inet> from_bytes(BytesView bytes) noexcept;

    /// "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1" (which stays IPv6). No names.
    static std::optional<inet> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] constexpr bool is_v4() const noexcept { return size_ == 4; }
    [[nodiscard]] constexpr bool is_v6() const noexcept { return size_ == 16; }
    /// 4 or 16 bytes; valid while this lives.
    [[nodiscard]] BytesView bytes() const noexcept { return BytesView(bytes_).first(size_); }

    friend constexpr bool operator==(const inet&, const inet&) = default;
    /// By unsigned bytes, as CQL.
    friend std::strong_ordering operator<=>(const inet& a, const inet& b) noexcept;

private:
    std::array<std::byte, 16> bytes_{};
    std::uint8_t size_ = 4;
};

}  // namespace coodie

template <>
struct std::hash<coodie::inet> {
    std::size_t operator()(const coodie::inet& value) const noexcept {
        return std::hash<std::string_view>()(
            {reinterpret_cast<const char*>(value.bytes().data()), value.bytes().size()});
    }
};
