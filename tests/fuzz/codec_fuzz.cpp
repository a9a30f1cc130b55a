// SPDX-License-Identifier: Apache-2.0
// Values from anywhere: the first bytes of the input choose a type, the rest is content, and a literal.
// What must hold:
//   - nothing crashes, whatever the bytes and the text;
//   - decoding into C++ throws ValidationError or nothing, and what was decoded encodes to bytes that are
//   well-formed and
//     decode to bytes that stay the same;
//   - what check_value accepts has a literal, the literal parses to content that check_value accepts, and the
//   literal of
//     that parses to the same bytes (the first step makes the content canonical);
//   - the literal's content is written like the content it came from, once both are canonical.
#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/token.hpp>
#include <coodie/types/error.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <unordered_map>

namespace {

using namespace coodie;

void require(bool holds, const char* what, const DataType& type) {
    if (holds) return;
    std::fprintf(stderr, "%s: %s\n", type.to_string().c_str(), what);
    std::abort();
}

/// Takes a byte off the front of the input; 0 when there is none.
unsigned take_byte(BytesView& rest) {
    if (rest.empty()) return 0;
    const auto byte = std::to_integer<unsigned>(rest.front());
    rest = rest.subspan(1);
    return byte;
}

/// Builds a type from the first bytes of the input.
DataType take_type(BytesView& rest, int depth = 0) {
    constexpr std::array simple{TypeId::ascii,   TypeId::bigint,   TypeId::blob,     TypeId::boolean,
                                TypeId::decimal, TypeId::double_,  TypeId::float_,   TypeId::int_,
                                TypeId::uuid,    TypeId::text,     TypeId::varint,   TypeId::timestamp,
                                TypeId::inet,    TypeId::date,     TypeId::time,     TypeId::smallint,
                                TypeId::tinyint, TypeId::duration, TypeId::timeuuid, TypeId::counter};
    const std::size_t choice = take_byte(rest) % (depth < 4 ? 32 : simple.size());
    if (choice < simple.size()) return simple[choice];
    if (choice == 31) return DataType::custom("x.Y");
    const DataType first = take_type(rest, depth + 1);
    switch ((choice - simple.size()) / 2) {
        case 0: return DataType::list(first);
        case 1: return DataType::set(first);
        case 2: return DataType::map(first, take_type(rest, depth + 1)).frozen();
        case 3: return DataType::tuple({first, take_type(rest, depth + 1)});
        case 4: return DataType::vector(first, 1 + take_byte(rest) % 5);
        default: return DataType::udt("ks", "t", {"a", "B c", "int"}, {first, TypeId::int_, TypeId::text});
    }
}

template <class T>
void decode_as(BytesView content) {
    T value{};
    Bytes encoded;
    try {
        Codec<T>::decode(content, value);
        Codec<T>::encode(value, encoded);
    } catch (const ValidationError&) {
        return;
    }
    const DataType type = Codec<T>::type();
    require(!check_value(type, encoded), "what was encoded is not well-formed", type);
    T again{};
    Codec<T>::decode(encoded, again);
    Bytes twice;
    Codec<T>::encode(again, twice);
    require(encoded == twice, "decoding what was encoded gives other bytes", type);
    Bytes bound;
    encode_value(value, bound);
    require(bound.size() >= 4, "a bound value without a length", type);
}

enum class Fruit : std::uint8_t { apple, pear = 200 };

/// One is chosen per input: trying all spends nearly all of the time on throwing.
constexpr std::array decoders{
    decode_as<std::int32_t>,
    decode_as<std::string>,
    decode_as<ascii>,
    decode_as<blob>,
    decode_as<varint>,
    decode_as<decimal>,
    decode_as<double>,
    decode_as<uuid>,
    decode_as<timeuuid>,
    decode_as<timestamp>,
    decode_as<std::chrono::sys_time<std::chrono::nanoseconds>>,
    decode_as<date>,
    decode_as<time_of_day>,
    decode_as<duration>,
    decode_as<inet>,
    decode_as<Fruit>,
    decode_as<std::vector<std::string>>,
    decode_as<std::vector<bool>>,
    decode_as<std::set<varint>>,
    decode_as<std::map<std::string, std::vector<std::int8_t>>>,
    decode_as<frozen<std::map<date, std::optional<duration>>>>,
    decode_as<vector<float, 3>>,
    decode_as<vector<std::string, 2>>,
    decode_as<vector<std::vector<time_of_day>, 2>>,
};

void check_literal(const DataType& type, std::string_view text) {
    std::string reason;
    const auto content = parse_value(type, text, reason);
    if (!content) return require(!reason.empty(), "a refusal without a reason", type);
    require(!check_value(type, *content), "a literal gives content that is not well-formed", type);
    const auto again = parse_value(type, format_value(type, Cell(*content)), reason);
    require(again == content, "formatting and parsing gives other bytes", type);
}

void check_content(const DataType& type, BytesView content) {
    const std::string literal = format_value(type, Cell(content));
    require(compare_values(type, content, content) == 0, "a value is not equal to itself", type);
    if (check_value(type, content)) return;
    if (type.id() == TypeId::custom) return;
    std::string reason;
    const auto parsed = parse_value(type, literal, reason);
    require(parsed.has_value(), reason.c_str(), type);
    require(!check_value(type, *parsed), "a formatted value parses to malformed content", type);
    // Not by compare_values: a tuple without any fields is below one of nulls, and both have one literal.
    const Bytes canonical = canonical_value(type, content);
    require(format_value(type, Cell(*parsed)) == format_value(type, Cell(canonical)),
            "parsing changes the value", type);
    require(parse_value(type, format_value(type, Cell(*parsed)), reason) == parsed, "parsing is not stable",
            type);
}

void check_type_text(const DataType& type, std::string_view text) {
    if (const auto parsed = DataType::parse(text)) {
        const auto again = DataType::parse(parsed->to_string());
        require(again == parsed, "a type's text reads as another type", type);
    }
    const auto named = DataType::parse(type.to_string());
    require(named && named->to_string() == type.to_string(), "a type's text does not come back", type);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    BytesView rest(reinterpret_cast<const std::byte*>(data), size);
    const DataType type = take_type(rest);
    const std::size_t decoder = take_byte(rest);
    const std::string_view text = wire::as_text(rest);
    check_content(type, rest);
    const BytesView half = rest.first(rest.size() / 2);
    (void)compare_values(type, half, rest.subspan(half.size()));
    check_literal(type, text);
    check_type_text(type, text);
    decoders[decoder % decoders.size()](rest);
    (void)murmur3_token(rest);
    return 0;
}
