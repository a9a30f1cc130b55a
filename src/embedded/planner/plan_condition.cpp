// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/planners.hpp"
#include "embedded/planner/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

bool is_slice(ast::Operator op) {
    return op == ast::Operator::lt || op == ast::Operator::le || op == ast::Operator::gt ||
           op == ast::Operator::ge;
}

/// The receiver of what the condition compares; sets part, field and key.
Receiver plan_part(PlanContext& context, const Table& table, const Column& column,
                   const ast::Condition& written, Condition& made) {
    const Receiver whole = receiver_of(table, column);
    const auto named = [&](std::string_view what, DataType type) {
        return whole.with(fmt::format("{}({})", what, column.name), std::move(type));
    };
    const DataType& type = column.type;
    if (written.element) {
        if (!type.is_collection())
            refuse_invalid("Invalid element access syntax for non-collection column " + column.name);
        if (type.id() == TypeId::set)
            refuse_invalid("Invalid element access syntax for set column " + column.name);
        const bool list = type.id() == TypeId::list;
        made.part = list ? Condition::Part::index : Condition::Part::element;
        made.key = make_term(context, *written.element,
                             list ? named("idx", TypeId::int_) : named("key", type.children()[0]));
        return named("value", type.children().back());
    }
    if (written.field) {
        if (type.id() != TypeId::udt)
            refuse_invalid("Invalid field access syntax for non-UDT column " + column.name);
        const std::vector<std::string>& names = type.field_names();
        const auto found = std::ranges::find(names, written.field->name);
        if (found == names.end())
            refuse_invalid(fmt::format("Unknown field {} for column {}", written.field->name, column.name));
        made.part = Condition::Part::field;
        made.field = static_cast<std::uint16_t>(found - names.begin());
        return whole.with(column.name + "." + written.field->name, type.children()[made.field]);
    }
    if (written.op == ast::Operator::contains || written.op == ast::Operator::contains_key) {
        const bool key = written.op == ast::Operator::contains_key;
        if (!type.is_collection())
            refuse_invalid("Cannot use CONTAINS on non-collection column " + column.name);
        if (key && type.id() != TypeId::map)
            refuse_invalid("Cannot use CONTAINS KEY on non-map column " + column.name);
        return named(key ? "key" : "value", key ? type.children().front() : type.children().back());
    }
    return whole;
}

Condition plan_one(PlanContext& context, const Table& table, const ast::Condition& written) {
    const Column& column = context.column(table, written.column);
    if (column.is_key()) refuse_invalid("PRIMARY KEY column '" + column.name + "' cannot have IF conditions");
    if (column.is_counter()) refuse_invalid("Conditions on counters are not supported");
    if (written.op == ast::Operator::like || written.op == ast::Operator::not_in ||
        written.op == ast::Operator::is_not_null)
        refuse_unsupported("IF with " + std::string(to_text(written.op)));
    Condition made;
    made.column = table.index_of(column);
    made.op = written.op;
    made.whole_list = written.whole_list;
    Receiver receiver = plan_part(context, table, column, written, made);
    made.type = receiver.type;
    if (is_slice(written.op) && made.type.id() == TypeId::duration)
        refuse_invalid("Slice conditions ( " + std::string(to_text(written.op)) +
                       " ) are not supported on durations");
    if (made.whole_list)
        receiver = receiver.with("in(" + receiver.name + ")", DataType::list(receiver.type.frozen()));
    for (const ast::Term& value : written.values) made.values.push_back(make_term(context, value, receiver));
    return made;
}

ColumnSpec spec_of(const Table& table, const Column& column) {
    return {table.keyspace, table.name, column.name, column.type};
}

ColumnSpec applied_spec(const Table& table) {
    return {table.keyspace, table.name, "[applied]", TypeId::boolean};
}

/// Columns that conditions name, regular ones first, each once.
void add_condition_columns(const ModificationPlan& plan, std::vector<std::uint16_t>& columns) {
    for (const bool statics : {false, true})
        for (const Condition& condition : plan.conditions) {
            if (plan.table->columns[condition.column].is_static() != statics) continue;
            if (std::ranges::find(columns, condition.column) == columns.end())
                columns.push_back(condition.column);
        }
}

std::shared_ptr<const ColumnSpecs> answer_columns(const Table& table,
                                                  const std::vector<std::uint16_t>& columns) {
    auto specs = std::make_shared<ColumnSpecs>();
    specs->push_back(applied_spec(table));
    for (const std::uint16_t column : columns) specs->push_back(spec_of(table, table.columns[column]));
    return specs;
}

/// Then the answer shows the whole row.
bool asks_for_existence(ast::IfKind kind) {
    return kind == ast::IfKind::exists || kind == ast::IfKind::not_exists;
}

}  // namespace

void plan_conditions(PlanContext& context, const ast::If& condition, ModificationPlan& plan) {
    plan.condition = condition.kind;
    if (condition.kind == ast::IfKind::none) return;
    for (const ast::Condition& written : condition.conditions)
        plan.conditions.push_back(plan_one(context, *plan.table, written));
    if (plan.is_counter) refuse_invalid("Conditional updates are not supported on counter tables");
}

void describe_condition(ModificationPlan& plan) {
    if (!plan.is_conditional()) return;
    if (asks_for_existence(plan.condition))
        for (const Column& column : plan.table->columns)
            plan.not_applied_fetch.push_back(plan.table->index_of(column));
    add_condition_columns(plan, plan.not_applied_fetch);
    plan.applied_columns = answer_columns(*plan.table, {});
    plan.not_applied_columns = answer_columns(*plan.table, plan.not_applied_fetch);
}

void describe_conditional_batch(const std::vector<const ModificationPlan*>& statements, BatchPlan& out) {
    out.conditional =
        std::ranges::any_of(statements, [](const ModificationPlan* p) { return p->is_conditional(); });
    if (!out.conditional) return;
    const Table& table = *statements.front()->table;
    std::vector<std::uint16_t> keys(table.key_size());
    for (std::uint16_t i = 0; i < keys.size(); ++i) keys[i] = i;
    std::vector<std::uint16_t> columns = keys;
    const bool whole = std::ranges::any_of(
        statements, [](const ModificationPlan* plan) { return asks_for_existence(plan->condition); });
    if (whole)
        for (std::size_t i = keys.size(); i < table.columns.size(); ++i)
            columns.push_back(static_cast<std::uint16_t>(i));
    for (const ModificationPlan* plan : statements) add_condition_columns(*plan, columns);
    out.not_applied_fetch = columns;
    out.applied_columns = answer_columns(table, {});
    out.not_applied_columns = answer_columns(table, columns);
}

}  // namespace coodie::embedded
