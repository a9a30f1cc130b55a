// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `varint`: an integer of any size, held as minimal big-endian two's complement (semantics rule 5).
class varint {
public:
    /// Zero.
    varint() : bytes_(1, '\0') {}
    template <std::integral I>
        requires(!std::same_as<I, bool>)
    varint(I value)
        : varint(static_cast<std::uint64_t>(value), value < I{}) {}  // NOLINT(google-explicit-constructor)
    /// Two's complement, big-endian, minimal or not; no bytes are 0.
    static varint from_bytes(BytesView bytes);

    /// Decimal digits after an optional sign.
    static std::optional<varint> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const;

    /// nullopt when it does not fit.
    [[nodiscard]] std::optional<std::int64_t> to_int64() const noexcept;
    [[nodiscard]] bool is_negative() const noexcept {
        return (static_cast<unsigned char>(bytes_[0]) & 0x80U) != 0;
    }
    /// Minimal two's complement, at least one byte; valid while this lives unchanged.
    [[nodiscard]] BytesView bytes() const noexcept {
        return {reinterpret_cast<const std::byte*>(bytes_.data()), bytes_.size()};
    }

    friend bool operator==(const varint&, const varint&) = default;
    friend std::strong_ordering operator<=>(const varint& a, const varint& b) noexcept;

private:
    varint(std::uint64_t low_bits, bool negative);

    std::string bytes_;  // a std::string, because it holds 15 bytes without an allocation
};

}  // namespace coodie

template <>
struct std::hash<coodie::varint> {
    std::size_t operator()(const coodie::varint& value) const noexcept {
        return std::hash<std::string_view>()(
            {reinterpret_cast<const char*>(value.bytes().data()), value.bytes().size()});
    }
};
