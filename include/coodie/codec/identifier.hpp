// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec_base.hpp>
#include <coodie/types/timeuuid.hpp>
#include <coodie/types/uuid.hpp>

namespace coodie {

template <>
struct Codec<uuid> {
    static constexpr std::string_view name = "uuid";
    static constexpr std::size_t fixed_size = 16;
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::uuid; }
    static void store(const uuid& value, std::byte* to) noexcept {
        wire::store(to, value.most());
        wire::store(to + 8, value.least());
    }
    static void encode(const uuid& value, Bytes& out) { store(value, wire::extend(out, 16)); }
    static void decode(BytesView content, uuid& value) {
        if (content.size() != 16) wire::refuse_length(name, 16, content.size());
        value =
            uuid(wire::load<std::uint64_t>(content.data()), wire::load<std::uint64_t>(content.data() + 8));
    }
};

/// Only version 1, both ways: the server refuses others.
template <>
struct Codec<timeuuid> {
    static constexpr std::string_view name = "timeuuid";
    static constexpr std::size_t fixed_size = 16;
    static constexpr bool zero_is_null = true;
    static DataType type() { return TypeId::timeuuid; }
    static void store(const timeuuid& value, std::byte* to) {
        if (value.id().version() != 1) (void)timeuuid(value.id());  // throws
        Codec<uuid>::store(value.id(), to);
    }
    static void encode(const timeuuid& value, Bytes& out) { store(value, wire::extend(out, 16)); }
    static void decode(BytesView content, timeuuid& value) {
        if (content.size() != 16) wire::refuse_length(name, 16, content.size());
        uuid id;
        Codec<uuid>::decode(content, id);
        value = timeuuid(id);
    }
};

}  // namespace coodie
