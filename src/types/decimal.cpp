// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

#include "types/scan.hpp"

namespace coodie {

namespace {

/// The digits of a number without its sign.
std::string magnitude(const varint& value) {
    std::string digits = value.to_string();
    if (digits[0] == '-') digits.erase(0, 1);
    return digits;
}

bool is_zero(const varint& value) noexcept {
    return value.bytes().size() == 1 && value.bytes()[0] == std::byte{0};
}

/// |a| against |b|, neither zero. Compares digits: bringing both to one scale could take 2^31 of them.
std::weak_ordering compare_magnitudes(const decimal& a, const decimal& b) {
    const std::string left = magnitude(a.unscaled());
    const std::string right = magnitude(b.unscaled());
    const std::int64_t left_weight = static_cast<std::int64_t>(left.size()) - a.scale();
    const std::int64_t right_weight = static_cast<std::int64_t>(right.size()) - b.scale();
    if (left_weight != right_weight) return left_weight <=> right_weight;
    const std::size_t common = std::min(left.size(), right.size());
    if (const int order = left.compare(0, common, right, 0, common); order != 0) return order <=> 0;
    if (left.find_first_not_of('0', common) != std::string::npos) return std::weak_ordering::greater;
    if (right.find_first_not_of('0', common) != std::string::npos) return std::weak_ordering::less;
    return std::weak_ordering::equivalent;
}

/// "e+3" and what follows; 0 when nothing does.
bool take_exponent(Scanner& in, std::int64_t& exponent) {
    if (!in.take('e') && !in.take('E')) return true;
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    if (!in.take_number(1, 10, exponent)) return false;
    if (negative) exponent = -exponent;
    return true;
}

}  // namespace

std::optional<decimal> decimal::parse(std::string_view text) {
    Scanner in(text);
    std::string digits = in.take('-') ? "-" : "";
    if (digits.empty()) in.take('+');
    const std::size_t sign = digits.size();
    digits += in.take_digits();
    std::int64_t scale = 0;
    if (in.take('.')) {
        const std::string_view fraction = in.take_digits();
        digits += fraction;
        scale = static_cast<std::int64_t>(fraction.size());
    }
    std::int64_t exponent = 0;
    if (digits.size() == sign || !take_exponent(in, exponent) || !in.done()) return std::nullopt;
    scale -= exponent;
    if (scale < std::numeric_limits<std::int32_t>::min() || scale > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return decimal(*varint::parse(digits), static_cast<std::int32_t>(scale));
}

std::string decimal::to_string() const {
    std::string digits = magnitude(unscaled_);
    const std::string sign = unscaled_.is_negative() ? "-" : "";
    if (scale_ == 0) return sign + digits;
    const std::int64_t exponent = static_cast<std::int64_t>(digits.size()) - 1 - scale_;
    if (scale_ > 0 && exponent >= -6) {
        const auto fraction = static_cast<std::size_t>(scale_);
        if (digits.size() <= fraction) digits.insert(0, fraction - digits.size() + 1, '0');
        digits.insert(digits.size() - fraction, 1, '.');
        return sign + digits;
    }
    if (digits.size() > 1) digits.insert(1, 1, '.');
    return sign + digits + (exponent < 0 ? "E" : "E+") + std::to_string(exponent);
}

double decimal::to_double() const {
    const std::string text = to_string();
    double value = 0;
    // Not strtod: it reads the point as the process's locale writes it.
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc()) return value;
    const double sign = unscaled_.is_negative() ? -1.0 : 1.0;
    return text.find("E-") == std::string::npos ? sign * std::numeric_limits<double>::infinity() : sign * 0.0;
}

std::weak_ordering decimal::compare(const decimal& a, const decimal& b) {
    const auto sign = [](const varint& value) { return is_zero(value) ? 0 : value.is_negative() ? -1 : 1; };
    const int left = sign(a.unscaled_);
    const int right = sign(b.unscaled_);
    if (left != right) return left <=> right;
    if (left == 0) return std::weak_ordering::equivalent;
    if (a.scale_ == b.scale_) return a.unscaled_ <=> b.unscaled_;
    return left > 0 ? compare_magnitudes(a, b) : compare_magnitudes(b, a);
}

std::strong_ordering operator<=>(const decimal& a, const decimal& b) {
    const std::weak_ordering order = decimal::compare(a, b);
    if (order < 0) return std::strong_ordering::less;
    if (order > 0) return std::strong_ordering::greater;
    return a.scale_ <=> b.scale_;
}

}  // namespace coodie
