// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/number.hpp"

#include <coodie/codec/wire.hpp>

#include <bit>

namespace coodie::embedded {

bool is_integer(TypeId id) noexcept {
    return id == TypeId::tinyint || id == TypeId::smallint || id == TypeId::int_ || id == TypeId::bigint ||
           id == TypeId::counter;
}
bool is_floating(TypeId id) noexcept { return id == TypeId::float_ || id == TypeId::double_; }
bool is_big(TypeId id) noexcept { return id == TypeId::varint || id == TypeId::decimal; }
bool is_number(TypeId id) noexcept { return is_integer(id) || is_floating(id) || is_big(id); }

std::int64_t load_integer(BytesView bytes) noexcept {
    std::uint64_t bits =
        !bytes.empty() && std::to_integer<unsigned>(bytes[0]) >= 0x80 ? ~std::uint64_t{0} : 0;
    for (const std::byte b : bytes) bits = bits << 8 | std::to_integer<std::uint64_t>(b);
    return static_cast<std::int64_t>(bits);
}

double load_floating(BytesView bytes) noexcept {
    if (bytes.size() == 4) return std::bit_cast<float>(wire::load<std::int32_t>(bytes.data()));
    if (bytes.size() == 8) return std::bit_cast<double>(wire::load<std::int64_t>(bytes.data()));
    return 0;
}

void append_integer(TypeId id, std::int64_t value, Bytes& out) {
    switch (id) {
        case TypeId::tinyint: wire::append(out, static_cast<std::int8_t>(value)); break;
        case TypeId::smallint: wire::append(out, static_cast<std::int16_t>(value)); break;
        case TypeId::int_: wire::append(out, static_cast<std::int32_t>(value)); break;
        default: wire::append(out, value); break;
    }
}

void append_floating(TypeId id, double value, Bytes& out) {
    if (id == TypeId::float_)
        wire::append(out, std::bit_cast<std::int32_t>(static_cast<float>(value)));
    else
        wire::append(out, std::bit_cast<std::int64_t>(value));
}

}  // namespace coodie::embedded
