// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/typing.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/types.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/term_text.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

[[noreturn]] void refuse_literal(std::string_view what, const Receiver& receiver) {
    refuse_invalid(
        fmt::format("Invalid {} literal for {} of type {}", what, receiver.name, receiver.type.to_string()));
}

/// Whether Cassandra reads such a literal as a value of this type.
bool accepts(ast::LiteralKind kind, TypeId type) {
    switch (kind) {
        case ast::LiteralKind::string:
            return type == TypeId::ascii || type == TypeId::text || type == TypeId::inet ||
                   type == TypeId::date || type == TypeId::time || type == TypeId::timestamp;
        case ast::LiteralKind::integer:
            return type == TypeId::bigint || type == TypeId::counter || type == TypeId::date ||
                   type == TypeId::decimal || type == TypeId::double_ || type == TypeId::duration ||
                   type == TypeId::float_ || type == TypeId::int_ || type == TypeId::smallint ||
                   type == TypeId::time || type == TypeId::timestamp || type == TypeId::tinyint ||
                   type == TypeId::varint;
        case ast::LiteralKind::floating:
            return type == TypeId::decimal || type == TypeId::double_ || type == TypeId::float_;
        case ast::LiteralKind::uuid: return type == TypeId::uuid || type == TypeId::timeuuid;
        case ast::LiteralKind::boolean: return type == TypeId::boolean;
        case ast::LiteralKind::blob: return type == TypeId::blob;
        case ast::LiteralKind::duration: return type == TypeId::duration;
        case ast::LiteralKind::null: return true;
    }
    return false;
}

class Typer {
public:
    Typer(PlanContext& context, const ast::Term& term, const Receiver& receiver)
        : context_(context), term_(term), receiver_(receiver) {}

    Term operator()(const ast::Literal& literal) {
        Term made = start(literal.kind == ast::LiteralKind::null ? Term::Kind::null : Term::Kind::constant);
        if (literal.kind == ast::LiteralKind::null) return made;
        if (!accepts(literal.kind, receiver_.type.id()))
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

class AssignmentTest {
public:
    AssignmentTest(const PlanContext& context, const Receiver& receiver)
        : context_(context), receiver_(receiver) {}

    Assignable operator()(const ast::Literal& literal) const {
        if (literal.kind == ast::LiteralKind::null) return Assignable::weakly;
        if (!accepts(literal.kind, type().id())) return Assignable::no;
        const bool exact = (literal.kind == ast::LiteralKind::string && type().id() == TypeId::text) ||
                           (literal.kind == ast::LiteralKind::integer && type().id() == TypeId::int_) ||
                           (literal.kind == ast::LiteralKind::uuid && type().id() == TypeId::uuid) ||
                           (literal.kind == ast::LiteralKind::floating && type().id() == TypeId::double_) ||
                           literal.kind == ast::LiteralKind::boolean ||
                           literal.kind == ast::LiteralKind::blob ||
                           literal.kind == ast::LiteralKind::duration;
        return exact ? Assignable::exactly : Assignable::weakly;
    }
    Assignable operator()(const ast::Marker&) const { return Assignable::weakly; }
    Assignable operator()(const ast::FunctionCall& call) const {
        try {
            return test_types(find_function(context_, call, &receiver_).result, type());
        } catch (const Refused&) {
            return Assignable::exactly;  // make_term says what is wrong
        }
    }
    Assignable operator()(const ast::ListLiteral& list) const {
        return type().id() == TypeId::list || type().id() == TypeId::vector ? all(list.elements, 0)
                                                                            : Assignable::no;
    }
    Assignable operator()(const ast::SetLiteral& set) const {
        if (set.elements.empty() && type().id() == TypeId::map) return Assignable::weakly;
        return type().id() == TypeId::set ? all(set.elements, 0) : Assignable::no;
    }
    Assignable operator()(const ast::MapLiteral& map) const {
        if (type().id() != TypeId::map) return Assignable::no;
        const bool fits = std::ranges::all_of(map.entries, [&](const ast::MapEntry& entry) {
            return part(entry.key, type().children()[0]) && part(entry.value, type().children()[1]);
        });
        return fits ? Assignable::weakly : Assignable::no;
    }
    Assignable operator()(const ast::UdtLiteral& udt) const {
        if (type().id() != TypeId::udt) return Assignable::no;
        const std::vector<std::string>& names = type().field_names();
        const bool fits = std::ranges::all_of(udt.fields, [&](const ast::FieldValue& field) {
            const auto found = std::ranges::find(names, field.field.name);
            return found != names.end() &&
                   part(field.value, type().children()[static_cast<std::size_t>(found - names.begin())]);
        });
        return fits ? Assignable::weakly : Assignable::no;
    }
    Assignable operator()(const ast::TupleLiteral& tuple) const {
        if (type().id() != TypeId::tuple)
            return tuple.elements.size() == 1 ? test_assignment(context_, tuple.elements[0], receiver_)
                                              : Assignable::no;
        if (tuple.elements.size() > type().children().size()) return Assignable::no;
        for (std::size_t i = 0; i < tuple.elements.size(); ++i)
            if (!part(tuple.elements[i], type().children()[i])) return Assignable::no;
        return Assignable::weakly;
    }
    Assignable operator()(const ast::TypeHint& hint) const { return test_types(hint.type.type, type()); }

private:
    [[nodiscard]] const DataType& type() const { return receiver_.type; }
    [[nodiscard]] bool part(const ast::Term& term, const DataType& type) const {
        return test_assignment(context_, term, receiver_.with("", type)) != Assignable::no;
    }
    [[nodiscard]] Assignable all(const std::vector<ast::Term>& terms, std::size_t child) const {
        const bool fits = std::ranges::all_of(
            terms, [&](const ast::Term& term) { return part(term, type().children()[child]); });
        return fits ? Assignable::weakly : Assignable::no;
    }

    const PlanContext& context_;
    const Receiver& receiver_;
};

std::string unreadable(const DataType& type, const std::string& text, const std::string& reason) {
    switch (type.id()) {
        case TypeId::int_: return "Unable to make int from '" + text + "'";
        case TypeId::bigint:
        case TypeId::counter: return "Unable to make long from '" + text + "'";
        case TypeId::smallint: return "Unable to make short from '" + text + "'";
        case TypeId::tinyint: return "Unable to make byte from '" + text + "'";
        case TypeId::inet: return "Unable to make inet address from '" + text + "'";
        case TypeId::timestamp: return "Unable to parse a date/time from '" + text + "'";
        case TypeId::date: return "Unable to coerce '" + text + "' to a formatted date (long)";
        case TypeId::time: return "(TimeType) Unable to coerce '" + text + "' to a formatted time (long)";
        case TypeId::duration: return "Unable to convert '" + text + "' to a duration";
        case TypeId::timeuuid: return "TimeUUID supports only version 1 UUIDs";
        default: return reason;
    }
}

/// Plain numbers as timestamps (ms since 1970), dates (days, 2^31 being 1970-01-01) and times (ns since
/// midnight).
std::optional<Bytes> parse_raw_time(const std::string& text, TypeId type) {
    const bool is_date = type == TypeId::date;
    if (type != TypeId::timestamp && type != TypeId::time && !is_date) return std::nullopt;
    std::string reason;
    std::optional<Bytes> bytes = parse_value(TypeId::bigint, text, reason);
    if (!bytes || bytes->size() != 8) return std::nullopt;
    const auto value = wire::load<std::int64_t>(bytes->data());
    if (is_date) {
        if (value < 0 || value > INT64_C(0xffffffff)) return std::nullopt;
        bytes->erase(bytes->begin(), bytes->begin() + 4);
    } else if (type == TypeId::time && (value < 0 || value > INT64_C(86399999999999))) {
        return std::nullopt;
    }
    return bytes;
}

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

bool same_type(const DataType& a, const DataType& b) {
    if (a.id() != b.id() || a.children().size() != b.children().size() || a.dimensions() != b.dimensions())
        return false;
    if (a.id() == TypeId::udt) return a.name() == b.name();
    if (a.id() == TypeId::custom) return a.name() == b.name();
    return std::ranges::equal(a.children(), b.children(), same_type);
}

Assignable test_types(const DataType& from, const DataType& to) {
    if (same_type(from, to)) return Assignable::exactly;
    const auto is = [&](TypeId target, std::initializer_list<TypeId> sources) {
        return to.id() == target && std::ranges::find(sources, from.id()) != sources.end();
    };
    const bool weakly = to.id() == TypeId::blob || is(TypeId::text, {TypeId::ascii}) ||
                        is(TypeId::uuid, {TypeId::timeuuid}) ||
                        is(TypeId::varint, {TypeId::int_, TypeId::bigint}) ||
                        is(TypeId::bigint, {TypeId::timestamp}) || is(TypeId::timestamp, {TypeId::bigint}) ||
                        is(TypeId::date, {TypeId::int_}) || is(TypeId::time, {TypeId::bigint}) ||
                        is(TypeId::counter, {TypeId::bigint}) || is(TypeId::bigint, {TypeId::counter});
    return weakly ? Assignable::weakly : Assignable::no;
}

Assignable test_assignment(const PlanContext& context, const ast::Term& term, const Receiver& receiver) {
    return std::visit(AssignmentTest{context, receiver}, term.node);
}

Term make_term(PlanContext& context, const ast::Term& term, const Receiver& receiver) {
    return std::visit(Typer{context, term, receiver}, term.node);
}

Bytes parse_literal(const ast::Literal& literal, const DataType& type) {
    const std::string& text = literal.text;
    if (literal.kind == ast::LiteralKind::string &&
        (type.id() == TypeId::text || type.id() == TypeId::ascii)) {
        if (type.id() == TypeId::ascii && !wire::is_ascii(text))
            refuse_invalid("Invalid ASCII character in string literal: " + text);
        if (!wire::is_utf8(text)) refuse_invalid("String didn't validate.");
        const BytesView bytes = wire::as_bytes(text);
        return {bytes.begin(), bytes.end()};
    }
    if (auto raw = parse_raw_time(text, type.id())) return *std::move(raw);
    std::string reason;
    const bool quoted = literal.kind == ast::LiteralKind::string;
    const DataType& read_as = type.id() == TypeId::counter ? DataType(TypeId::bigint) : type;
    std::optional<Bytes> bytes = parse_value(read_as, quoted ? "'" + text + "'" : text, reason);
    if (!bytes) refuse_invalid(unreadable(type, text, reason));
    if (const auto wrong = check_value(read_as, *bytes)) refuse_invalid(unreadable(type, text, *wrong));
    return *std::move(bytes);
}

namespace {

std::string signatures(std::span<const Function> functions) {
    std::string text;
    for (const Function& function : functions) text += (text.empty() ? "" : ", ") + signature(function);
    return text;
}

const Function& find_token(const PlanContext& context, const ast::FunctionCall& call) {
    if (!context.table) refuse_invalid("token() needs a table");
    const Table& table = *context.table;
    std::vector<DataType> types;
    for (std::size_t i = 0; i < table.partition_key_size; ++i) types.push_back(table.columns[i].type);
    if (call.arguments.size() != types.size())
        refuse_invalid(
            fmt::format("Invalid number of arguments in call to function system.token: {} required but {} "
                        "provided",
                        types.size(), call.arguments.size()));
    return *token_function(types);
}

}  // namespace

const Function& find_function(const PlanContext& context, const ast::FunctionCall& call,
                              const Receiver* receiver) {
    const std::string& name = call.function.name;
    const bool native = call.function.keyspace.empty() || call.function.keyspace == "system";
    if (native && name == "token") return find_token(context, call);
    const auto candidates = native ? find_functions(name) : std::span<const Function>();
    if (candidates.empty())
        refuse_invalid("Unknown function " + (native ? "" : call.function.keyspace + ".") + name + " called");
    const Receiver base = receiver != nullptr ? *receiver : Receiver{};
    const auto argument_fits = [&](const Function& function, std::size_t i) {
        return test_assignment(context, call.arguments[i],
                               base.with(fmt::format("arg{}(system.{})", i, name), function.arguments[i]));
    };
    if (candidates.size() == 1) {
        const Function& only = candidates.front();
        if (call.arguments.size() != only.arguments.size())
            refuse_invalid(
                fmt::format("Invalid number of arguments in call to function system.{}: {} required but {} "
                            "provided",
                            name, only.arguments.size(), call.arguments.size()));
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            if (argument_fits(only, i) == Assignable::no)
                refuse_invalid(
                    fmt::format("Type error: {} cannot be passed as argument {} of function system.{} of "
                                "type {}",
                                to_text(call.arguments[i]), i, name, only.arguments[i].to_string()));
        return only;
    }
    const Function* compatible = nullptr;
    std::size_t matches = 0;
    for (const Function& function : candidates) {
        if (function.arguments.size() != call.arguments.size()) continue;
        if (receiver != nullptr && test_types(function.result, receiver->type) == Assignable::no) continue;
        Assignable worst = Assignable::exactly;
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            worst = std::min(worst, argument_fits(function, i));
        if (worst == Assignable::exactly) return function;
        if (worst == Assignable::weakly) compatible = &function, ++matches;
    }
    if (matches == 0)
        refuse_invalid(
            fmt::format("Invalid call to function {}, none of its type signatures match (known type "
                        "signatures: {})",
                        name, signatures(candidates)));
    if (matches > 1)
        refuse_invalid(fmt::format(
            "Ambiguous call to function {} (can be matched by following signatures: {}): use type "
            "casts to disambiguate",
            name, signatures(candidates)));
    return *compatible;
}

}  // namespace coodie::embedded
