// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/varint.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

#include "types/scan.hpp"

namespace coodie {

namespace {

using boost::multiprecision::cpp_int;

bool has_sign(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0x80U) != 0; }

/// Drops leading bytes that only repeat the sign.
void minimise(std::string& bytes) {
    std::size_t extra = 0;
    while (extra + 1 < bytes.size() && bytes[extra] == (has_sign(bytes[extra + 1]) ? '\xff' : '\0')) ++extra;
    bytes.erase(0, extra);
}

/// Of the bits, which for a negative number are those of -value - 1.
std::string to_twos_complement(const cpp_int& bits, bool negative) {
    std::string bytes(1, '\0');
    export_bits(bits, std::back_inserter(bytes), 8);
    if (negative)
        for (char& byte : bytes) byte = static_cast<char>(~byte);
    minimise(bytes);
    return bytes;
}

}  // namespace

varint::varint(std::uint64_t low_bits, bool negative) : bytes_(9, negative ? '\xff' : '\0') {
    for (std::size_t i = 8; i > 0; --i, low_bits >>= 8U) bytes_[i] = static_cast<char>(low_bits & 0xffU);
    minimise(bytes_);
}

varint varint::from_bytes(BytesView bytes) {
    varint value;
    if (bytes.empty()) return value;
    value.bytes_.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    minimise(value.bytes_);
    return value;
}

std::optional<varint> varint::parse(std::string_view text) {
    Scanner in(text);
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    std::string_view digits = in.take_digits();
    if (digits.empty() || !in.done()) return std::nullopt;
    // A leading zero would mean octal to Boost.
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    if (digits.size() <= 18) {
        const std::int64_t magnitude = *parse_integer<std::int64_t>(digits);
        return varint(negative ? -magnitude : magnitude);
    }
    cpp_int bits{std::string(digits)};
    if (negative) bits -= 1;
    varint value;
    value.bytes_ = to_twos_complement(bits, negative);
    return value;
}

std::string varint::to_string() const {
    if (const auto small = to_int64()) return std::to_string(*small);
    const bool negative = is_negative();
    std::vector<unsigned char> bits(bytes_.begin(), bytes_.end());
    if (negative)
        for (unsigned char& byte : bits) byte = static_cast<unsigned char>(~byte);
    cpp_int value;
    import_bits(value, bits.begin(), bits.end(), 8);
    return negative ? "-" + cpp_int(value + 1).str() : value.str();
}

std::optional<std::int64_t> varint::to_int64() const noexcept {
    if (bytes_.size() > 8) return std::nullopt;
    std::uint64_t bits = is_negative() ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes_) bits = bits << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(bits);
}

std::strong_ordering operator<=>(const varint& a, const varint& b) noexcept {
    if (a.is_negative() != b.is_negative()) return b.is_negative() <=> a.is_negative();
    if (a.bytes_.size() != b.bytes_.size())
        return a.is_negative() ? b.bytes_.size() <=> a.bytes_.size() : a.bytes_.size() <=> b.bytes_.size();
    return a.bytes_.compare(b.bytes_) <=>
           0;  // of one length and sign: two's complement orders as unsigned bytes
}

}  // namespace coodie
