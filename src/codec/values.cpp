// SPDX-License-Identifier: Apache-2.0
// Codecs that are no hot path, or need more than a few lines.
#include <coodie/codec/binary.hpp>
#include <coodie/codec/number.hpp>
#include <coodie/codec/time.hpp>

#include <limits>
#include <string>

namespace coodie {

namespace {
constexpr bool fits_int32(std::int64_t value) noexcept {
    return value >= std::numeric_limits<std::int32_t>::min() &&
           value <= std::numeric_limits<std::int32_t>::max();
}
}  // namespace

void Codec<inet>::decode(BytesView content, inet& value) {
    const std::optional<inet> address = inet::from_bytes(content);
    if (!address) wire::refuse("inet takes 4 or 16 bytes, got " + std::to_string(content.size()));
    value = *address;
}

void Codec<varint>::decode(BytesView content, varint& value) {
    if (content.empty()) wire::refuse("varint takes at least 1 byte, got 0");
    value = varint::from_bytes(content);
}

void Codec<decimal>::decode(BytesView content, decimal& value) {
    if (content.size() < 5)
        wire::refuse("decimal takes at least 5 bytes, got " + std::to_string(content.size()));
    value = decimal(varint::from_bytes(content.subspan(4)), wire::load<std::int32_t>(content.data()));
}

void Codec<duration>::encode(const duration& value, Bytes& out) {
    wire::append_vint(out, value.months());
    wire::append_vint(out, value.days());
    wire::append_vint(out, value.nanoseconds());
}

void Codec<duration>::decode(BytesView content, duration& value) {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t nanoseconds = 0;
    if (!wire::take_vint(content, months) || !wire::take_vint(content, days) ||
        !wire::take_vint(content, nanoseconds))
        wire::refuse("duration ends in the middle of a number");
    if (!content.empty())
        wire::refuse("duration has " + std::to_string(content.size()) + " bytes after its last number");
    for (const std::int64_t part : {months, days})
        if (!fits_int32(part))
            wire::refuse_integer("months and days of a duration", part,
                                 std::numeric_limits<std::int32_t>::min(),
                                 std::numeric_limits<std::int32_t>::max());
    value = duration(static_cast<std::int32_t>(months), static_cast<std::int32_t>(days), nanoseconds);
}

void detail::refuse_time_range(std::int64_t milliseconds) {
    wire::refuse("timestamp " + std::to_string(milliseconds) +
                 " ms does not fit the field's resolution; coodie::timestamp holds them all");
}

}  // namespace coodie
