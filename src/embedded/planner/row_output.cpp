// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/row_output.hpp"
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/evaluate.hpp"
#include "embedded/planner/functions.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <algorithm>

namespace coodie::embedded {
namespace {

Value from_cell(Cell cell) { return cell.is_null() ? Value{} : Value::of(cell.content()); }

template <class Integer>
Value integer(std::optional<Integer> value, Arena& arena) {
    if (!value) return {};
    Bytes bytes;
    wire::append(bytes, *value);
    return Value::of(arena.keep(std::move(bytes)));
}

Value element_of(const SelectorInput& input, const Selector& selector) {
    const Value whole = select_value(selector.children[0], input);
    const Value key = evaluate_or_refuse(*selector.term, input.bound, input.arena);
    if (!whole.is_value() || !key.is_value()) return {};
    const DataType& type = selector.children[0].type;
    const std::vector<Value> parts = split_collection(type, whole.content);
    const bool map = type.id() == TypeId::map;
    for (std::size_t i = 0; i < parts.size(); i += map ? 2 : 1)
        if (parts[i].is_value() && compare_values(type.children()[0], parts[i].content, key.content) == 0)
            return map ? parts[i + 1] : parts[i];
    return {};
}

/// Elements between two keys, both included.
Value slice_of(const SelectorInput& input, const Selector& selector) {
    const Value whole = select_value(selector.children[0], input);
    if (!whole.is_value()) return {};
    const auto end_of = [&](const std::optional<Term>& term) {
        return term ? evaluate_or_refuse(*term, input.bound, input.arena) : Value::unset();
    };
    const Value from = end_of(selector.term);
    const Value to = end_of(selector.to);
    if (from.is_null() || to.is_null()) return {};
    const DataType& type = selector.type;
    const std::size_t width = type.id() == TypeId::map ? 2 : 1;
    const std::vector<Value> parts = split_collection(type, whole.content);
    std::vector<Value> kept;
    for (std::size_t i = 0; i + width <= parts.size(); i += width) {
        const auto compare = [&](const Value& end) {
            return compare_values(type.children()[0], parts[i].content, end.content);
        };
        if ((from.is_value() && compare(from) < 0) || (to.is_value() && compare(to) > 0)) continue;
        for (std::size_t part = i; part < i + width; ++part) kept.push_back(parts[part]);
    }
    if (kept.empty() && type.is_multi_cell()) return {};
    return Value::of(input.arena.keep(build_collection(type, kept)));
}

Value call_of(const SelectorInput& input, const Selector& selector) {
    boost::container::small_vector<Value, 4> arguments;
    for (const Selector& child : selector.children) {
        arguments.push_back(select_value(child, input));
        if (!arguments.back().is_value()) return {};
    }
    Bytes out;
    if (!selector.function->call(*selector.function, arguments, out)) return {};
    return Value::of(input.arena.keep(std::move(out)));
}

}  // namespace

Value select_value(const Selector& selector, const SelectorInput& input) {
    switch (selector.kind) {
        case Selector::Kind::column: return from_cell(input.row.cell(selector.column));
        case Selector::Kind::write_time: return integer(input.row.write_time(selector.column), input.arena);
        case Selector::Kind::ttl: return integer(input.row.ttl(selector.column), input.arena);
        case Selector::Kind::term: return evaluate_or_refuse(*selector.term, input.bound, input.arena);
        case Selector::Kind::call: return call_of(input, selector);
        case Selector::Kind::field: {
            const Value whole = select_value(selector.children[0], input);
            if (!whole.is_value()) return {};
            return split_collection(selector.children[0].type, whole.content)[selector.field];
        }
        case Selector::Kind::element: return element_of(input, selector);
        case Selector::Kind::slice: return slice_of(input, selector);
        case Selector::Kind::aggregate:
            return input.aggregates == nullptr ? Value{} : (*input.aggregates)(selector, input.arena);
    }
    return {};
}

std::optional<Error> append_row(const SelectPlan& plan, const Bound& bound, const RowView& row, Bytes& out) {
    const std::size_t before = out.size();
    Arena arena;
    auto error = guarded([&] {
        const SelectorInput input{row, bound, arena, nullptr};
        for (const Selector& selector : plan.selectors) append_value(out, select_value(selector, input));
    });
    if (error) out.resize(before);
    return error;
}

}  // namespace coodie::embedded
