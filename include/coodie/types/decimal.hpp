// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/varint.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace coodie {

/// CQL `decimal`: unscaled * 10^-scale. Keeps its scale: 1.0 and 1.00 are two values (semantics rule 5).
class decimal {
public:
    decimal() = default;
    explicit decimal(varint unscaled, std::int32_t scale = 0)
        : unscaled_(std::move(unscaled)), scale_(scale) {}

    /// "12.50", "-3", "1E+3", ".5": as Java's BigDecimal reads it. nullopt also when the scale leaves int32.
    static std::optional<decimal> parse(std::string_view text);
    /// As Java's BigDecimal writes it: plain, or with an exponent when the scale is negative or the number
    /// tiny; gives the same value and scale back.
    [[nodiscard]] std::string to_string() const;
    /// The nearest double; infinite when out of range.
    [[nodiscard]] double to_double() const;

    [[nodiscard]] const varint& unscaled() const noexcept { return unscaled_; }
    [[nodiscard]] std::int32_t scale() const noexcept { return scale_; }

    /// By number alone, as CQL orders decimals: 1.0 and 1.00 are equivalent.
    [[nodiscard]] static std::weak_ordering compare(const decimal& a, const decimal& b);
    /// The same number and the same scale.
    friend bool operator==(const decimal&, const decimal&) = default;
    /// By number, then by scale.
    friend std::strong_ordering operator<=>(const decimal& a, const decimal& b);

private:
    varint unscaled_;
    std::int32_t scale_ = 0;
};

}  // namespace coodie

template <>
struct std::hash<coodie::decimal> {
    std::size_t operator()(const coodie::decimal& value) const noexcept {
        return std::hash<coodie::varint>()(value.unscaled()) ^
               (static_cast<std::size_t>(static_cast<std::uint32_t>(value.scale())) << 1U);
    }
};
