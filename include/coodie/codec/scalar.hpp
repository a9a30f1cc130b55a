// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace coodie {

namespace detail {

template <class I>
struct IntegerCodec : FixedInteger<I> {
    static void store(I value, std::byte* to) noexcept { wire::store(to, value); }
    static void encode(I value, Bytes& out) { wire::append(out, value); }
};

}  // namespace detail

template <>
struct Codec<std::int8_t> : detail::IntegerCodec<std::int8_t> {
    static constexpr bool vector_prefixed = true;
    static constexpr std::string_view name = "tinyint";
    static DataType type() { return TypeId::tinyint; }
    static void decode(BytesView content, std::int8_t& value) { value = read(content, name); }
};
template <>
struct Codec<std::int16_t> : detail::IntegerCodec<std::int16_t> {
    static constexpr bool vector_prefixed = true;
    static constexpr std::string_view name = "smallint";
    static DataType type() { return TypeId::smallint; }
    static void decode(BytesView content, std::int16_t& value) { value = read(content, name); }
};
template <>
struct Codec<std::int32_t> : detail::IntegerCodec<std::int32_t> {
    static constexpr std::string_view name = "int";
    static DataType type() { return TypeId::int_; }
    static void decode(BytesView content, std::int32_t& value) { value = read(content, name); }
};
template <>
struct Codec<std::int64_t> : detail::IntegerCodec<std::int64_t> {
    static constexpr std::string_view name = "bigint";
    static DataType type() { return TypeId::bigint; }
    static void decode(BytesView content, std::int64_t& value) { value = read(content, name); }
};
/// Whichever of `long` and `long long` std::int64_t is not.
template <>
struct Codec<std::conditional_t<std::same_as<std::int64_t, long>, long long, long>>
    : detail::IntegerCodec<std::conditional_t<std::same_as<std::int64_t, long>, long long, long>> {
    static_assert(fixed_size == 8);
    static constexpr std::string_view name = "bigint";
    static DataType type() { return TypeId::bigint; }
    template <class I>
    static void decode(BytesView content, I& value) {
        value = read(content, name);
    }
};

/// One byte; any but zero reads as true, as the server reads it.
template <>
struct Codec<bool> {
    static constexpr std::string_view name = "boolean";
    static constexpr std::size_t fixed_size = 1;
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::boolean; }
    static void store(bool value, std::byte* to) noexcept { *to = value ? std::byte{1} : std::byte{0}; }
    static void encode(bool value, Bytes& out) { out.push_back(value ? std::byte{1} : std::byte{0}); }
    static void decode(BytesView content, bool& value) {
        if (content.size() != 1) wire::refuse_length(name, 1, content.size());
        value = content[0] != std::byte{0};
    }
};

/// IEEE 754 binary32; NaN payloads travel unchanged.
template <>
struct Codec<float> : detail::FixedInteger<std::uint32_t> {
    static_assert(std::numeric_limits<float>::is_iec559);
    static constexpr std::string_view name = "float";
    static DataType type() { return TypeId::float_; }
    static void store(float value, std::byte* to) noexcept { write(to, std::bit_cast<std::uint32_t>(value)); }
    static void encode(float value, Bytes& out) { wire::append(out, std::bit_cast<std::uint32_t>(value)); }
    static void decode(BytesView content, float& value) { value = std::bit_cast<float>(read(content, name)); }
};
/// IEEE 754 binary64.
template <>
struct Codec<double> : detail::FixedInteger<std::uint64_t> {
    static_assert(std::numeric_limits<double>::is_iec559);
    static constexpr std::string_view name = "double";
    static DataType type() { return TypeId::double_; }
    static void store(double value, std::byte* to) noexcept {
        write(to, std::bit_cast<std::uint64_t>(value));
    }
    static void encode(double value, Bytes& out) { wire::append(out, std::bit_cast<std::uint64_t>(value)); }
    static void decode(BytesView content, double& value) {
        value = std::bit_cast<double>(read(content, name));
    }
};

/// The integer as `To`; throws ValidationError "2000 does not fit tinyint (-128..127)" when it is out of
/// range.
template <class To, std::integral From>
    requires std::signed_integral<To>
[[nodiscard]] constexpr To fit_integer(From value) {
    if (!std::in_range<To>(value)) {
        using Wide = std::conditional_t<std::is_signed_v<From>, std::int64_t, std::uint64_t>;
        wire::refuse_integer(Codec<To>::name, static_cast<Wide>(value), std::numeric_limits<To>::min(),
                             std::numeric_limits<To>::max());
    }
    return static_cast<To>(value);
}

}  // namespace coodie
