// SPDX-License-Identifier: Apache-2.0
// Types by the names of Cassandra's Java classes: what the protocol sends for a type that it has no number
// for.
#include "native/protocol/type_option.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace coodie::native {
namespace {

constexpr std::string_view java_package = "org.apache.cassandra.db.marshal.";

constexpr std::array<std::pair<std::string_view, TypeId>, 22> simple_classes{{
    {"AsciiType", TypeId::ascii},
    {"BooleanType", TypeId::boolean},
    {"ByteType", TypeId::tinyint},
    {"BytesType", TypeId::blob},
    {"CounterColumnType", TypeId::counter},
    {"DateType", TypeId::timestamp},
    {"DecimalType", TypeId::decimal},
    {"DoubleType", TypeId::double_},
    {"DurationType", TypeId::duration},
    {"FloatType", TypeId::float_},
    {"InetAddressType", TypeId::inet},
    {"Int32Type", TypeId::int_},
    {"IntegerType", TypeId::varint},
    {"LegacyTimeUUIDType", TypeId::timeuuid},
    {"LongType", TypeId::bigint},
    {"ShortType", TypeId::smallint},
    {"SimpleDateType", TypeId::date},
    {"TimeType", TypeId::time},
    {"TimeUUIDType", TypeId::timeuuid},
    {"TimestampType", TypeId::timestamp},
    {"UTF8Type", TypeId::text},
    {"UUIDType", TypeId::uuid},
}};

/// Reads `Name` and `Name(argument, ...)` from left to right; the first thing that is wrong sticks.
class JavaTypeReader {
public:
    explicit JavaTypeReader(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] std::optional<DataType> read_whole(int depth) {
        DataType type = read(depth);
        skip_spaces();
        if (!ok_ || !rest_.empty()) return std::nullopt;
        return type;
    }

private:
    DataType fail() noexcept {
        ok_ = false;
        rest_ = {};
        return TypeId::blob;
    }

    void skip_spaces() noexcept {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    bool accept(char expected) noexcept {
        skip_spaces();
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char expected) noexcept {
        if (!accept(expected)) fail();
    }

    std::string_view read_word() noexcept {
        skip_spaces();
        const std::string_view word = rest_.substr(0, rest_.find_first_of("(),: "));
        if (word.empty()) fail();
        rest_.remove_prefix(std::min(word.size(), rest_.size()));
        return word;
    }

    /// Names of UDTs and of their fields come in hexadecimal.
    std::string read_hex_word() {
        const std::string_view hex = read_word();
        std::string text;
        if (hex.size() % 2 != 0) fail();
        for (std::size_t at = 0; ok_ && at < hex.size(); at += 2) {
            unsigned char code = 0;
            const char* const end = hex.data() + at + 2;
            if (std::from_chars(hex.data() + at, end, code, 16).ptr != end) fail();
            text.push_back(static_cast<char>(code));
        }
        return text;
    }

    std::vector<DataType> read_arguments(int depth) {
        std::vector<DataType> types;
        expect('(');
        do types.push_back(read(depth + 1));
        while (ok_ && accept(','));
        expect(')');
        return types;
    }

    DataType read_one_argument(int depth) {
        std::vector<DataType> types = read_arguments(depth);
        return types.size() == 1 ? std::move(types.front()) : fail();
    }

    DataType read_map(int depth) {
        const std::vector<DataType> types = read_arguments(depth);
        return types.size() == 2 ? DataType::map(types[0].frozen(), types[1].frozen()) : fail();
    }

    DataType read_vector(int depth) {
        expect('(');
        const DataType element = read(depth + 1);
        expect(',');
        const std::string_view digits = read_word();
        std::uint32_t dimensions = 0;
        const char* const end = digits.data() + digits.size();
        if (std::from_chars(digits.data(), end, dimensions).ptr != end || dimensions == 0) return fail();
        expect(')');
        return DataType::vector(element, dimensions);
    }

    DataType read_udt(int depth) {
        std::vector<std::string> field_names;
        std::vector<DataType> field_types;
        expect('(');
        std::string keyspace(read_word());
        expect(',');
        std::string name = read_hex_word();
        while (ok_ && accept(',')) {
            field_names.push_back(read_hex_word());
            expect(':');
            field_types.push_back(read(depth + 1).frozen());
        }
        expect(')');
        return DataType::udt(std::move(keyspace), std::move(name), std::move(field_names),
                             std::move(field_types));
    }

    /// A class without a CQL type, with or without arguments: a custom type by the name as it stands.
    DataType read_custom(std::string_view from) {
        if (accept('(')) {
            for (std::size_t open = 1; open > 0; rest_.remove_prefix(1)) {
                if (rest_.empty()) return fail();
                if (rest_.front() == '(') ++open;
                if (rest_.front() == ')') --open;
            }
        }
        return DataType::custom(std::string(from.substr(0, from.size() - rest_.size())));
    }

    DataType read(int depth) {
        if (!ok_ || depth > max_type_depth) return fail();
        skip_spaces();
        const std::string_view from = rest_;
        std::string_view name = read_word();
        if (name.starts_with(java_package)) name.remove_prefix(java_package.size());
        for (const auto& [simple, id] : simple_classes)
            if (simple == name) return id;
        if (name == "FrozenType") return read_one_argument(depth).frozen();
        if (name == "ReversedType") return read_one_argument(depth);
        if (name == "ListType") return DataType::list(read_one_argument(depth).frozen());
        if (name == "SetType") return DataType::set(read_one_argument(depth).frozen());
        if (name == "MapType") return read_map(depth);
        if (name == "TupleType") return DataType::tuple(read_arguments(depth));
        if (name == "VectorType") return read_vector(depth);
        if (name == "UserType") return read_udt(depth);
        return ok_ ? read_custom(from) : fail();
    }

    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace

std::optional<DataType> parse_java_type(std::string_view class_name, int depth) {
    return JavaTypeReader(class_name).read_whole(depth);
}

}  // namespace coodie::native
