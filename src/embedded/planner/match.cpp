// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/evaluate.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <algorithm>

namespace coodie::embedded {
namespace {

bool compare_as(ast::Operator op, int order) {
    switch (op) {
        case ast::Operator::eq: return order == 0;
        case ast::Operator::ne: return order != 0;
        case ast::Operator::lt: return order < 0;
        case ast::Operator::le: return order <= 0;
        case ast::Operator::gt: return order > 0;
        case ast::Operator::ge: return order >= 0;
        default: return false;
    }
}

/// The value at a map's key.
Cell map_value(const DataType& map, Cell cell, BytesView key) {
    if (cell.is_null()) return {};
    const std::vector<Value> parts = split_collection(map, cell.content());
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
        if (parts[i].is_value() && compare_values(map.children()[0], parts[i].content, key) == 0)
            return parts[i + 1].cell();
    return {};
}

/// A list's or set's element, a map's value; or a map's key.
bool holds_element(const DataType& type, Cell cell, BytesView wanted, bool keys) {
    if (cell.is_null()) return false;
    const std::vector<Value> parts = split_collection(type, cell.content());
    const bool map = type.id() == TypeId::map;
    const DataType& element = map && !keys ? type.children()[1] : type.children()[0];
    for (std::size_t i = map && !keys ? 1 : 0; i < parts.size(); i += map ? 2 : 1)
        if (parts[i].is_value() && compare_values(element, parts[i].content, wanted) == 0) return true;
    return false;
}

bool matches_tuple(const BoundFilter& filter, const RowView& row) {
    const std::vector<std::uint16_t>& columns = filter.plan->columns;
    for (std::size_t at = 0; at + columns.size() <= filter.values.size(); at += columns.size()) {
        int order = 0;
        for (std::size_t i = 0; i < columns.size() && order == 0; ++i) {
            const Cell cell = row.cell(columns[i]);
            if (cell.is_null()) return false;
            order = compare_values(filter.table->columns[columns[i]].type, cell.content(),
                                   filter.values[at + i].content);
        }
        const bool in = filter.plan->op == ast::Operator::in;
        if (compare_as(in ? ast::Operator::eq : filter.plan->op, order)) return true;
    }
    return false;
}

bool matches_or_throw(const BoundFilter& filter, const RowView& row) {
    if (filter.plan->tuples) return matches_tuple(filter, row);
    const std::uint16_t index = filter.plan->columns.front();
    const DataType& type = filter.table->columns[index].type;
    Cell cell = row.cell(index);
    if (cell.is_null()) return false;
    const ast::Operator op = filter.plan->op;
    if (op == ast::Operator::contains || op == ast::Operator::contains_key)
        return holds_element(type, cell, filter.values.front().content, op == ast::Operator::contains_key);
    const DataType* compared = &type;
    if (filter.plan->element) {
        cell = map_value(type, cell, filter.element.content);
        if (cell.is_null()) return false;
        compared = &type.children()[1];
    }
    const auto passes = [&](const Value& value) {
        const int order = compare_values(*compared, cell.content(), value.content);
        return compare_as(op == ast::Operator::in ? ast::Operator::eq : op, order);
    };
    return std::ranges::any_of(filter.values, passes);
}

/// What the condition compares: the column, or a part of it.
Cell part_of(const BoundCondition& condition, Cell cell) {
    const DataType& type = condition.column->type;
    switch (condition.plan->part) {
        case Condition::Part::column: return cell;
        case Condition::Part::element: return map_value(type, cell, condition.key.content);
        case Condition::Part::index: {
            if (cell.is_null() || condition.key.content.size() != 4) return {};
            const auto index = wire::load<std::int32_t>(condition.key.content.data());
            const std::vector<Value> parts = split_collection(type, cell.content());
            if (index < 0 || static_cast<std::size_t>(index) >= parts.size()) return {};
            return parts[static_cast<std::size_t>(index)].cell();
        }
        case Condition::Part::field:
            if (cell.is_null()) return {};
            return split_collection(type, cell.content())[condition.plan->field].cell();
    }
    return {};
}

bool holds_or_throw(const BoundCondition& condition, Cell cell) {
    const Condition& plan = *condition.plan;
    if (plan.op == ast::Operator::contains || plan.op == ast::Operator::contains_key)
        return condition.values.front().is_value() &&
               holds_element(condition.column->type, cell, condition.values.front().content,
                             plan.op == ast::Operator::contains_key);
    cell = part_of(condition, cell);
    const bool multi_cell =
        plan.part == Condition::Part::column && plan.type.is_multi_cell() && plan.type.is_collection();
    const auto is_nothing = [&](Cell one) {
        return one.is_null() || (multi_cell && collection_size(one.content()) == 0);
    };
    const auto passes = [&](const Value& value, ast::Operator op) {
        const bool left = is_nothing(cell);
        const bool right = is_nothing(value.cell());
        if (left || right) {
            if (op == ast::Operator::eq) return left && right;
            return op == ast::Operator::ne && left != right;
        }
        return compare_as(op, compare_values(plan.type, cell.content(), value.content));
    };
    const ast::Operator op = plan.op == ast::Operator::in ? ast::Operator::eq : plan.op;
    return std::ranges::any_of(condition.values, [&](const Value& value) { return passes(value, op); });
}

}  // namespace

bool matches(const BoundFilter& filter, const RowView& row) {
    try {
        return matches_or_throw(filter, row);
    } catch (const ValidationError&) {
        return false;  // stored bytes that are no value of the type equal nothing
    }
}

std::variant<bool, Error> holds(const BoundCondition& condition, Cell cell) {
    bool result = false;
    if (auto error = guarded([&] { result = holds_or_throw(condition, cell); })) return *std::move(error);
    return result;
}

}  // namespace coodie::embedded
