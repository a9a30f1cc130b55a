// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `uuid`, of any version (RFC 4122). All zero to begin with.
class uuid {
public:
    constexpr uuid() = default;
    /// The first and the last eight bytes as big-endian numbers.
    constexpr uuid(std::uint64_t most, std::uint64_t least) noexcept : most_(most), least_(least) {}

    /// A version 4 UUID of 122 random bits from the operating system. Any thread; safe after fork.
    /// Throws std::system_error when the system gives none.
    static uuid random();
    /// "f47ac10b-58cc-4372-a567-0e02b2c3d479", any case.
    static std::optional<uuid> parse(std::string_view text);
    /// 36 characters, lower case.
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] constexpr std::uint64_t most() const noexcept { return most_; }
    [[nodiscard]] constexpr std::uint64_t least() const noexcept { return least_; }
    [[nodiscard]] constexpr int version() const noexcept { return static_cast<int>(most_ >> 12U & 0xfU); }
    [[nodiscard]] constexpr bool is_nil() const noexcept { return (most_ | least_) == 0; }

    friend constexpr bool operator==(const uuid&, const uuid&) = default;
    /// As CQL: by version, then by time (version 1), then by unsigned bytes (semantics rule 6).
    friend constexpr std::strong_ordering operator<=>(const uuid& a, const uuid& b) noexcept {
        if (a.version() != b.version()) return a.version() <=> b.version();
        if (a.version() == 1 && a.most_ != b.most_) return time_bits(a.most_) <=> time_bits(b.most_);
        if (a.most_ != b.most_) return a.most_ <=> b.most_;
        return a.least_ <=> b.least_;
    }

    /// The time fields of a version 1 UUID in the order of their weight.
    [[nodiscard]] static constexpr std::uint64_t time_bits(std::uint64_t most) noexcept {
        return most << 48U | (most << 16U & 0xffff00000000U) | most >> 32U;
    }

private:
    std::uint64_t most_ = 0;
    std::uint64_t least_ = 0;
};

}  // namespace coodie

template <>
struct std::hash<coodie::uuid> {
    std::size_t operator()(const coodie::uuid& value) const noexcept {
        return static_cast<std::size_t>(value.most() * 0x9e3779b97f4a7c15U ^ value.least());
    }
};
