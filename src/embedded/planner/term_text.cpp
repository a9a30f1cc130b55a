// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/term_text.hpp"

#include <coodie/types/data_type.hpp>

namespace coodie::embedded {
namespace {

template <class List, class F>
std::string join(const List& list, F&& text) {
    std::string made;
    for (const auto& part : list) {
        if (!made.empty()) made += ", ";
        made += text(part);
    }
    return made;
}

std::string terms(const std::vector<ast::Term>& list) {
    return join(list, [](const ast::Term& term) { return to_text(term); });
}

struct Printer {
    std::string operator()(const ast::Literal& literal) const {
        if (literal.kind == ast::LiteralKind::null) return "null";
        if (literal.kind != ast::LiteralKind::string) return literal.text;
        std::string made = "'";
        for (const char c : literal.text) made += c == '\'' ? "''" : std::string(1, c);
        return made + "'";
    }
    std::string operator()(const ast::Marker& marker) const {
        return marker.name.empty() ? "?" : ":" + marker.name;
    }
    std::string operator()(const ast::FunctionCall& call) const {
        const std::string& keyspace = call.function.keyspace;
        return (keyspace.empty() ? "" : keyspace + ".") + call.function.name + "(" + terms(call.arguments) +
               ")";
    }
    std::string operator()(const ast::ListLiteral& list) const { return "[" + terms(list.elements) + "]"; }
    std::string operator()(const ast::SetLiteral& set) const { return "{" + terms(set.elements) + "}"; }
    std::string operator()(const ast::MapLiteral& map) const {
        return "{" +
               join(map.entries, [](const auto& e) { return to_text(e.key) + ": " + to_text(e.value); }) +
               "}";
    }
    std::string operator()(const ast::UdtLiteral& udt) const {
        return "{" + join(udt.fields, [](const auto& f) { return f.field.name + ": " + to_text(f.value); }) +
               "}";
    }
    std::string operator()(const ast::TupleLiteral& tuple) const { return "(" + terms(tuple.elements) + ")"; }
    std::string operator()(const ast::TypeHint& hint) const {
        return "(" + hint.type.type.to_string() + ")" + to_text(*hint.term);
    }
};

}  // namespace

std::string to_text(const ast::Term& term) { return std::visit(Printer{}, term.node); }

std::string_view to_text(ast::Operator op) {
    switch (op) {
        case ast::Operator::eq: return "=";
        case ast::Operator::ne: return "!=";
        case ast::Operator::lt: return "<";
        case ast::Operator::le: return "<=";
        case ast::Operator::gt: return ">";
        case ast::Operator::ge: return ">=";
        case ast::Operator::in: return "IN";
        case ast::Operator::contains: return "CONTAINS";
        case ast::Operator::contains_key: return "CONTAINS KEY";
        case ast::Operator::like: return "LIKE";
        case ast::Operator::is_not_null: return "IS NOT NULL";
        case ast::Operator::not_in: return "NOT IN";
    }
    return "";
}

std::string_view to_text(ast::LiteralKind kind) {
    switch (kind) {
        case ast::LiteralKind::string: return "STRING";
        case ast::LiteralKind::integer: return "INTEGER";
        case ast::LiteralKind::floating: return "FLOAT";
        case ast::LiteralKind::uuid: return "UUID";
        case ast::LiteralKind::boolean: return "BOOLEAN";
        case ast::LiteralKind::blob: return "HEX";
        case ast::LiteralKind::duration: return "DURATION";
        case ast::LiteralKind::null: return "NULL";
    }
    return "";
}

std::string to_text(const ast::Relation& relation) {
    std::string left = join(relation.columns, [](const ast::Identifier& column) { return column.name; });
    if (relation.kind == ast::RelationKind::tuple) left = "(" + left + ")";
    if (relation.kind == ast::RelationKind::token) left = "token(" + left + ")";
    if (relation.element) left += "[" + to_text(*relation.element) + "]";
    std::string made = left + " " + std::string(to_text(relation.op));
    if (relation.op == ast::Operator::is_not_null) return made;
    const bool list = relation.op == ast::Operator::in || relation.op == ast::Operator::not_in;
    if (list && !relation.whole_list) return made + " (" + terms(relation.values) + ")";
    return made + " " + terms(relation.values);
}

std::string to_text(const ast::Assignment& assignment) {
    const std::string& name = assignment.column.name;
    const std::string value = to_text(assignment.value);
    switch (assignment.kind) {
        case ast::AssignmentKind::set: return name + " = " + value;
        case ast::AssignmentKind::set_element: return name + "[" + to_text(*assignment.key) + "] = " + value;
        case ast::AssignmentKind::set_field: return name + "." + assignment.field->name + " = " + value;
        case ast::AssignmentKind::add: return name + " = " + name + " + " + value;
        // Cassandra's own text has the minus here, too.
        case ast::AssignmentKind::prepend: return name + " = " + value + " - " + name;
        case ast::AssignmentKind::subtract: return name + " = " + name + " - " + value;
    }
    return "";
}

}  // namespace coodie::embedded
