// SPDX-License-Identifier: Apache-2.0
// DataType to CQL text and back.
#include <coodie/types/data_type.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "types/identifier.hpp"

namespace coodie {

namespace {

struct SimpleName {
    std::string_view name;
    TypeId id;
};

constexpr std::array<SimpleName, 21> simple_names{{
    {"ascii", TypeId::ascii},         {"bigint", TypeId::bigint},     {"blob", TypeId::blob},
    {"boolean", TypeId::boolean},     {"counter", TypeId::counter},   {"decimal", TypeId::decimal},
    {"double", TypeId::double_},      {"float", TypeId::float_},      {"int", TypeId::int_},
    {"timestamp", TypeId::timestamp}, {"uuid", TypeId::uuid},         {"text", TypeId::text},
    {"varint", TypeId::varint},       {"timeuuid", TypeId::timeuuid}, {"inet", TypeId::inet},
    {"date", TypeId::date},           {"time", TypeId::time},         {"smallint", TypeId::smallint},
    {"tinyint", TypeId::tinyint},     {"duration", TypeId::duration}, {"varchar", TypeId::text},
}};

std::string_view simple_name(TypeId id) {
    const auto* const found = std::ranges::find(simple_names, id, &SimpleName::id);
    return found == simple_names.end() ? std::string_view("custom") : found->name;
}

std::string joined(const std::vector<DataType>& types) {
    std::string text;
    for (const DataType& type : types) {
        if (!text.empty()) text += ", ";
        text += type.to_string();
    }
    return text;
}

/// Recursive descent over the text of one type; nesting is bounded.
class TypeParser {
public:
    explicit TypeParser(std::string_view text) : rest_(text) {}

    std::optional<DataType> parse_all() {
        std::optional<DataType> type = parse(0);
        skip_space();
        return rest_.empty() ? type : std::nullopt;
    }

private:
    static constexpr int deepest = 64;

    std::optional<DataType> parse(int depth) {
        if (depth > deepest) return std::nullopt;
        skip_space();
        if (rest_.starts_with('\'')) return parse_custom();
        bool quoted = false;
        std::optional<std::string> name = identifier(quoted);
        if (!name) return std::nullopt;
        if (!quoted) {
            if (take('<')) return parse_nested(*name, depth);
            for (const SimpleName& simple : simple_names)
                if (simple.name == *name) return DataType(simple.id);
        }
        if (!take('.')) return DataType::udt("", std::move(*name), {}, {});
        std::optional<std::string> type_name = identifier(quoted);
        if (!type_name) return std::nullopt;
        return DataType::udt(std::move(*name), std::move(*type_name), {}, {});
    }

    std::optional<DataType> parse_custom() {
        const auto end = rest_.find('\'', 1);
        if (end == std::string_view::npos || end == 1) return std::nullopt;
        DataType type = DataType::custom(std::string(rest_.substr(1, end - 1)));
        rest_.remove_prefix(end + 1);
        return type;
    }

    /// What stands between < and >.
    std::optional<DataType> parse_nested(std::string_view kind, int depth) {
        std::vector<DataType> types;
        std::uint32_t dimensions = 0;
        do {
            if (kind == "vector" && types.size() == 1) {
                if (!number(dimensions)) return std::nullopt;
                break;
            }
            std::optional<DataType> type = parse(depth + 1);
            if (!type) return std::nullopt;
            types.push_back(std::move(*type));
        } while (take(','));
        if (!take('>')) return std::nullopt;
        if (kind == "tuple") return DataType::tuple(std::move(types));
        if (kind == "map")
            return types.size() == 2 ? std::optional(DataType::map(types[0], types[1])) : std::nullopt;
        if (kind == "vector")
            return dimensions > 0 ? std::optional(DataType::vector(types[0], dimensions)) : std::nullopt;
        if (types.size() != 1) return std::nullopt;
        if (kind == "list") return DataType::list(types[0]);
        if (kind == "set") return DataType::set(types[0]);
        if (kind == "frozen") return types[0].frozen();
        return std::nullopt;
    }

    std::optional<std::string> identifier(bool& quoted) {
        skip_space();
        quoted = rest_.starts_with('"');
        if (quoted) return quoted_identifier();
        std::size_t length = 0;
        while (length < rest_.size() && is_identifier_char(rest_[length])) ++length;
        if (length == 0 || (rest_[0] >= '0' && rest_[0] <= '9')) return std::nullopt;
        std::string name(rest_.substr(0, length));
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        rest_.remove_prefix(length);
        return name;
    }

    std::optional<std::string> quoted_identifier() {
        std::string name;
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == '"') {
                if (i + 1 >= rest_.size() || rest_[i + 1] != '"') {
                    rest_.remove_prefix(i + 1);
                    return name.empty() ? std::nullopt : std::optional(std::move(name));
                }
                ++i;
            }
            name += rest_[i];
        }
        return std::nullopt;
    }

    bool number(std::uint32_t& value) {
        skip_space();
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc()) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return true;
    }

    bool take(char c) {
        skip_space();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_space() {
        while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos)
            rest_.remove_prefix(1);
    }

    std::string_view rest_;
};

}  // namespace

std::string DataType::to_string() const {
    std::string text;
    switch (id_) {
        case TypeId::list: text = "list<" + joined(children()) + ">"; break;
        case TypeId::set: text = "set<" + joined(children()) + ">"; break;
        case TypeId::map: text = "map<" + joined(children()) + ">"; break;
        // Tuples are always frozen, and system_schema says so.
        case TypeId::tuple: return "frozen<tuple<" + joined(children()) + ">>";
        case TypeId::vector:
            return "vector<" + joined(children()) + ", " + std::to_string(dimensions()) + ">";
        case TypeId::udt: text = quoted_if_needed(name()); break;
        case TypeId::custom: return "'" + name() + "'";
        default: return std::string(simple_name(id_));
    }
    return frozen_ ? "frozen<" + text + ">" : text;
}

std::optional<DataType> DataType::parse(std::string_view cql) { return TypeParser(cql).parse_all(); }

}  // namespace coodie
