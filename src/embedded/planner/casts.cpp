// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/big_number.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/number.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <limits>
#include <mutex>

namespace coodie::embedded {
namespace {

bool is_text(TypeId id) { return id == TypeId::text || id == TypeId::ascii; }

/// As Java narrows a double: NaN is 0, what is too large stops at the limit.
std::int64_t truncate(double value, TypeId to) {
    if (std::isnan(value)) return 0;
    const bool wide = to == TypeId::bigint || to == TypeId::counter;
    const auto low =
        wide ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int32_t>::min();
    const auto high =
        wide ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int32_t>::max();
    if (value <= static_cast<double>(low)) return low;
    if (value >= static_cast<double>(high)) return high;
    return static_cast<std::int64_t>(value);
}

bool cast_number(const Function& self, std::span<const Value> arguments, Bytes& out) {
    const BytesView bytes = arguments[0].content;
    if (bytes.empty()) return false;
    const TypeId from = self.arguments[0].id();
    const TypeId to = self.result.id();
    if (is_floating(from)) {
        const double value = load_floating(bytes);
        if (is_floating(to))
            append_floating(to, value, out);
        else
            append_integer(to, truncate(value, to), out);
        return true;
    }
    const std::int64_t value = load_integer(bytes);
    if (is_floating(to))
        append_floating(to, static_cast<double>(value), out);
    else
        append_integer(to, value, out);
    return true;
}

/// To varint and decimal, by way of the text.
bool cast_by_text(const Function& self, std::span<const Value> arguments, Bytes& out) {
    std::string text = format_value(self.arguments[0], Cell(arguments[0].content));
    if (self.result.id() == TypeId::varint) text = text.substr(0, text.find('.'));
    std::string reason;
    const std::optional<Bytes> bytes = parse_value(self.result, text, reason);
    if (!bytes) refuse_invalid("Cannot cast " + text + " to " + self.result.to_string() + ": " + reason);
    wire::append(out, *bytes);
    return true;
}

/// From varint and decimal. Integers keep their low bits, as Java's BigInteger.intValue.
bool cast_big(const Function& self, std::span<const Value> arguments, Bytes& out) {
    const BytesView bytes = arguments[0].content;
    const bool decimal = self.arguments[0].id() == TypeId::decimal;
    const TypeId to = self.result.id();
    if (bytes.empty()) return false;
    if (is_floating(to)) {
        append_floating(to, std::strtod(format_value(self.arguments[0], Cell(bytes)).c_str(), nullptr), out);
        return true;
    }
    if (to == TypeId::decimal) {
        append_decimal({load_varint(bytes), 0}, out);
        return true;
    }
    Bytes whole;
    append_varint(decimal ? load_decimal(bytes).truncated() : load_varint(bytes), whole);
    if (to == TypeId::varint) {
        wire::append(out, whole);
    } else {
        append_integer(to, load_integer(whole), out);
    }
    return true;
}

bool cast_to_text(const Function& self, std::span<const Value> arguments, Bytes& out) {
    if (is_text(self.arguments[0].id())) {
        wire::append(out, arguments[0].content);
        return true;
    }
    std::string text = format_value(self.arguments[0], Cell(arguments[0].content));
    if (text.size() >= 2 && text.front() == '\'') text = text.substr(1, text.size() - 2);
    wire::append(out, wire::as_bytes(text));
    return true;
}

bool cast_time(const Function& self, std::span<const Value> arguments, Bytes& out) {
    const std::string_view name = self.result.id() == TypeId::date ? "todate" : "totimestamp";
    for (const Function& function : find_functions(name))
        if (function.arguments == self.arguments) return function.call(function, arguments, out);
    return false;
}

using Cast = bool (*)(const Function&, std::span<const Value>, Bytes&);

Cast find_cast(TypeId from, TypeId to) {
    if (is_text(to)) {
        const bool fits = is_number(from) || is_text(from) || from == TypeId::boolean ||
                          from == TypeId::timestamp || from == TypeId::date || from == TypeId::time ||
                          from == TypeId::uuid || from == TypeId::timeuuid || from == TypeId::inet;
        return fits && !(from == TypeId::text && to == TypeId::ascii) ? cast_to_text : nullptr;
    }
    if (is_number(from) && is_number(to)) {
        if (is_big(from)) return cast_big;
        return is_big(to) ? cast_by_text : cast_number;
    }
    const bool to_date = to == TypeId::date && (from == TypeId::timestamp || from == TypeId::timeuuid);
    const bool to_timestamp = to == TypeId::timestamp && (from == TypeId::date || from == TypeId::timeuuid);
    return to_date || to_timestamp ? cast_time : nullptr;
}

}  // namespace

const Function* cast_function(const DataType& from, const DataType& to) {
    const Cast call = find_cast(from.id(), to.id());
    if (call == nullptr) return nullptr;
    static std::mutex mutex;
    static auto* const made = new std::deque<Function>();  // plans point into it
    const std::lock_guard lock(mutex);
    for (const Function& function : *made)
        if (function.arguments.front() == from && function.result == to) return &function;
    return &made->emplace_back(Function{"cast_as_" + to.to_string(), {from}, to, call, true});
}

}  // namespace coodie::embedded
