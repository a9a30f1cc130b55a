// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/comparable_parts.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace coodie::embedded::storage {

namespace {

constexpr std::size_t short_length = 0x6F;
constexpr std::uint8_t long_positive = 0xF0;
constexpr std::uint8_t long_negative = 0x0F;

bool is_negative(BytesView number) noexcept { return (number.front() & std::byte{0x80}) != std::byte{0}; }

BytesView minimal(BytesView number) noexcept {
    while (number.size() > 1) {
        const bool sign = is_negative(number);
        if (number.front() != (sign ? std::byte{0xFF} : std::byte{0}) ||
            is_negative(number.subspan(1)) != sign)
            break;
        number = number.subspan(1);
    }
    return number;
}

/// An unsigned number of any size, in 32-bit limbs, least significant first.
class Magnitude {
public:
    Magnitude() = default;
    /// The absolute value of two's complement bytes.
    explicit Magnitude(BytesView number) {
        const bool negative = is_negative(number);
        unsigned carry = negative ? 1 : 0;
        limbs_.reserve(number.size() / 4 + 1);
        std::uint32_t limb = 0;
        for (std::size_t i = 0; i < number.size(); ++i) {
            auto byte = static_cast<unsigned>(number[number.size() - 1 - i]);
            if (negative) byte = (byte ^ 0xFFU) + carry;
            carry = negative ? byte >> 8U : 0;
            limb |= (byte & 0xFFU) << (8 * (i % 4));
            if (i % 4 == 3) limbs_.push_back(std::exchange(limb, 0));
        }
        limbs_.push_back(limb);
        if (carry != 0) limbs_.push_back(1);
        trim();
    }

    /// Decimal digits without leading zeros; "" for 0.
    [[nodiscard]] std::string digits() && {
        std::string out;
        while (!limbs_.empty()) {
            std::uint64_t rest = 0;
            for (std::size_t i = limbs_.size(); i-- > 0;) {
                const std::uint64_t value = rest << 32U | limbs_[i];
                limbs_[i] = static_cast<std::uint32_t>(value / 1'000'000'000);
                rest = value % 1'000'000'000;
            }
            trim();
            for (int i = 0; i < 9; ++i, rest /= 10) out.push_back(static_cast<char>('0' + rest % 10));
        }
        while (!out.empty() && out.back() == '0') out.pop_back();
        std::reverse(out.begin(), out.end());
        return out;
    }

    void add_digit(unsigned digit) {
        std::uint64_t carry = digit;
        for (std::uint32_t& limb : limbs_) {
            carry += std::uint64_t{limb} * 10;
            limb = static_cast<std::uint32_t>(carry);
            carry >>= 32U;
        }
        if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
    }

    /// Appends minimal two's complement.
    void append(bool negative, Bytes& out) const {
        Bytes number{std::byte{0}};
        for (std::size_t i = limbs_.size(); i-- > 0;) append_integer(number, limbs_[i], 4);
        if (negative) {
            unsigned carry = 1;
            for (std::size_t i = number.size(); i-- > 0;) {
                carry += static_cast<unsigned>(number[i]) ^ 0xFFU;
                number[i] = static_cast<std::byte>(carry);
                carry >>= 8U;
            }
        }
        const BytesView short_form = minimal(number);
        out.insert(out.end(), short_form.begin(), short_form.end());
    }

private:
    void trim() {
        while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
    }
    std::vector<std::uint32_t> limbs_;
};

enum class Sign : std::uint8_t { negative = 0, zero = 1, positive = 2 };

/// Digits two to a byte, 1..100 each, then 0; all xor-ed with `mask`.
void append_digits(const std::string& digits, unsigned mask, Bytes& out) {
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = digits[i] - '0';
        const int low = i + 1 < digits.size() ? digits[i + 1] - '0' : 0;
        append_byte(out, static_cast<unsigned>(high * 10 + low + 1) ^ mask);
    }
    append_byte(out, mask);
}

bool read_digits(FormReader& form, unsigned mask, std::string& digits) {
    while (form.left() > 0) {
        const unsigned pair = form.take() ^ mask;
        if (pair == 0) {
            if (!digits.empty() && digits.back() == '0') digits.pop_back();
            return !digits.empty();
        }
        if (pair > 100) return false;
        digits.push_back(static_cast<char>('0' + (pair - 1) / 10));
        digits.push_back(static_cast<char>('0' + (pair - 1) % 10));
    }
    return false;
}

}  // namespace

void append_varint_form(BytesView content, Bytes& out) {
    const BytesView number = minimal(content);
    const std::size_t length = number.size();
    const bool negative = is_negative(number);
    if (length <= short_length) {
        append_byte(out,
                    negative ? 0x7FU - static_cast<unsigned>(length) : 0x80U + static_cast<unsigned>(length));
    } else {
        append_byte(out, negative ? long_negative : long_positive);
        append_integer(out, negative ? ~std::uint64_t{length} : std::uint64_t{length}, 4);
    }
    out.insert(out.end(), number.begin(), number.end());
}

bool read_varint_form(FormReader& form, Bytes& content) {
    if (form.left() == 0) return false;
    const std::uint8_t head = form.take();
    std::size_t length = 0;
    if (head == long_positive || head == long_negative) {
        if (form.left() < 4) return false;
        const auto raw = static_cast<std::uint32_t>(form.take_integer(4));
        length = head == long_positive ? raw : ~raw;
    } else {
        length = head >= 0x80 ? head - 0x80U : 0x7FU - head;
    }
    if (length == 0 || length > form.left()) return false;
    for (std::size_t i = 0; i < length; ++i) append_byte(content, form.take());
    return true;
}

bool append_decimal_form(BytesView content, Bytes& out) {
    if (content.size() < 5) return false;
    const auto scale = static_cast<std::int32_t>(integer_at(content, 0, 4));
    const BytesView number = content.subspan(4);
    std::string digits = Magnitude(number).digits();
    if (digits.empty()) {
        append_byte(out, static_cast<unsigned>(Sign::zero));
        return true;
    }
    const std::int64_t exponent = static_cast<std::int64_t>(digits.size()) - scale;
    while (digits.back() == '0') digits.pop_back();
    const bool negative = is_negative(number);
    append_byte(out, static_cast<unsigned>(negative ? Sign::negative : Sign::positive));
    const std::uint64_t biased = static_cast<std::uint64_t>(exponent) ^ sign64;
    append_integer(out, negative ? ~biased : biased, 8);
    append_digits(digits, negative ? 0xFFU : 0U, out);
    return true;
}

bool read_decimal_form(FormReader& form, Bytes& content) {
    if (form.left() == 0) return false;
    const std::uint8_t sign = form.take();
    if (sign == static_cast<std::uint8_t>(Sign::zero)) {
        append_integer(content, 0, 5);
        return true;
    }
    const bool negative = sign == static_cast<std::uint8_t>(Sign::negative);
    if (sign > static_cast<std::uint8_t>(Sign::positive) || form.left() < 8) return false;
    const std::uint64_t raw = form.take_integer(8);
    const auto exponent = static_cast<std::int64_t>((negative ? ~raw : raw) ^ sign64);
    std::string digits;
    if (!read_digits(form, negative ? 0xFFU : 0U, digits)) return false;
    // A whole number of moderate size shows without exponent: 1200 rather than 12E+2.
    constexpr std::int64_t zeros_shown = 64;
    constexpr std::int64_t smallest_scale = std::numeric_limits<std::int32_t>::min();
    const auto size = static_cast<std::int64_t>(digits.size());
    if (exponent > std::int64_t{1} << 40U || exponent < -(std::int64_t{1} << 40U)) return false;
    std::int64_t scale = size - exponent;
    std::int64_t zeros = scale < 0 && -scale <= zeros_shown ? -scale : 0;
    if (scale < smallest_scale) zeros = smallest_scale - scale;
    if (zeros > 1'000'000) return false;
    digits.append(static_cast<std::size_t>(zeros), '0');
    scale += zeros;
    if (scale > std::numeric_limits<std::int32_t>::max()) return false;
    append_integer(content, static_cast<std::uint64_t>(scale), 4);
    Magnitude magnitude;
    for (const char digit : digits) magnitude.add_digit(static_cast<unsigned>(digit - '0'));
    magnitude.append(negative, content);
    return true;
}

}  // namespace coodie::embedded::storage
