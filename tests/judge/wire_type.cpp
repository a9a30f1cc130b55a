// SPDX-License-Identifier: Apache-2.0
#include "wire_type.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace coodie::judge {
namespace {

constexpr int max_depth = 64;
constexpr std::string_view java_package = "org.apache.cassandra.db.marshal.";

constexpr std::array<std::pair<std::string_view, TypeId>, 22> simple_java_types{{
    {"AsciiType", TypeId::ascii},
    {"LongType", TypeId::bigint},
    {"BytesType", TypeId::blob},
    {"BooleanType", TypeId::boolean},
    {"CounterColumnType", TypeId::counter},
    {"DecimalType", TypeId::decimal},
    {"DoubleType", TypeId::double_},
    {"FloatType", TypeId::float_},
    {"Int32Type", TypeId::int_},
    {"TimestampType", TypeId::timestamp},
    {"DateType", TypeId::timestamp},
    {"UUIDType", TypeId::uuid},
    {"UTF8Type", TypeId::text},
    {"IntegerType", TypeId::varint},
    {"TimeUUIDType", TypeId::timeuuid},
    {"InetAddressType", TypeId::inet},
    {"SimpleDateType", TypeId::date},
    {"TimeType", TypeId::time},
    {"ShortType", TypeId::smallint},
    {"ByteType", TypeId::tinyint},
    {"DurationType", TypeId::duration},
    {"LegacyTimeUUIDType", TypeId::timeuuid},
}};

/// A recursive-descent reader of `Name` or `Name(argument, argument ...)`.
class JavaTypeParser {
public:
    explicit JavaTypeParser(std::string_view text) : whole_(text), rest_(text) {}

    DataType parse_whole() {
        DataType type = parse(0);
        skip_spaces();
        if (!rest_.empty()) fail();
        return type;
    }

private:
    [[noreturn]] void fail() const { throw MalformedFrame("not a Java type name: " + std::string(whole_)); }

    void skip_spaces() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    bool accept(char c) {
        skip_spaces();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char c) {
        if (!accept(c)) fail();
    }

    std::string_view word() {
        skip_spaces();
        const std::string_view word = rest_.substr(0, rest_.find_first_of("(),: "));
        if (word.empty()) fail();
        rest_.remove_prefix(word.size());
        return word;
    }

    std::string hex_word() {
        const std::string_view hex = word();
        if (hex.size() % 2 != 0) fail();
        std::string text;
        for (std::size_t at = 0; at < hex.size(); at += 2) {
            unsigned code = 0;
            const auto [end, error] = std::from_chars(hex.data() + at, hex.data() + at + 2, code, 16);
            if (error != std::errc() || end != hex.data() + at + 2) fail();
            text.push_back(static_cast<char>(code));
        }
        return text;
    }

    std::vector<DataType> arguments(int depth) {
        std::vector<DataType> types;
        expect('(');
        do types.push_back(parse(depth));
        while (accept(','));
        expect(')');
        return types;
    }

    DataType one_argument(int depth) {
        std::vector<DataType> types = arguments(depth);
        if (types.size() != 1) fail();
        return std::move(types.front());
    }

    DataType parse_vector(int depth) {
        expect('(');
        DataType element = parse(depth);
        expect(',');
        const std::string_view digits = word();
        std::uint32_t dimensions = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), dimensions);
        if (error != std::errc() || end != digits.data() + digits.size() || dimensions == 0) fail();
        expect(')');
        return DataType::vector(std::move(element), dimensions);
    }

    DataType parse_udt(int depth) {
        expect('(');
        std::string keyspace(word());
        expect(',');
        std::string name = hex_word();
        std::vector<std::string> field_names;
        std::vector<DataType> field_types;
        while (accept(',')) {
            field_names.push_back(hex_word());
            expect(':');
            field_types.push_back(parse(depth));
        }
        expect(')');
        return DataType::udt(std::move(keyspace), std::move(name), std::move(field_names),
                             std::move(field_types));
    }

    DataType parse(int depth) {
        if (depth > max_depth) fail();
        const std::string_view full_name = word();
        std::string_view name = full_name;
        if (name.starts_with(java_package)) name.remove_prefix(java_package.size());
        for (const auto& [java, id] : simple_java_types)
            if (java == name) return id;
        if (name == "FrozenType") return one_argument(depth + 1).frozen();
        if (name == "ReversedType") return one_argument(depth + 1);
        if (name == "ListType") return DataType::list(one_argument(depth + 1));
        if (name == "SetType") return DataType::set(one_argument(depth + 1));
        if (name == "TupleType") return DataType::tuple(arguments(depth + 1));
        if (name == "VectorType") return parse_vector(depth + 1);
        if (name == "UserType") return parse_udt(depth + 1);
        if (name == "MapType") {
            std::vector<DataType> types = arguments(depth + 1);
            if (types.size() != 2) fail();
            return DataType::map(std::move(types[0]), std::move(types[1]));
        }
        if (accept('(')) skip_unknown_arguments();
        return DataType::custom(std::string(full_name));
    }

    void skip_unknown_arguments() {
        for (int open = 1; open > 0; rest_.remove_prefix(1)) {
            if (rest_.empty()) fail();
            open += rest_.front() == '(' ? 1 : rest_.front() == ')' ? -1 : 0;
        }
    }

    std::string_view whole_;
    std::string_view rest_;
};

DataType read_udt(WireReader& reader, int depth) {
    std::string keyspace = reader.read_string();
    std::string name = reader.read_string();
    std::vector<std::string> field_names;
    std::vector<DataType> field_types;
    for (std::uint16_t left = reader.read_short(); left > 0; --left) {
        field_names.push_back(reader.read_string());
        field_types.push_back(read_wire_type(reader, depth));
    }
    return DataType::udt(std::move(keyspace), std::move(name), std::move(field_names),
                         std::move(field_types));
}

DataType read_tuple(WireReader& reader, int depth) {
    std::vector<DataType> elements;
    for (std::uint16_t left = reader.read_short(); left > 0; --left)
        elements.push_back(read_wire_type(reader, depth));
    return DataType::tuple(std::move(elements));
}

}  // namespace

DataType parse_java_type(std::string_view name) { return JavaTypeParser(name).parse_whole(); }

DataType read_wire_type(WireReader& reader, int depth) {
    if (depth > max_depth) throw MalformedFrame("a type nested too deeply");
    const std::uint16_t id = reader.read_short();
    switch (static_cast<TypeId>(id)) {
        case TypeId::custom: return parse_java_type(reader.read_string());
        case TypeId::list: return DataType::list(read_wire_type(reader, depth + 1));
        case TypeId::set: return DataType::set(read_wire_type(reader, depth + 1));
        case TypeId::map: {
            DataType key = read_wire_type(reader, depth + 1);
            return DataType::map(std::move(key), read_wire_type(reader, depth + 1));
        }
        case TypeId::udt: return read_udt(reader, depth + 1);
        case TypeId::tuple: return read_tuple(reader, depth + 1);
        default: break;
    }
    if (id > static_cast<std::uint16_t>(TypeId::duration))
        throw MalformedFrame("a type with the unknown number " + std::to_string(id));
    return static_cast<TypeId>(id);
}

}  // namespace coodie::judge
