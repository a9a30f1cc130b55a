// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

namespace coodie::embedded {

namespace {

std::string joined(const std::vector<ast::Term>& terms) {
    std::string text;
    for (const auto& term : terms) text += (text.empty() ? "" : ", ") + shown(term);
    return text;
}

struct Shower {
    std::string operator()(const ast::Literal& literal) const {
        constexpr const char* kinds[] = {"str", "int", "float", "uuid", "bool", "blob", "duration"};
        if (literal.kind == ast::LiteralKind::null) return "null";
        return std::string(kinds[static_cast<int>(literal.kind)]) + ":" + literal.text;
    }
    std::string operator()(const ast::Marker& marker) const {
        return (marker.name.empty() ? "?" : ":" + marker.name + "@") + std::to_string(marker.index);
    }
    std::string operator()(const ast::FunctionCall& call) const {
        const auto& name = call.function;
        return (name.keyspace.empty() ? "" : name.keyspace + ".") + name.name + "(" + joined(call.arguments) +
               ")";
    }
    std::string operator()(const ast::ListLiteral& list) const { return "[" + joined(list.elements) + "]"; }
    std::string operator()(const ast::SetLiteral& set) const { return "{" + joined(set.elements) + "}"; }
    std::string operator()(const ast::TupleLiteral& tuple) const {
        return "(" + joined(tuple.elements) + ")";
    }
    std::string operator()(const ast::MapLiteral& map) const {
        std::string text;
        for (const auto& entry : map.entries)
            text += (text.empty() ? "" : ", ") + shown(entry.key) + ": " + shown(entry.value);
        return "{" + text + "}";
    }
    std::string operator()(const ast::UdtLiteral& udt) const {
        std::string text;
        for (const auto& field : udt.fields)
            text += (text.empty() ? "" : ", ") + field.field.name + "=" + shown(field.value);
        return "{" + text + "}";
    }
    std::string operator()(const ast::TypeHint& hint) const {
        return "<" + hint.type.type.to_string() + ">" + shown(*hint.term);
    }
};

}  // namespace

std::string shown(const ast::Term& term) { return std::visit(Shower{}, term.node); }

}  // namespace coodie::embedded
