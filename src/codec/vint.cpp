// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/wire.hpp>

namespace coodie::wire {

namespace {
constexpr std::uint64_t zigzag(std::int64_t value) noexcept {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value) noexcept {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}
}  // namespace

void append_unsigned_vint(Bytes& out, std::uint64_t value) {
    // Seven value bits per byte up to eight bytes; the ninth byte brings eight.
    const unsigned bits = static_cast<unsigned>(std::bit_width(value | 1U));
    const unsigned extra = bits > 56 ? 8 : (bits - 1) / 7;
    const auto lead = static_cast<std::uint8_t>(0xff00U >> extra);
    std::byte* to = extend(out, std::size_t{extra} + 1);
    for (unsigned i = extra; i > 0; --i, value >>= 8U) to[i] = static_cast<std::byte>(value & 0xffU);
    to[0] = static_cast<std::byte>(lead | value);
}

void append_vint(Bytes& out, std::int64_t value) { append_unsigned_vint(out, zigzag(value)); }

bool take_unsigned_vint(BytesView& rest, std::uint64_t& value) noexcept {
    if (rest.empty()) return false;
    const auto lead = std::to_integer<std::uint8_t>(rest[0]);
    const auto extra = static_cast<std::size_t>(std::countl_one(lead));
    if (rest.size() <= extra) return false;
    value = extra >= 8 ? 0 : lead & (0xffU >> extra);
    for (std::size_t i = 1; i <= extra; ++i) value = value << 8U | std::to_integer<std::uint64_t>(rest[i]);
    rest = rest.subspan(extra + 1);
    return true;
}

bool take_vint(BytesView& rest, std::int64_t& value) noexcept {
    std::uint64_t raw = 0;
    if (!take_unsigned_vint(rest, raw)) return false;
    value = unzigzag(raw);
    return true;
}

}  // namespace coodie::wire
