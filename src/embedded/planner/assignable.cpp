// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/typing.hpp"

#include <algorithm>

namespace coodie::embedded {
namespace {

class AssignmentTest {
public:
    AssignmentTest(const PlanContext& context, const Receiver& receiver)
        : context_(context), receiver_(receiver) {}

    Assignable operator()(const ast::Literal& literal) const {
        if (literal.kind == ast::LiteralKind::null) return Assignable::weakly;
        if (!accepts_literal(literal.kind, type().id())) return Assignable::no;
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

}  // namespace

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

}  // namespace coodie::embedded
