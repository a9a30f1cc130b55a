// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/typing.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/types.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

[[noreturn]] void refuse_literal(std::string_view what, const Receiver& receiver) {
    refuse_invalid(
        fmt::format("Invalid {} literal for {} of type {}", what, receiver.name, receiver.type.to_string()));
}

class Typer {
public:
    Typer(PlanContext& context, const ast::Term& term, const Receiver& receiver)
        : context_(context), term_(term), receiver_(receiver) {}

    Term operator()(const ast::Literal& literal) {
        Term made = start(literal.kind == ast::LiteralKind::null ? Term::Kind::null : Term::Kind::constant);
        if (literal.kind == ast::LiteralKind::null) return made;
        if (!accepts_literal(literal.kind, receiver_.type.id()))
            refuse_invalid(fmt::format("Invalid {} constant ({}) for \"{}\" of type {}",
                                       to_text(literal.kind), literal.text, receiver_.name,
                                       receiver_.type.to_string()));
        made.constant = parse_literal(literal, receiver_.type);
        return made;
    }

    Term operator()(const ast::Marker& marker) {
        context_.set_marker(marker, receiver_);
        Term made = start(Term::Kind::marker);
        made.marker = marker.index;
        return made;
    }

    Term operator()(const ast::FunctionCall& call) {
        const Function& function = find_function(context_, call, &receiver_);
        if (test_types(function.result, receiver_.type) == Assignable::no)
            refuse_invalid(fmt::format(
                "Type error: cannot assign result of function system.{} (type {}) to {} (type {})",
                function.name, function.result.to_string(), receiver_.name, receiver_.type.to_string()));
        Term made = start(Term::Kind::call);
        made.function = &function;
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            made.children.push_back(make_term(context_, call.arguments[i], argument_receiver(function, i)));
        return fold(std::move(made));
    }

    Term operator()(const ast::ListLiteral& list) {
        if (receiver_.type.id() == TypeId::vector) return vector(list);
        if (receiver_.type.id() != TypeId::list)
            refuse_invalid("Unexpected receiver type '" + receiver_.type.to_string() +
                           "'; only list and vector are expected");
        return elements("list", list.elements);
    }

    Term operator()(const ast::SetLiteral& set) {
        if (set.elements.empty() && receiver_.type.id() == TypeId::map)
            return fold(start(Term::Kind::collection));
        if (receiver_.type.id() != TypeId::set) refuse_literal("set", receiver_);
        return elements("set", set.elements);
    }

    Term operator()(const ast::MapLiteral& map) {
        if (receiver_.type.id() != TypeId::map) refuse_literal("map", receiver_);
        const Receiver key = receiver_.with("key(" + receiver_.name + ")", receiver_.type.children()[0]);
        const Receiver value = receiver_.with("value(" + receiver_.name + ")", receiver_.type.children()[1]);
        Term made = start(Term::Kind::collection);
        for (const ast::MapEntry& entry : map.entries) {
            check_element(entry.key, key, "map", "key");
            check_element(entry.value, value, "map", "value");
            made.children.push_back(element(entry.key, key, "map"));
            made.children.push_back(element(entry.value, value, "map"));
        }
        return fold(std::move(made));
    }

    Term operator()(const ast::UdtLiteral& udt) {
        if (receiver_.type.id() != TypeId::udt) refuse_literal("user type", receiver_);
        const std::vector<std::string>& names = receiver_.type.field_names();
        for (const ast::FieldValue& field : udt.fields)
            if (std::ranges::find(names, field.field.name) == names.end())
                refuse_invalid(fmt::format("Unknown field '{}' in value of user defined type {}",
                                           field.field.name, receiver_.type.name()));
        Term made = start(Term::Kind::collection);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const Receiver field =
                receiver_.with(receiver_.name + "." + names[i], receiver_.type.children()[i]);
            const auto given =
                std::ranges::find_if(udt.fields, [&](const auto& f) { return f.field.name == names[i]; });
            if (given == udt.fields.end()) {
                Term absent;
                absent.type = field.type;
                made.children.push_back(std::move(absent));
                continue;
            }
            if (test_assignment(context_, given->value, field) == Assignable::no)
                refuse_invalid(fmt::format("Invalid user type literal for {}: field {} is not of type {}",
                                           receiver_.name, names[i], field.type.to_string()));
            made.children.push_back(make_term(context_, given->value, field));
        }
        return fold(std::move(made));
    }

    Term operator()(const ast::TupleLiteral& tuple) {
        const std::vector<DataType>& types = receiver_.type.children();
        if (receiver_.type.id() != TypeId::tuple) {
            if (tuple.elements.size() == 1) return make_term(context_, tuple.elements[0], receiver_);
            refuse_invalid(fmt::format("Invalid tuple type literal for {} of type {}", receiver_.name,
                                       receiver_.type.to_string()));
        }
        if (tuple.elements.size() > types.size())
            refuse_invalid(
                fmt::format("Invalid tuple literal for {}: too many elements. Type {} expects {} but got {}",
                            receiver_.name, receiver_.type.to_string(), types.size(), tuple.elements.size()));
        Term made = start(Term::Kind::collection);
        for (std::size_t i = 0; i < tuple.elements.size(); ++i) {
            const Receiver part = receiver_.with(fmt::format("{}[{}]", receiver_.name, i), types[i]);
            if (test_assignment(context_, tuple.elements[i], part) == Assignable::no)
                refuse_invalid(fmt::format("Invalid tuple literal for {}: component {} is not of type {}",
                                           receiver_.name, i, types[i].to_string()));
            made.children.push_back(make_term(context_, tuple.elements[i], part));
        }
        return fold(std::move(made));
    }

    Term operator()(const ast::TypeHint& hint) {
        const DataType type = hinted(hint);
        Receiver inner = receiver_;
        inner.type = type;
        if (test_assignment(context_, *hint.term, inner) == Assignable::no)
            refuse_invalid(
                fmt::format("Cannot cast value {} to type {}", to_text(*hint.term), type.to_string()));
        if (test_types(type, receiver_.type) == Assignable::no)
            refuse_invalid(fmt::format("Cannot assign value {} to {} of type {}", to_text(term_),
                                       receiver_.name, receiver_.type.to_string()));
        return make_term(context_, *hint.term, inner);
    }

private:
    [[nodiscard]] Term start(Term::Kind kind) const {
        Term made;
        made.kind = kind;
        made.type = receiver_.type;
        return made;
    }
    [[nodiscard]] DataType hinted(const ast::TypeHint& hint) const {
        const auto keyspace = context_.catalog->keyspace(receiver_.keyspace);
        static const ByName<UserType> none;
        return resolve_type(hint.type.type, receiver_.keyspace, keyspace ? keyspace->types : none);
    }
    [[nodiscard]] Receiver argument_receiver(const Function& function, std::size_t i) const {
        return receiver_.with(fmt::format("arg{}(system.{})", i, function.name), function.arguments[i]);
    }
    void check_element(const ast::Term& term, const Receiver& element, std::string_view what,
                       std::string_view part) {
        if (test_assignment(context_, term, element) == Assignable::no)
            refuse_invalid(fmt::format("Invalid {} literal for {}: {} {} is not of type {}", what,
                                       receiver_.name, part, to_text(term), element.type.to_string()));
    }
    Term element(const ast::Term& term, const Receiver& receiver, std::string_view what) {
        if (std::holds_alternative<ast::Marker>(term.node))
            refuse_invalid(
                fmt::format("Invalid {} literal for {}: bind variables are not supported inside collection "
                            "literals",
                            what, receiver_.name));
        Term made = make_term(context_, term, receiver);
        if (made.kind == Term::Kind::null) refuse_invalid("null is not supported inside collections");
        return made;
    }
    Term elements(std::string_view what, const std::vector<ast::Term>& list) {
        const Receiver one = receiver_.with("value(" + receiver_.name + ")", receiver_.type.children()[0]);
        Term made = start(Term::Kind::collection);
        for (const ast::Term& term : list) {
            check_element(term, one, what, "value");
            made.children.push_back(element(term, one, what));
        }
        return fold(std::move(made));
    }
    Term vector(const ast::ListLiteral& list) {
        if (list.elements.size() != receiver_.type.dimensions())
            refuse_invalid(
                fmt::format("Invalid vector literal for {} of type {}; expected {} elements, but given {}",
                            receiver_.name, receiver_.type.to_string(), receiver_.type.dimensions(),
                            list.elements.size()));
        return elements("vector", list.elements);
    }
    /// A term whose parts are all known becomes a constant.
    static Term fold(Term term) {
        const bool constant =
            std::ranges::all_of(term.children, [](const Term& child) { return child.is_constant(); });
        if (!constant || (term.kind == Term::Kind::call && !term.function->pure)) return term;
        Arena arena;
        const auto outcome = evaluate(term, Bound(), arena);
        if (const Error* error = std::get_if<Error>(&outcome)) throw Refused{*error};
        const Value& value = std::get<Value>(outcome);
        Term folded;
        folded.type = term.type;
        folded.kind = value.is_value() ? Term::Kind::constant : Term::Kind::null;
        folded.constant.assign(value.content.begin(), value.content.end());
        return folded;
    }

    PlanContext& context_;
    const ast::Term& term_;
    const Receiver& receiver_;
};

}  // namespace

PlanContext::PlanContext(std::shared_ptr<const Catalog> catalog_, std::string_view keyspace_,
                         const ast::Statement& statement)
    : catalog(std::move(catalog_)), keyspace(keyspace_) {
    for (const std::string& name : statement.markers) parameters.push_back({"", "", name, TypeId::custom});
    key_positions.assign(parameters.size(), -1);
}

std::shared_ptr<const Table> PlanContext::find_table(const ast::QualifiedName& name) const {
    const std::string& where = name.keyspace.empty() ? keyspace : name.keyspace;
    if (where.empty())
        refuse_invalid(
            "No keyspace has been specified. USE a keyspace, or explicitly specify keyspace.tablename");
    if (!catalog->keyspace(where)) refuse_invalid("keyspace " + where + " does not exist");
    auto found = catalog->table(where, name.name);
    if (!found) refuse_invalid("table " + name.name + " does not exist");
    return found;
}

const Column& PlanContext::column(const Table& in, const ast::Identifier& name) const {
    const Column* found = in.find(name.name);
    if (found == nullptr)
        refuse_invalid("Undefined column name " + name.name + " in table " + in.keyspace + "." + in.name);
    return *found;
}

void PlanContext::set_marker(const ast::Marker& marker, const Receiver& receiver) {
    if (marker.index >= parameters.size())
        parameters.resize(std::size_t{marker.index} + 1, {"", "", "", TypeId::custom});
    key_positions.resize(parameters.size(), -1);
    parameters[marker.index] = {receiver.keyspace, receiver.table,
                                marker.name.empty() ? receiver.name : marker.name, receiver.type};
    key_positions[marker.index] = receiver.partition_key_position;
}

Receiver receiver_of(const Table& table, const Column& column) {
    return {table.keyspace, table.name, column.name, column.type,
            column.kind == ColumnKind::partition_key ? int{column.position} : -1};
}

Term make_term(PlanContext& context, const ast::Term& term, const Receiver& receiver) {
    return std::visit(Typer{context, term, receiver}, term.node);
}

}  // namespace coodie::embedded
