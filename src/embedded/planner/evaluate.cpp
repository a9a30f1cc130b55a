// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/evaluate.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/catalog/types.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/functions.hpp"

#include <coodie/codec/dynamic.hpp>

namespace coodie::embedded {
namespace {

bool holds_sorted(const DataType& type) {
    return mentions_type(type, TypeId::set) || mentions_type(type, TypeId::map);
}

/// Whether sets and maps at any depth may be out of order; looks closely only at the outermost.
bool may_be_unsorted(const DataType& type, BytesView content) {
    if (type.children().empty() || content.empty() || !holds_sorted(type)) return false;
    const bool sorts = type.id() == TypeId::set || type.id() == TypeId::map;
    for (const DataType& child : type.children())
        if (holds_sorted(child)) return true;
    return sorts && !is_sorted_collection(type, content);
}

Value evaluate_marker(const Term& term, const Bound& bound, Arena& arena) {
    const Value& value = bound[term.marker];
    if (!value.is_value()) return value;
    // Cassandra takes a decimal that is a scale alone.
    const bool only_scale = term.type.id() == TypeId::decimal && value.content.size() == 4;
    if (only_scale) return value;
    if (const auto wrong = check_value(term.type, value.content)) refuse_invalid(*wrong);
    if (!may_be_unsorted(term.type, value.content)) return value;
    return Value::of(arena.keep(canonical_value(term.type, value.content)));
}

Value evaluate_call(const Term& term, const Bound& bound, Arena& arena) {
    boost::container::small_vector<Value, 4> arguments;
    for (const Term& child : term.children) {
        arguments.push_back(evaluate_or_refuse(child, bound, arena));
        if (arguments.back().is_unset())
            refuse_invalid("Invalid unset value for argument in call to function " + term.function->name);
        if (arguments.back().is_null()) return {};
    }
    Bytes out;
    if (!term.function->call(*term.function, arguments, out)) return {};
    return Value::of(arena.keep(std::move(out)));
}

Value evaluate_collection(const Term& term, const Bound& bound, Arena& arena) {
    boost::container::small_vector<Value, 8> elements;
    for (const Term& child : term.children) {
        elements.push_back(evaluate_or_refuse(child, bound, arena));
        if (elements.back().is_unset())
            refuse_invalid("Invalid unset value for a part of a " + term.type.to_string());
    }
    return Value::of(arena.keep(build_collection(term.type, elements)));
}

}  // namespace

Value evaluate_or_refuse(const Term& term, const Bound& bound, Arena& arena) {
    switch (term.kind) {
        case Term::Kind::constant: return Value::of(term.constant);
        case Term::Kind::null: return {};
        case Term::Kind::marker: return evaluate_marker(term, bound, arena);
        case Term::Kind::call: return evaluate_call(term, bound, arena);
        case Term::Kind::collection: return evaluate_collection(term, bound, arena);
    }
    return {};
}

Error current_refusal() {
    try {
        throw;
    } catch (const Refused& refused) {
        return refused.error;
    } catch (const ValidationError& error) {
        return {server_code::invalid, error.what()};
    }
}

std::variant<Value, Error> evaluate(const Term& term, const Bound& bound, Arena& arena) {
    try {
        return evaluate_or_refuse(term, bound, arena);
    } catch (const Refused& refused) {
        return refused.error;
    } catch (const ValidationError& error) {
        return Error(server_code::invalid, error.what());
    }
}

std::variant<Bound, Error> Bound::of(const BoundValues& values, std::size_t expected) {
    Bound bound;
    BoundValueReader reader(values);
    Value value;
    while (reader.next(value.state, value.content)) bound.values_.push_back(value);
    if (!reader.ok())
        return Error(server_code::protocol_error, "the bound values end in the middle of a value");
    if (bound.values_.size() != expected)
        return Error(server_code::invalid, "Invalid amount of bind variables: expected " +
                                               std::to_string(expected) + ", got " +
                                               std::to_string(bound.values_.size()));
    return bound;
}

}  // namespace coodie::embedded
