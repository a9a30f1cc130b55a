// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/timestamp.hpp>
#include <coodie/types/uuid.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// CQL `timeuuid`: a version 1 UUID. A default one is all zero and cannot be written.
class timeuuid {
public:
    constexpr timeuuid() = default;
    /// Throws ValidationError unless `id` is of version 1.
    explicit timeuuid(const uuid& id);

    /// The current time; strictly greater than every one that this process made before, on any thread. Node
    /// and clock sequence are random, chosen once per process (again after fork).
    static timeuuid now();
    /// nullopt also for a UUID of another version.
    static std::optional<timeuuid> parse(std::string_view text);
    [[nodiscard]] std::string to_string() const { return id_.to_string(); }

    /// When it was made, rounded down to the millisecond.
    [[nodiscard]] timestamp time() const noexcept;
    /// Units of 100 ns since 1582-10-15.
    [[nodiscard]] std::uint64_t ticks() const noexcept {
        return uuid::time_bits(id_.most()) & 0x0fffffffffffffffU;
    }
    [[nodiscard]] constexpr std::uint64_t most() const noexcept { return id_.most(); }
    [[nodiscard]] constexpr std::uint64_t least() const noexcept { return id_.least(); }
    [[nodiscard]] constexpr const uuid& id() const noexcept { return id_; }
    constexpr operator const uuid&() const noexcept { return id_; }  // NOLINT(google-explicit-constructor)

    friend constexpr bool operator==(const timeuuid& a, const timeuuid& b) noexcept { return a.id_ == b.id_; }
    /// As CQL: by time, then by the last eight bytes, each compared as signed (semantics rule 6).
    friend constexpr std::strong_ordering operator<=>(const timeuuid& a, const timeuuid& b) noexcept {
        if (a.most() != b.most()) return uuid::time_bits(a.most()) <=> uuid::time_bits(b.most());
        // Flipping each byte's sign bit turns signed comparison of bytes into unsigned comparison of the
        // number.
        constexpr std::uint64_t signs = 0x8080808080808080U;
        return (a.least() ^ signs) <=> (b.least() ^ signs);
    }

private:
    uuid id_;
};

/// The least and the greatest timeuuid of a millisecond: Cassandra's minTimeuuid and maxTimeuuid. No real
/// timeuuids; for conditions. Throws ValidationError for a time before 1582-10-15 or after 5236-03-31, which
/// no timeuuid has.
[[nodiscard]] timeuuid min_timeuuid(timestamp time);
[[nodiscard]] timeuuid max_timeuuid(timestamp time);

}  // namespace coodie

template <>
struct std::hash<coodie::timeuuid> {
    std::size_t operator()(const coodie::timeuuid& value) const noexcept {
        return std::hash<coodie::uuid>()(value.id());
    }
};
