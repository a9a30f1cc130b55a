// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/counter.hpp>
#include <coodie/types/decimal.hpp>
#include <coodie/types/varint.hpp>

namespace coodie {

/// Minimal two's complement; reads longer forms, too.
template <>
struct Codec<varint> {
    static constexpr std::string_view name = "varint";
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::varint; }
    static void encode(const varint& value, Bytes& out) { wire::append(out, value.bytes()); }
    static void decode(BytesView content, varint& value);
};

/// [int] scale, then the unscaled varint.
template <>
struct Codec<decimal> {
    static constexpr std::string_view name = "decimal";
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::decimal; }
    static void encode(const decimal& value, Bytes& out) {
        wire::append(out, value.scale());
        wire::append(out, value.unscaled().bytes());
    }
    static void decode(BytesView content, decimal& value);
};

/// A null reads as 0 (semantics rule 20 and api.md: a null counter reads 0).
template <>
struct Codec<counter> : detail::FixedInteger<std::int64_t> {
    static constexpr std::string_view name = "counter";
    static constexpr bool counter = true;
    static DataType type() { return TypeId::counter; }
    static void store(coodie::counter value, std::byte* to) noexcept { write(to, value.value()); }
    static void encode(coodie::counter value, Bytes& out) { wire::append(out, value.value()); }
    static void decode(BytesView content, coodie::counter& value) { value = read(content, name); }
    static void decode_null(coodie::counter& value) noexcept { value = 0; }
};

}  // namespace coodie
