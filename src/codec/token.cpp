// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/refuse.hpp>
#include <coodie/codec/token.hpp>
#include <coodie/codec/wire.hpp>

#include <bit>
#include <limits>
#include <string>

namespace coodie {

namespace {

constexpr std::uint64_t c1 = 0x87c37b91114253d5U;
constexpr std::uint64_t c2 = 0x4cf5ad432745937fU;

std::uint64_t little_endian(const std::byte* from) noexcept {
    return __builtin_bswap64(wire::load<std::uint64_t>(from));
}

constexpr std::uint64_t finish(std::uint64_t k) noexcept {
    k = (k ^ k >> 33U) * 0xff51afd7ed558ccdU;
    k = (k ^ k >> 33U) * 0xc4ceb9fe1a85ec53U;
    return k ^ k >> 33U;
}

constexpr std::uint64_t mix1(std::uint64_t k) noexcept { return std::rotl(k * c1, 31) * c2; }
constexpr std::uint64_t mix2(std::uint64_t k) noexcept { return std::rotl(k * c2, 33) * c1; }

/// Up to eight bytes as a little-endian number. Cassandra widens each as a signed byte, so one above 0x7f
/// turns all bits above it.
std::uint64_t signed_tail(BytesView bytes) noexcept {
    std::uint64_t k = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto wide = static_cast<std::int64_t>(std::to_integer<std::int8_t>(bytes[i]));
        k ^= static_cast<std::uint64_t>(wide) << (8 * i);
    }
    return k;
}

}  // namespace

std::int64_t murmur3_token(BytesView key) noexcept {
    if (key.empty()) return std::numeric_limits<std::int64_t>::min();
    const std::size_t length = key.size();
    std::uint64_t h1 = 0;
    std::uint64_t h2 = 0;
    for (; key.size() >= 16; key = key.subspan(16)) {
        h1 = (std::rotl(h1 ^ mix1(little_endian(key.data())), 27) + h2) * 5 + 0x52dce729U;
        h2 = (std::rotl(h2 ^ mix2(little_endian(key.data() + 8)), 31) + h1) * 5 + 0x38495ab5U;
    }
    if (key.size() > 8) h2 ^= mix2(signed_tail(key.subspan(8)));
    if (!key.empty()) h1 ^= mix1(signed_tail(key.first(key.size() < 8 ? key.size() : 8)));
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    const auto token = static_cast<std::int64_t>(h1 + h2);
    return token == std::numeric_limits<std::int64_t>::min() ? std::numeric_limits<std::int64_t>::max()
                                                             : token;
}

Bytes routing_key(std::span<const BytesView> components) {
    Bytes key;
    if (components.size() == 1) {
        wire::append(key, components[0]);
        return key;
    }
    for (const BytesView component : components) {
        if (component.size() > std::numeric_limits<std::uint16_t>::max())
            wire::refuse("a partition key component of " + std::to_string(component.size()) +
                         " bytes is longer than 65535");
        wire::append(key, static_cast<std::uint16_t>(component.size()));
        wire::append(key, component);
        key.push_back(std::byte{0});
    }
    return key;
}

}  // namespace coodie
