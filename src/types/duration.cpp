// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/duration.hpp>
#include <coodie/types/error.hpp>

#include <array>
#include <limits>

#include "types/ascii_case.hpp"
#include "types/scan.hpp"

namespace coodie {

namespace {

struct Unit {
    std::string_view symbol;
    enum Part { months, days, nanoseconds } part;
    std::uint64_t size;
};

// In the order in which they must come; two letters before one, where one begins the other.
constexpr std::array<Unit, 11> units{{
    {"y", Unit::months, 12},
    {"mo", Unit::months, 1},
    {"w", Unit::days, 7},
    {"d", Unit::days, 1},
    {"h", Unit::nanoseconds, 3'600'000'000'000},
    {"m", Unit::nanoseconds, 60'000'000'000},
    {"s", Unit::nanoseconds, 1'000'000'000},
    {"ms", Unit::nanoseconds, 1'000'000},
    {"us", Unit::nanoseconds, 1'000},
    {"\xc2\xb5s", Unit::nanoseconds, 1'000},
    {"ns", Unit::nanoseconds, 1},
}};
constexpr std::array<std::size_t, 6> iso_units{0, 1, 3, 4, 5, 6};  // Y M D H M S

/// Adds up magnitudes and refuses what does not fit.
class Sum {
public:
    explicit Sum(bool negative) : negative_(negative) {}

    bool add(std::uint64_t number, const Unit& unit) {
        std::uint64_t& total = totals_[unit.part];
        const std::uint64_t limit = most(unit.part);
        std::uint64_t product = 0;
        return !__builtin_mul_overflow(number, unit.size, &product) &&
               !__builtin_add_overflow(total, product, &total) && total <= limit;
    }
    bool add(std::string_view digits, const Unit& unit) {
        const auto number = parse_integer<std::uint64_t>(digits);
        return number && add(*number, unit);
    }
    [[nodiscard]] duration result() const {
        return {static_cast<std::int32_t>(part(Unit::months)), static_cast<std::int32_t>(part(Unit::days)),
                part(Unit::nanoseconds)};
    }

private:
    [[nodiscard]] std::uint64_t most(Unit::Part part) const {
        const std::uint64_t top = part == Unit::nanoseconds
                                      ? std::uint64_t{std::numeric_limits<std::int64_t>::max()}
                                      : std::uint64_t{std::numeric_limits<std::int32_t>::max()};
        return negative_ ? top + 1 : top;
    }
    [[nodiscard]] std::int64_t part(Unit::Part which) const {
        const std::uint64_t total = totals_[which];
        return static_cast<std::int64_t>(negative_ ? ~total + 1 : total);
    }

    std::array<std::uint64_t, 3> totals_{};
    bool negative_;
};

/// "1y2mo3d"; units in falling order, each once.
bool sum_standard(std::string_view text, Sum& sum) {
    const std::string folded = to_lower(text);
    Scanner in(folded);
    std::size_t next = 0;
    if (in.done()) return false;
    while (!in.done()) {
        const std::string_view digits = in.take_digits();
        std::size_t length = 0;
        while (length < in.rest().size() && !is_digit(in.rest()[length])) ++length;
        const std::string_view symbol = in.rest().substr(0, length);
        while (next < units.size() && units[next].symbol != symbol) ++next;
        if (next == units.size() || !sum.add(digits, units[next])) return false;
        in.take(symbol);
        ++next;
    }
    return true;
}

/// "1Y2M3DT4H5M6S", any part of it, or "3W".
bool sum_iso(Scanner in, Sum& sum) {
    constexpr std::string_view letters = "YMDHMS";
    std::size_t next = 0;
    bool any = false;
    bool after_t = false;
    while (!in.done()) {
        if (!after_t && in.take('T')) {
            after_t = true;
            next = 3;
            continue;
        }
        const std::string_view digits = in.take_digits();
        if (!any && !after_t && in.take('W')) return in.done() && sum.add(digits, units[2]);
        const std::size_t end = after_t ? 6 : 3;
        while (next < end && letters[next] != in.peek()) ++next;
        if (next == end || !sum.add(digits, units[iso_units[next]])) return false;
        in.take(letters[next]);
        ++next;
        any = true;
    }
    return any;
}

/// "0001-02-03T04:05:06"
bool sum_iso_alternative(Scanner in, Sum& sum) {
    constexpr std::string_view separators = "--T::";
    for (std::size_t i = 0; i < iso_units.size(); ++i) {
        const std::string_view digits = in.take_digits();
        if (digits.size() != (i == 0 ? 4U : 2U) || !sum.add(digits, units[iso_units[i]])) return false;
        if (i < separators.size() && !in.take(separators[i])) return false;
    }
    return in.done();
}

void append_units(std::string& text, std::uint64_t rest, Unit::Part part) {
    for (const Unit& unit : units) {
        if (unit.part != part || unit.symbol == "w" || unit.symbol[0] == '\xc2' || rest < unit.size) continue;
        text += std::to_string(rest / unit.size);
        text += unit.symbol;
        rest %= unit.size;
    }
}

constexpr std::uint64_t magnitude(std::int64_t value) noexcept {
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

}  // namespace

duration::duration(std::int32_t months, std::int32_t days, std::int64_t nanoseconds)
    : months_(months), days_(days), nanoseconds_(nanoseconds) {
    if (!is_valid(months, days, nanoseconds))
        throw ValidationError("duration of " + std::to_string(months) + " months, " + std::to_string(days) +
                              " days, " + std::to_string(nanoseconds) + " ns: the three must have one sign");
}

std::optional<duration> duration::parse(std::string_view text) {
    Scanner in(text);
    const bool negative = in.take('-');
    Sum sum(negative);
    bool ok = false;
    if (in.take('P'))
        ok = in.rest().find('-') == std::string_view::npos ? sum_iso(in, sum) : sum_iso_alternative(in, sum);
    else
        ok = sum_standard(in.rest(), sum);
    return ok ? std::optional(sum.result()) : std::nullopt;
}

std::string duration::to_string() const {
    std::string text;
    append_units(text, magnitude(months_), Unit::months);
    append_units(text, magnitude(days_), Unit::days);
    append_units(text, magnitude(nanoseconds_), Unit::nanoseconds);
    if (text.empty()) return "0ns";
    return months_ < 0 || days_ < 0 || nanoseconds_ < 0 ? "-" + text : text;
}

}  // namespace coodie
