// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/big_number.hpp"

#include "embedded/catalog/refuse.hpp"

#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <iterator>

namespace coodie::embedded {
namespace {

constexpr std::int64_t max_shift = 10000;

BigInteger power_of_ten(std::int64_t exponent) {
    if (exponent > max_shift) refuse_invalid("decimals of scales that are too far apart to calculate with");
    return boost::multiprecision::pow(BigInteger(10), static_cast<unsigned>(exponent));
}

}  // namespace

BigInteger load_varint(BytesView bytes) {
    BigInteger value;
    if (bytes.empty()) return value;
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    boost::multiprecision::import_bits(value, data, data + bytes.size(), 8);
    if ((data[0] & 0x80U) != 0) value -= BigInteger(1) << (8 * bytes.size());
    return value;
}

void append_varint(const BigInteger& value, Bytes& out) {
    std::size_t length = 1;
    const BigInteger magnitude = value < 0 ? BigInteger(-value - 1) : value;
    if (magnitude > 0) length = boost::multiprecision::msb(magnitude) / 8 + 1;
    // The topmost bit is the sign.
    if (magnitude > 0 && (boost::multiprecision::msb(magnitude) + 1) % 8 == 0) ++length;
    BigInteger bits = value < 0 ? BigInteger(value + (BigInteger(1) << (8 * length))) : value;
    std::vector<unsigned char> bytes;
    boost::multiprecision::export_bits(bits, std::back_inserter(bytes), 8);
    if (bytes.size() < length) bytes.insert(bytes.begin(), length - bytes.size(), 0);
    wire::append(out, bytes.data() + (bytes.size() - length), length);
}

BigInteger BigDecimal::truncated() const {
    if (scale <= 0) return unscaled * power_of_ten(-std::int64_t{scale});
    // So many places after the point that nothing is left.
    if (scale > max_shift && boost::multiprecision::msb(abs(unscaled) + 1) < static_cast<unsigned>(scale))
        return 0;
    return unscaled / power_of_ten(scale);
}

BigDecimal load_decimal(BytesView bytes) {
    if (bytes.size() < 4) return {};
    return {load_varint(bytes.subspan(4)), wire::load<std::int32_t>(bytes.data())};
}

void append_decimal(const BigDecimal& value, Bytes& out) {
    wire::append(out, value.scale);
    append_varint(value.unscaled, out);
}

BigDecimal add(const BigDecimal& a, const BigDecimal& b) {
    const std::int32_t scale = std::max(a.scale, b.scale);
    return {a.unscaled * power_of_ten(std::int64_t{scale} - a.scale) +
                b.unscaled * power_of_ten(std::int64_t{scale} - b.scale),
            scale};
}

BigDecimal divide(const BigDecimal& a, std::int64_t count) {
    BigInteger quotient;
    BigInteger remainder;
    boost::multiprecision::divide_qr(a.unscaled, BigInteger(count), quotient, remainder);
    const BigInteger twice = abs(remainder) * 2;
    const bool up = twice > count || (twice == count && quotient % 2 != 0);
    if (up) quotient += a.unscaled < 0 ? -1 : 1;
    return {quotient, a.scale};
}

}  // namespace coodie::embedded
